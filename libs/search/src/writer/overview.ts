import { parseItemKey } from '@mandate/published';
import { utf8 } from '@mandate/encoding';
import { ByteWriter } from '../codec/bytes.ts';
import { writeColumn } from '../codec/columns.ts';
import {
  categoryNumber,
  COLUMNS,
  INDEXES,
  LIST_BITS,
  STATES,
  type Manifest,
  type RegionName,
  type Source,
} from '../codec/manifest.ts';
import type { DocumentRow } from './document-row.ts';

/** The small files that follow from all rows at once. */
export interface Overview {
  readonly manifest: Uint8Array;
  readonly columns: Uint8Array;
}

/** Whose documents they are, and where. */
export interface DocumentSources {
  readonly organs: readonly {
    readonly key: string;
    readonly organ: {
      readonly name: string;
      readonly region?: string | undefined;
      readonly regionName?: string | undefined;
      /** code of its level, for documents that name none */
      readonly level?: string | undefined;
    };
  }[];
  readonly lists: readonly { readonly key: string; readonly list: { readonly name: string } }[];
  readonly regions: readonly {
    readonly key: string;
    readonly region: { readonly name: string; readonly parent?: string | undefined };
  }[];
}

/** How many files each index has: a browser should load a few kilobytes of each that it asks for. */
export function partsOf(documents: number): Manifest['bits'] {
  const bits = (perFile: number): number => Math.max(0, Math.ceil(Math.log2(documents / perFile)));
  return { names: bits(48), readings: bits(96), exact: bits(256), text: bits(16) };
}

/** Whether an index of so many documents has the same files as one of so many others: only then can it be edited. */
export function sameParts(documents: number, others: number): boolean {
  const [bits, other] = [partsOf(documents), partsOf(others)];
  return INDEXES.every((index) => bits[index] === other[index]);
}

/**
 * @param rows in order of their numbers
 * @param digest of every document and what it says: another content is another index, though its names be the same
 */
export function makeOverview(
  rows: readonly DocumentRow[],
  register: DocumentSources,
  digest: string,
): Overview {
  const sources: Source[] = [
    ...register.organs.map(({ key, organ }): Source => [key, organ.name, organ.region ?? '', 'o']),
    ...register.lists.map(({ key, list }): Source => [key, list.name, '', 'n']),
  ];
  const places = new Map(sources.map(([key], i) => [key, i]));
  const organLevels = new Map(register.organs.map(({ key, organ }) => [key, organ.level ?? '']));
  const sectionsOf = sectionsByCode(rows);
  const levels = new Dictionary();
  const sections = new Dictionary();
  const values = rows.map((row) => {
    const source = parseItemKey(row.key).list;
    const negative = sources[places.get(source) ?? -1]?.[3] === 'n';
    return {
      source: places.get(source) ?? 0,
      category: categoryNumber(row.category),
      state: row.state === '' ? STATES.indexOf('redacted') : STATES.indexOf(row.state),
      level: levels.number(negative ? '' : row.levels || (organLevels.get(source) ?? '')),
      section: sections.number(negative ? row.section : joined(row.baseCodes, sectionsOf)),
      list: negative ? LIST_BITS.negative : LIST_BITS.authority | (row.duty ? LIST_BITS.duty : 0),
    };
  });
  const out = new ByteWriter();
  for (const column of COLUMNS)
    writeColumn(
      out,
      values.map((value) => value[column]),
    );
  const manifest: Manifest = {
    version: 1,
    digest,
    documents: rows.length,
    bits: partsOf(rows.length),
    sources,
    regions: regionNames(register),
    levels: levels.words,
    sections: sections.words,
  };
  return { manifest: utf8(JSON.stringify(manifest)), columns: out.finish() };
}

/** Where the three lists meet: a power has the sections of the measures that name its code. */
function sectionsByCode(rows: readonly DocumentRow[]): ReadonlyMap<string, Set<string>> {
  const sections = new Map<string, Set<string>>();
  for (const { section, baseCodes, state } of rows) {
    if (section === '' || state === 'cancelled') continue;
    for (const code of baseCodes) sections.set(code, (sections.get(code) ?? new Set()).add(section));
  }
  return sections;
}

function joined(codes: readonly string[], sections: ReadonlyMap<string, Set<string>>): string {
  return [...new Set(codes.flatMap((code) => [...(sections.get(code) ?? [])]))].sort().join('');
}

/** Listed regions, and those that only an organ names. */
function regionNames({ regions, organs }: DocumentSources): RegionName[] {
  const names = new Map<string, RegionName>();
  for (const { organ } of organs) {
    const { region, regionName } = organ;
    if (region !== undefined) names.set(region, [region, regionName ?? region, '']);
  }
  for (const { key, region } of regions) names.set(key, [key, region.name, region.parent ?? '']);
  return [...names.values()].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Words in the order in which documents bring them. */
class Dictionary {
  readonly #numbers = new Map<string, number>();

  get words(): string[] {
    return [...this.#numbers.keys()];
  }

  number(word: string): number {
    const known = this.#numbers.get(word) ?? this.#numbers.size;
    this.#numbers.set(word, known);
    return known;
  }
}
