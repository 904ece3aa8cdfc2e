import { findItemKey, itemsPath, summariesPath } from '@mandate/published';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serialize } from 'node:v8';
import { digestOf } from '../src/published/files.ts';
import type * as Renderer from './renderer.ts';
import { encodeShard, readShard, type FileState, type ShardHeader } from './page-state.ts';
import { encodeSitemaps, sitemapName } from './sitemap.ts';

/** A share of the pages that is planned, rendered and remembered by itself. */
export interface ShardTask {
  readonly id: string;
  readonly components: readonly string[];
  /** its pages are those below this organ; else all of the components */
  readonly organ?: string | undefined;
  /** state of its files at the last build */
  readonly before?: string | undefined;
  /** files that a build which did not finish may have replaced or left */
  readonly doubtful: readonly string[];
}

/** Where files go. With `incoming` they replace those of `outDir` later; without, the folder is new. */
export interface ShardFolders {
  readonly outDir: string;
  readonly incoming?: string | undefined;
  /** receives the state of each shard */
  readonly next: string;
  readonly publicUrl: string;
}

export interface ShardResult {
  readonly id: string;
  readonly header: ShardHeader;
  /** digests of the header's inputs, in their order */
  readonly digests: readonly string[];
  readonly rendered: number;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

const NOTHING: FileState = { props: '', names: [], digest: '' };

/** Plans the pages of a shard and renders those of which anything they read is not what it was. */
export async function buildShard(
  renderer: typeof Renderer,
  { id, components, organ, before, doubtful }: ShardTask,
  { outDir, incoming, next, publicUrl }: ShardFolders,
): Promise<ShardResult> {
  const old = before === undefined ? new Map<string, FileState>() : readShard(before);
  for (const file of doubtful) old.set(file, NOTHING);
  const files = new Map<string, FileState>();
  const inputs = new Set<string>();
  const listed: string[] = [];
  const added: string[] = [];
  const changed: string[] = [];
  let rendered = 0;

  const write = (file: string, bytes: Uint8Array): void => {
    if (incoming === undefined) {
      writeInto(outDir, file, bytes);
      return;
    }
    const there = findFile(join(outDir, file));
    // What would be replaced by itself stays untouched.
    if (there !== undefined && Buffer.compare(there, bytes) === 0) return;
    writeInto(incoming, file, bytes);
    (there === undefined ? added : changed).push(file);
  };
  const digestAll = (names: readonly string[]): string =>
    digestOf(names.map((name) => `${name} ${renderer.inputState(name).digest}\n`).join(''));

  const plans = [];
  for (const component of components) plans.push(await renderer.planRoute(component, organ));
  for (const plan of plans) for (const name of plan.names) inputs.add(name);
  // Side by side, the pages of an item share what is read for them.
  const pages = plans.flatMap((plan) => plan.pages).sort((a, b) => (a.file < b.file ? -1 : 1));
  for (const page of pages) {
    if (files.has(page.file)) throw new Error(`two pages at ${page.address}`);
    if (page.isPage) listed.push(page.address);
    const props = page.props === undefined ? '' : digestOf(serialize(page.props));
    let state = old.get(page.file);
    if (state === undefined || state.props !== props || state.digest !== digestAll(state.names)) {
      const done = await renderer.renderPage(publicUrl, page).catch((cause: unknown) => {
        throw new Error(`${page.address}: ${messageOf(cause)}`, { cause });
      });
      const names = [...done.names].sort();
      state = { props, names, digest: digestAll(names) };
      write(page.file, done.bytes);
      rendered += 1;
    }
    for (const name of state.names) inputs.add(name);
    files.set(page.file, state);
    // formats §7.1: codes say HTTPS://HOST/V/#… in upper case, and paths are case-sensitive.
    if (page.file === 'v/index.html') {
      files.set('V/index.html', state);
      if (old.get('V/index.html')?.digest !== state.digest) {
        write('V/index.html', readNewest(page.file, incoming, outDir));
      }
    }
  }
  const sitemaps = encodeSitemaps(publicUrl, listed.sort()).map((text, part) => {
    const file = sitemapName(id, part);
    const digest = digestOf(text);
    if (old.get(file)?.digest !== digest) write(file, Buffer.from(text));
    files.set(file, { props: '', names: [], digest });
    return file;
  });
  writeInto(next, `${id}.json`, Buffer.from(encodeShard(files)));
  const { names, digests, nextDay } = describeInputs(renderer, inputs);
  return {
    id,
    header: { inputs: names, ...(nextDay !== undefined && { nextDay }), files: files.size, sitemaps },
    digests,
    rendered,
    added,
    changed,
    removed: [...old.keys()].filter((file) => !files.has(file)),
  };
}

function describeInputs(
  renderer: typeof Renderer,
  inputs: ReadonlySet<string>,
): { names: string[]; digests: string[]; nextDay: string | undefined } {
  const names = [...new Set([...inputs].flatMap(coarseNames))].sort();
  const states = names.map((name) => renderer.inputState(name));
  const [nextDay] = states.flatMap((state) => state.nextDay ?? []).sort();
  return { names, digests: states.map(({ digest }) => digest), nextDay };
}

/** The files of an organ tell for all its items whether anything has changed. */
function coarseNames(name: string): string[] {
  const [, kind, key = ''] = /^(item|summary):(.+)$/.exec(name) ?? [];
  const organ = findItemKey(key)?.list;
  if (kind === undefined || organ === undefined) return [name];
  const summaries = `file:${summariesPath(organ)}`;
  return kind === 'item' ? [`file:${itemsPath(organ)}`, summaries] : [summaries];
}

const made = new Set<string>();

function writeInto(folder: string, file: string, bytes: Uint8Array): void {
  const path = join(folder, file);
  const parent = dirname(path);
  if (!made.has(parent)) {
    mkdirSync(parent, { recursive: true });
    // The folders of one item come together: more need not be kept.
    if (made.size > 1_000) made.clear();
    made.add(parent);
  }
  writeFileSync(path, bytes);
}

function readNewest(file: string, incoming: string | undefined, outDir: string): Buffer {
  const staged = incoming === undefined ? undefined : findFile(join(incoming, file));
  return staged ?? readFileSync(join(outDir, file));
}

function findFile(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
