import {
  ADVICE,
  CODE_SENTENCES,
  DOES_NOT_PROVE,
  FACT_HOLDS,
  FACT_NAMES,
  NEWER_ADVICE,
  QR_ADVICE,
  STATES,
  VERDICT_SENTENCES,
  type Sentence,
} from './sentences.ts';
import type { Fact, FactName, Verdict } from './verdict.ts';

export interface FactExplanation {
  readonly fact: Fact;
  readonly name: Sentence;
  readonly state: Sentence;
  readonly sentence: Sentence;
  readonly doesNotProve: Sentence;
}

export interface Explanation {
  readonly title: Sentence;
  readonly sentence: Sentence;
  readonly facts: readonly FactExplanation[];
  readonly advice?: Sentence;
}

/** A verdict in words, Chinese and English. */
export function explain(verdict: Pick<Verdict, 'verdict' | 'facts' | 'advice'>): Explanation {
  const advice = [QR_ADVICE, NEWER_ADVICE, ADVICE[verdict.verdict]].find(
    (sentence) => sentence?.zh === verdict.advice,
  );
  return {
    ...VERDICT_SENTENCES[verdict.verdict],
    facts: verdict.facts.map((fact) => ({
      fact,
      name: FACT_NAMES[fact.name],
      state: STATES[fact.state],
      sentence: sentenceOf(fact),
      doesNotProve: DOES_NOT_PROVE[fact.name],
    })),
    ...(advice && { advice }),
  };
}

function sentenceOf(fact: Fact): Sentence {
  if (fact.code === undefined) return FACT_HOLDS[fact.name];
  // The table has every code of every fact; that a fact carries a code of its own is what its constructors ensure.
  const sentences: Readonly<Record<FactName, Readonly<Record<string, Sentence>>>> = CODE_SENTENCES;
  return sentences[fact.name][fact.code] ?? STATES[fact.state];
}
