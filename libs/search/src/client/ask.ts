import type { IndexFiles } from './index-files.ts';
import { matchNear, matchPart, matchSound, matchText, type PartMatches } from './part-matches.ts';
import { allOf, countRanks, improve, RANK, type Ranks } from './ranks.ts';
import { meaningsOf } from '../words/synonyms.ts';
import { runsOf } from '../words/terms.ts';

/** With so many good answers nobody needs other words for the question. */
const ENOUGH = 100;
/** With fewer than a page of answers the texts are searched too. */
const A_PAGE = 20;
const MOST_PARTS = 6;
const LONGEST_PART = 40;

/** How well each document answers a question. */
export interface Answer {
  readonly ranks: Ranks;
  /** other words that were looked for too */
  readonly meanings: readonly string[];
  /** nothing says it: these sound or look alike */
  readonly similar: boolean;
  /** legal texts and duties were searched too */
  readonly texts: boolean;
  /** more may follow */
  readonly final: boolean;
}

/**
 * Answers as they become better: names first, then what it is also called, texts, and what sounds or looks alike when
 * there is nothing. The last one is final.
 * @param question whatever a person typed; without a letter it asks for everything
 * @throws SearchIndexError; the signal's reason when it is given up
 */
export async function* ask(
  index: IndexFiles,
  question: string,
  { texts, signal }: { texts: boolean; signal: AbortSignal },
): AsyncGenerator<Answer> {
  const { documents } = index.manifest;
  const runs = questionRuns(question);
  const parts = await Promise.all(
    runs.map(async (run) => ({ run, matches: await matchPart(index, run, signal) })),
  );
  const together = (): Ranks =>
    allOf(
      parts.map(({ matches }) => matches.ranks),
      documents,
    );
  let ranks = together();
  let answer: Answer = { ranks, meanings: [], similar: false, texts: false, final: false };
  if (runs.length === 0) {
    yield { ...answer, final: true };
    return;
  }
  if (countRanks(ranks, RANK.basis) > 0) yield answer;
  if (countRanks(ranks, RANK.part) < ENOUGH) {
    const meanings = await Promise.all(
      parts.map(({ run, matches }) => addMeanings(index, run, matches, signal)),
    );
    ranks = together();
    answer = { ...answer, ranks, meanings: meanings.flat() };
  }
  if (texts || countRanks(ranks, RANK.none - 1) < A_PAGE) {
    await Promise.all(parts.map(({ run, matches }) => matchText(index, matches, run, signal)));
    ranks = together();
    answer = { ...answer, ranks, texts: true };
  }
  if (countRanks(ranks, RANK.none - 1) === 0) {
    await Promise.all(parts.map(({ run, matches }) => addSimilar(index, run, matches, signal)));
    ranks = together();
    answer = { ...answer, ranks, similar: countRanks(ranks, RANK.none - 1) > 0 };
  }
  yield { ...answer, final: true };
}

/** The parts of a question; what is beyond all sense is cut. */
export function questionRuns(question: string): string[] {
  return [...new Set(runsOf(question.slice(0, 1_000)))]
    .slice(0, MOST_PARTS)
    .map((run) => Array.from(run).slice(0, LONGEST_PART).join(''));
}

async function addMeanings(
  index: IndexFiles,
  run: string,
  matches: PartMatches,
  signal: AbortSignal,
): Promise<string[]> {
  const meanings = meaningsOf(run);
  const found = await Promise.all(
    meanings.map(async (meaning) => {
      // «占用、挖掘» is two parts.
      const parts = await Promise.all(questionRuns(meaning).map((part) => matchPart(index, part, signal)));
      return allOf(
        parts.map(({ ranks }) => ranks),
        matches.ranks.length,
      );
    }),
  );
  const useful = meanings.filter((_, i) => found[i] !== undefined && countRanks(found[i], RANK.part) > 0);
  for (const ranks of found) improve(matches.ranks, onlyNames(ranks), RANK.meaning);
  return useful;
}

/** Another word for it counts only in a name: a law that mentions it is not what was asked for. */
function onlyNames(ranks: Ranks): Ranks {
  return ranks.map((rank) => (rank <= RANK.part ? rank : RANK.none));
}

async function addSimilar(
  index: IndexFiles,
  run: string,
  matches: PartMatches,
  signal: AbortSignal,
): Promise<void> {
  const [sound, near] = await Promise.all([
    matchSound(index, run, signal),
    matchNear(index, matches, run, signal),
  ]);
  improve(matches.ranks, sound);
  improve(matches.ranks, near);
}
