import { CATEGORY_CODES, INDUSTRY_SECTIONS } from '@mandate/codes';
import {
  CANCELLED,
  LEVEL_DIGITS,
  LIST_BITS,
  STATES,
  type Columns,
  type Manifest,
  type ShownState,
} from '../codec/manifest.ts';
import { FACETS, type Choice, type Facet } from './facets.ts';
import { RANK, type Ranks } from './ranks.ts';

const SECTION_LETTERS = Object.keys(INDUSTRY_SECTIONS);

/** What is found and chosen, in order, with how many there would be by every other choice. */
export interface Arranged {
  /** document numbers, best first; of equal ones those in force before cancelled ones, then in the order of the lists */
  readonly documents: Uint32Array;
  /** by facet and value; with everything chosen but what is chosen in that facet itself */
  readonly counts: Readonly<Record<Facet, ReadonlyMap<string, number>>>;
}

export function arrange(manifest: Manifest, columns: Columns, ranks: Ranks, choice: Choice): Arranged {
  const facets = FACETS.map((facet) => facetOf(facet, manifest, columns));
  const allowed = facets.map(({ values }, i) => {
    const chosen = choice[FACETS[i] ?? 'list'];
    return values.map((own) => (chosen === undefined || own.includes(chosen) ? 1 : 0));
  });
  const tallies = facets.map(({ values }) => new Uint32Array(values.length));
  // One more than a rank can be, twice: for each rank those in force, then those cancelled.
  const starts = new Uint32Array(2 * (RANK.none + 1));
  const kept = new Uint8Array(ranks.length);
  let total = 0;
  for (let document = 0; document < ranks.length; document += 1) {
    const rank = ranks[document] ?? RANK.none;
    if (rank === RANK.none) continue;
    let [refusals, refusing] = [0, 0];
    for (let i = 0; i < facets.length && refusals < 2; i += 1) {
      const value = facets[i]?.column[document] ?? 0;
      if (allowed[i]?.[value] === 1) continue;
      refusals += 1;
      refusing = i;
    }
    if (refusals > 1) continue;
    for (let i = refusals === 0 ? 0 : refusing; i < (refusals === 0 ? facets.length : refusing + 1); i += 1) {
      const [tally, value] = [tallies[i], facets[i]?.column[document] ?? 0];
      if (tally) tally[value] = (tally[value] ?? 0) + 1;
    }
    if (refusals > 0) continue;
    kept[document] = 1;
    total += 1;
    const bucket = bucketOf(rank, columns.state[document]);
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
  }
  for (let bucket = 1; bucket < starts.length; bucket += 1) {
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  }
  const documents = new Uint32Array(total);
  for (let document = 0; document < ranks.length; document += 1) {
    if (kept[document] === 0) continue;
    const bucket = bucketOf(ranks[document] ?? 0, columns.state[document]);
    const at = starts[bucket] ?? 0;
    documents[at] = document;
    starts[bucket] = at + 1;
  }
  return { documents, counts: countsOf(facets, tallies) };
}

/** What a facet says of one document. */
export function valuesOf(
  facet: Facet,
  manifest: Manifest,
  columns: Columns,
  document: number,
): readonly string[] {
  const { column, values } = facetOf(facet, manifest, columns);
  return values[column[document] ?? 0] ?? [];
}

export function stateOf(columns: Columns, document: number): ShownState {
  return STATES[columns.state[document] ?? 3] ?? 'redacted';
}

interface FacetColumn {
  readonly column: Uint16Array;
  /** what each number of the column means: none, one or several values */
  readonly values: readonly (readonly string[])[];
}

function facetOf(facet: Facet, manifest: Manifest, columns: Columns): FacetColumn {
  switch (facet) {
    case 'organ':
      return {
        column: columns.source,
        values: manifest.sources.map(([key, , , kind]) => (kind === 'o' ? [key] : [])),
      };
    case 'region':
      return { column: columns.source, values: regionsOfSources(manifest) };
    case 'category':
      return { column: columns.category, values: [[], ...CATEGORY_CODES.map((code) => [code])] };
    case 'state':
      return { column: columns.state, values: STATES.map((state) => (state === 'redacted' ? [] : [state])) };
    case 'level':
      return { column: columns.level, values: manifest.levels.map((levels) => known(levels, LEVEL_DIGITS)) };
    case 'section':
      return {
        column: columns.section,
        values: manifest.sections.map((sections) => known(sections, SECTION_LETTERS)),
      };
    case 'list':
      return {
        column: columns.list,
        values: Array.from({ length: 8 }, (_, bits) =>
          Object.entries(LIST_BITS).flatMap(([list, bit]) => ((bits & bit) === 0 ? [] : [list])),
        ),
      };
  }
}

/** A region counts what is listed in all regions below it. */
function regionsOfSources({ sources, regions }: Manifest): string[][] {
  const parents = new Map(regions.map(([code, , parent]) => [code, parent]));
  return sources.map(([, , region]) => {
    const path: string[] = [];
    // A circle of parents must not hang the page.
    for (let at = region; at !== '' && parents.has(at) && !path.includes(at); at = parents.get(at) ?? '') {
      path.push(at);
    }
    return path;
  });
}

function known(letters: string, all: readonly string[]): string[] {
  return Array.from(letters).filter((letter) => all.includes(letter));
}

function countsOf(
  facets: readonly FacetColumn[],
  tallies: readonly Uint32Array[],
): Record<Facet, Map<string, number>> {
  const count = (i: number): Map<string, number> => {
    const counts = new Map<string, number>();
    facets[i]?.values.forEach((own, number) => {
      const tally = tallies[i]?.[number] ?? 0;
      if (tally > 0) for (const value of own) counts.set(value, (counts.get(value) ?? 0) + tally);
    });
    return counts;
  };
  // Every facet, in the order of FACETS.
  return Object.fromEntries(FACETS.map((facet, i) => [facet, count(i)])) as Record<
    Facet,
    Map<string, number>
  >;
}

function bucketOf(rank: number, state: number | undefined): number {
  return rank * 2 + (state === CANCELLED ? 1 : 0);
}
