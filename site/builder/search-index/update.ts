import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseItemKey } from '@mandate/published';
import {
  COLUMNS_FILE,
  INDEX_FOLDER,
  IndexBuilder,
  makeOverview,
  MANIFEST_FILE,
  NAMES_PER_FILE,
  namesFile,
  partsOf,
  sameParts,
  ShardEdits,
  type DocumentSources,
} from '@mandate/search';
import { IndexFolder } from './files.ts';
import { makeRow, shownVersion, textOf, type Row } from './rows.ts';
import { Sources, type ListedKey } from './sources.ts';
import { findState, forgetState, writeState } from './state.ts';

export interface SearchUpdate {
  /** with `data/`, absolute */
  readonly publishedDir: string;
  /** the pages; the index lies in `search/index/` below it */
  readonly outDir: string;
  /** kept between two updates; losing it costs time, nothing else */
  readonly stateDir: string;
  /** organs whose items or blobs changed since the state, or all; negative lists are looked at anyway */
  readonly changed: 'all' | readonly string[];
  /** day for which the index is built, `YYYY-MM-DD`: an item is found as it stands on that day */
  readonly day: string;
}

export interface SearchUpdated {
  readonly documents: number;
  /** documents read anew */
  readonly changed: number;
  /** the whole index was built */
  readonly whole: boolean;
}

/**
 * Brings `outDir/search/index/` to what the published files say. The same published files and day give the same bytes,
 * whichever way they were reached. Files are replaced, never written into.
 * @throws PublishedError
 */
export function updateSearch(update: SearchUpdate): SearchUpdated {
  const sources = new Sources(update.publishedDir);
  const register = {
    organs: sources.organs(),
    lists: sources.negativeLists(),
    regions: sources.regions(),
  };
  return updateChanged(update, sources, register) ?? buildWhole(update, sources, register);
}

function buildWhole(
  { outDir, stateDir, day }: SearchUpdate,
  sources: Sources,
  register: DocumentSources,
): SearchUpdated {
  const folder = new IndexFolder(join(outDir, INDEX_FOLDER));
  forgetState(stateDir);
  const listed = register.organs.flatMap(({ key }) => sources.items(key));
  for (const { key } of register.lists) listed.push(...sources.negativeItems(key));
  const ordered = listed
    .map((one) => ({ one, first: Math.min(...one.versions.map(({ index }) => index)) }))
    .sort((a, b) => a.first - b.first);
  const index = new IndexBuilder();
  const rows = ordered.map(({ one }, document) => {
    const content = sources.findBlob(shownVersion(one, day).blob);
    if (content) index.add(document, textOf(content));
    return makeRow(one, day, content);
  });
  for (const [path, bytes] of index.files(rows)) folder.write(path, bytes);
  finish(folder, stateDir, day, rows, register);
  folder.removeOthers();
  return { documents: rows.length, changed: rows.length, whole: true };
}

/** Undefined when the change cannot be told from what the state knows. */
function updateChanged(
  { outDir, stateDir, changed, day }: SearchUpdate,
  sources: Sources,
  register: DocumentSources,
): SearchUpdated | undefined {
  if (changed === 'all') return undefined;
  const folder = new IndexFolder(join(outDir, INDEX_FOLDER));
  const state = findState(stateDir);
  if (state === undefined || state.day > day || manifestHash(folder) !== state.manifest) return undefined;
  const listed = listedAnew(state.rows, changed, day, sources, register);
  const numbers = new Map(state.rows.map(({ key }, number) => [key, number]));
  const rows = [...state.rows];
  const edits = new ShardEdits();
  const touched = new Set<number>();
  for (const one of listed) {
    const number = numbers.get(one.key);
    const before = number === undefined ? undefined : state.rows[number];
    const shown = shownVersion(one, day);
    if (before?.blob === shown.blob && number !== undefined) {
      // A redaction takes a blob away and leaves its name; and what it said is needed to take it out of the index.
      if (sources.hasBlob(shown.blob) === (before.state === '')) return undefined;
      rows[number] = { ...before, due: shown.due };
      continue;
    }
    const old = before === undefined || before.state === '' ? undefined : sources.findBlob(before.blob);
    if (before !== undefined && before.state !== '' && old === undefined) return undefined;
    const content = sources.findBlob(shown.blob);
    const row = makeRow(one, day, content);
    const place = number ?? rows.length;
    if (number === undefined && row.first < (rows.at(-1)?.first ?? -1)) return undefined;
    rows[place] = row;
    touched.add(place);
    edits.change(place, old && textOf(old), content && textOf(content));
  }
  if (!sameParts(rows.length, state.rows.length)) return undefined;
  forgetState(stateDir);
  edits.apply(folder, partsOf(rows.length), rows.length);
  for (const file of new Set([...touched].map((place) => Math.floor(place / NAMES_PER_FILE)))) {
    folder.write(...namesFile(rows, file));
  }
  folder.sync();
  finish(folder, stateDir, day, rows, register);
  return { documents: rows.length, changed: touched.size, whole: false };
}

/** All keys of the organs that changed, are new, or have an item that comes into force; new ones last, in their order. */
function listedAnew(
  rows: readonly Row[],
  changed: readonly string[],
  day: string,
  sources: Sources,
  { organs, lists }: DocumentSources,
): ListedKey[] {
  const wanted = new Set(changed);
  const known = new Set(rows.map(({ key }) => parseItemKey(key).list));
  for (const { key, due } of rows) if (due !== '' && due <= day) wanted.add(parseItemKey(key).list);
  return [
    ...organs.flatMap(({ key }) => (wanted.has(key) || !known.has(key) ? sources.items(key) : [])),
    ...lists.flatMap(({ key }) => sources.negativeItems(key)),
  ].sort((a, b) => (a.versions[0]?.index ?? 0) - (b.versions[0]?.index ?? 0));
}

function finish(
  folder: IndexFolder,
  stateDir: string,
  day: string,
  rows: readonly Row[],
  register: DocumentSources,
): void {
  const { manifest, columns } = makeOverview(rows, register, digestOf(rows));
  folder.write(COLUMNS_FILE, columns);
  // Last: who has it finds all it names.
  folder.write(MANIFEST_FILE, manifest);
  writeState(stateDir, { day, manifest: manifestHash(folder) ?? '', rows });
}

/** Of every document and what it says. With the platform's own hash: a province has a hundred thousand rows. */
function digestOf(rows: readonly Row[]): string {
  const hash = createHash('sha256');
  for (const { key, blob, state } of rows) hash.update(`${key} ${state === '' ? '' : blob}\n`);
  return hash.digest('hex').slice(0, 32);
}

/** The manifest names the content of every document, so it tells an index from every other. */
function manifestHash(folder: IndexFolder): string | undefined {
  const file = join(folder.path, MANIFEST_FILE);
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined;
}
