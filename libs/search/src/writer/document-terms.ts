import {
  characterTerms,
  codesOf,
  exactTerm,
  NAME_LISTS,
  nameList,
  ONLY_LIST,
  pairTerms,
  runsOf,
} from '../words/terms.ts';
import { spokenNameTerms } from '../words/spoken.ts';
import type { IndexName } from '../codec/manifest.ts';

/** What of a document is searched. */
export interface DocumentText {
  readonly name: string;
  readonly codes: readonly string[];
  /** names of sub-items; measures */
  readonly parts: readonly string[];
  /** titles of legal bases, offices */
  readonly bases: readonly string[];
  readonly text: readonly string[];
}

export type Emit = (index: IndexName, term: number, list: number) => void;

/** All terms of a document; the same one may come twice. */
export function emitTerms(document: DocumentText, emit: Emit): void {
  const seen = new Set<number>();
  emitName(document.name, emit, seen);
  for (const [list, texts] of [
    [NAME_LISTS.part, document.parts],
    [NAME_LISTS.basis, document.bases],
  ] as const) {
    // A better place that has the term already is enough.
    const terms = texts.flatMap(runsOf).flatMap(pairTerms);
    for (const term of terms) if (!seen.has(term)) emit('names', term, list);
    for (const term of terms) seen.add(term);
  }
  for (const whole of [document.name, ...document.codes]) {
    emit('exact', exactTerm(whole), ONLY_LIST);
  }
  for (const run of document.text.flatMap(runsOf)) {
    for (const term of pairTerms(run)) if (!seen.has(term)) emit('text', term, ONLY_LIST);
  }
}

function emitName(name: string, emit: Emit, seen: Set<number>): void {
  const runs = runsOf(name);
  const list = nameList(runs.reduce((sum, run) => sum + codesOf(run).length, 0));
  for (const [i, run] of runs.entries()) {
    const terms = [...characterTerms(run), ...pairTerms(run)];
    for (const term of terms) {
      emit('names', term, list);
      seen.add(term);
    }
    const spoken = spokenNameTerms(run);
    for (const term of [...spoken.syllables, ...spoken.initials]) emit('readings', term, list);
    if (i > 0) continue;
    const firsts = [characterTerms(run)[0], pairTerms(run)[0]];
    for (const term of firsts) if (term !== undefined) emit('names', term, NAME_LISTS.start);
    for (const term of [spoken.syllables[0], spoken.initials[0]]) {
      if (term !== undefined) emit('readings', term, NAME_LISTS.start);
    }
  }
}
