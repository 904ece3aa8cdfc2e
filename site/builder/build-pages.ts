import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PublishedError } from '../src/published/errors.ts';
import { digestOf } from '../src/published/files.ts';
import { getOrgans } from '../src/published/organs.ts';
import { coarseInputs, inputState } from '../src/published/reads.ts';
import { getRegistry } from '../src/published/registry.ts';
import type { Settings } from '../src/published/settings.ts';
import type { Route } from './renderer.ts';
import { compileSite } from './compile.ts';
import { syncFiles, syncTree } from './durable.ts';
import { SITE_DIR } from './folders.ts';
import { StaleFolderError } from './stale-folder.ts';
import {
  findPagesState,
  shardPath,
  writePagesState,
  type PagesState,
  type ShardHeader,
} from './page-state.ts';
import { beginPlacement, endPlacement, place, readJournal, type Journal } from './placement.ts';
import { openPool } from './pool.ts';
import { updateSearch } from './search-index/update.ts';
import type { ShardResult, ShardTask } from './shard.ts';
import { encodeRobots, encodeSitemapIndex } from './sitemap.ts';
import { hashSources } from './source-hash.ts';

export interface BuiltPages {
  readonly files: number;
  readonly rendered: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** items that can be found */
  readonly search: number;
}

/**
 * Makes the pages of a folder what the published files say. Into an empty folder all are rendered; where `stateDir` tells
 * what the folder's pages were made of, only those of which anything has changed are, and only files that differ are
 * replaced. After a crash at any moment the next call completes the rest.
 * @throws PublishedError; StaleFolderError before anything is touched
 */
export async function buildPages(settings: Settings): Promise<BuiltPages> {
  // Before any work: an export that lacks its first files has no pages.
  getRegistry();
  getOrgans();
  await loadReaders();
  const source = hashSources();
  const before = settings.stateDir === undefined ? undefined : findPagesState(settings.stateDir);
  if (before === undefined) refuseUsedFolder(settings);
  else if (before.source !== source || before.publicUrl !== settings.publicUrl) {
    throw new StaleFolderError(`the pages in ${settings.outDir} were made by another version of the site`);
  }
  const scratch = mkdtempSync(join(tmpdir(), 'mandate-site-'));
  const clean = (): void => rmSync(scratch, { recursive: true, force: true });
  process.on('exit', clean);
  try {
    const build = new PagesBuild(settings, before, source, scratch);
    return await build.run();
  } finally {
    process.off('exit', clean);
    clean();
  }
}

/** Each defines the digests of the inputs it names. */
async function loadReaders(): Promise<void> {
  const folder = join(SITE_DIR, 'src', 'published');
  for (const name of readdirSync(folder).filter((one) => /^[\w-]+\.ts$/.test(one))) {
    await import(pathToFileURL(join(folder, name)).href);
  }
}

function refuseUsedFolder({ outDir, stateDir }: Settings): void {
  if (!existsSync(outDir) || readdirSync(outDir).length === 0) return;
  // Whoever keeps states expects pages of ours there, and can have them made elsewhere.
  if (stateDir !== undefined) throw new StaleFolderError(`nothing is known of the pages in ${outDir}`);
  throw new PublishedError('settings', `MANDATE_OUT_DIR is not empty: ${outDir}`);
}

class PagesBuild {
  readonly #settings: Settings;
  readonly #before: PagesState | undefined;
  readonly #source: string;
  /** where state and files on their way stay until they are placed */
  readonly #stateDir: string;
  readonly #scratch: string;
  readonly #unchanged = new Map<string, boolean>();

  constructor(settings: Settings, before: PagesState | undefined, source: string, scratch: string) {
    this.#settings = settings;
    this.#before = before;
    this.#source = source;
    this.#scratch = scratch;
    this.#stateDir = settings.stateDir ?? join(scratch, 'state');
  }

  async run(): Promise<BuiltPages> {
    const { outDir, publicUrl, cacheDir } = this.#settings;
    const [incoming, next] = [join(this.#stateDir, 'incoming'), join(this.#stateDir, 'next')];
    for (const folder of [incoming, next]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    }
    mkdirSync(outDir, { recursive: true });
    const journal = readJournal(this.#stateDir);
    const site = await compileSite(cacheDir ?? join(this.#scratch, 'compiled'), this.#source);
    if (this.#before === undefined) cpSync(site.assets, outDir, { recursive: true });
    const folders = { outDir, next, publicUrl, ...(this.#before && { incoming }) };
    const pool = await openPool(this.#threads(), { entry: site.entry, folders });
    try {
      const { tasks, kept } = this.#tasks(pool.routes, journal);
      const results = await pool.build(tasks);
      // An organ that is gone leaves a share without files.
      const done = results.filter(({ header }) => header.files > 0);
      const shards = new Map([...kept, ...done.map(({ id, header }) => [id, header] as const)]);
      return this.#finish(results, shards, { incoming, next });
    } finally {
      await pool.close();
    }
  }

  /** More threads than processors wait for each other; a page or two are quicker with one. */
  #threads(): number {
    return Math.min(availableParallelism(), 8);
  }

  /** What has to be looked at, and what stays as it is. */
  #tasks(
    routes: readonly Route[],
    journal: Journal,
  ): { tasks: readonly (readonly ShardTask[])[]; kept: Map<string, ShardHeader> } {
    const kept = new Map<string, ShardHeader>();
    const need = (task: Omit<ShardTask, 'before' | 'doubtful'>): ShardTask[] => {
      const header = this.#before?.shards.get(task.id);
      const doubtful = journal[task.id] ?? [];
      if (header !== undefined && doubtful.length === 0 && this.#isFresh(header)) {
        kept.set(task.id, header);
        return [];
      }
      const path = this.#before && shardPath(this.#stateDir, task.id);
      return [{ ...task, doubtful, before: path }];
    };
    const ofOrgans = routes.flatMap(({ component, ofOrgan }) => (ofOrgan ? component : []));
    const organs = [...getOrgans()].sort((a, b) => b.items - a.items).map(({ key }) => key);
    // An organ is never taken off the list; should one be, its pages go with it.
    const gone = [...(this.#before?.shards.keys() ?? []), ...Object.keys(journal)]
      .map((id) => /^organ-(.+)$/.exec(id)?.[1])
      .filter((key) => key !== undefined && !organs.includes(key));
    return {
      kept,
      tasks: [
        [...organs, ...gone].flatMap((organ = '') =>
          need({ id: `organ-${organ}`, components: ofOrgans, organ }),
        ),
        routes
          .filter(({ ofOrgan }) => !ofOrgan)
          .flatMap(({ component }) => need({ id: `route-${digestOf(component)}`, components: [component] })),
      ],
    };
  }

  #isFresh({ inputs, nextDay }: ShardHeader): boolean {
    const { day } = this.#settings;
    if (this.#before === undefined || day < this.#before.day) return false;
    if (nextDay !== undefined && nextDay <= day) return false;
    return inputs.every((name) => this.#isUnchanged(name));
  }

  #isUnchanged(name: string): boolean {
    let unchanged = this.#unchanged.get(name);
    if (unchanged === undefined) {
      const coarse = coarseInputs(name);
      unchanged =
        (coarse[0] !== name && coarse.every((other) => this.#isUnchanged(other))) ||
        inputState(name).digest === this.#before?.inputs.get(name);
      this.#unchanged.set(name, unchanged);
    }
    return unchanged;
  }

  #finish(
    results: readonly ShardResult[],
    shards: ReadonlyMap<string, ShardHeader>,
    { incoming, next }: { incoming: string; next: string },
  ): BuiltPages {
    const { outDir, publicUrl, day } = this.#settings;
    const placement = {
      added: results.flatMap(({ added }) => added),
      changed: results.flatMap(({ changed }) => changed),
      removed: results.flatMap(({ removed }) => removed),
    };
    if (this.#before !== undefined) {
      const journal = Object.fromEntries(
        results
          .map(({ id, added, changed, removed }) => [id, [...added, ...changed, ...removed]] as const)
          .filter(([, files]) => files.length > 0),
      );
      const staged = [...placement.added, ...placement.changed].map((file) => join(incoming, file));
      beginPlacement(this.#stateDir, journal, staged);
      place(incoming, outDir, placement);
    }
    const sitemaps = [...shards.values()].flatMap(({ sitemaps: parts }) => parts).sort();
    writeChanged(join(outDir, 'sitemap.xml'), encodeSitemapIndex(publicUrl, sitemaps));
    writeChanged(join(outDir, 'robots.txt'), encodeRobots(publicUrl));
    const search = updateSearch({
      publishedDir: this.#settings.publishedDir,
      outDir,
      stateDir: this.#stateDir,
      changed:
        this.#before === undefined ? 'all' : results.flatMap(({ id }) => /^organ-(.+)$/.exec(id)?.[1] ?? []),
      day,
    });
    this.#writeState(results, shards, next);
    return {
      files: [...shards.values()].reduce((sum, { files }) => sum + files, 0),
      rendered: results.reduce((sum, { rendered }) => sum + rendered, 0),
      added: placement.added.length,
      changed: placement.changed.length,
      removed: placement.removed.length,
      search: search.documents,
    };
  }

  #writeState(results: readonly ShardResult[], shards: ReadonlyMap<string, ShardHeader>, next: string): void {
    if (this.#settings.stateDir === undefined) return;
    // Whoever keeps states goes on from these pages: they must outlive a power cut.
    if (this.#before === undefined) syncTree(this.#settings.outDir);
    syncFiles(results.map(({ id }) => join(next, `${id}.json`)));
    mkdirSync(join(this.#stateDir, 'shards'), { recursive: true });
    for (const { id } of results) renameSync(join(next, `${id}.json`), shardPath(this.#stateDir, id));
    writePagesState(this.#stateDir, {
      source: this.#source,
      publicUrl: this.#settings.publicUrl,
      day: this.#settings.day,
      inputs: this.#inputs(results, shards),
      shards: new Map([...shards].sort(([a], [b]) => (a < b ? -1 : 1))),
    });
    endPlacement(this.#stateDir);
  }

  #inputs(
    results: readonly ShardResult[],
    shards: ReadonlyMap<string, ShardHeader>,
  ): ReadonlyMap<string, string> {
    const digests = new Map(
      results.flatMap(({ header, digests: own }) =>
        header.inputs.map((name, at) => [name, own[at] ?? ''] as const),
      ),
    );
    const inputs = new Map<string, string>();
    for (const { inputs: names } of shards.values()) {
      for (const name of names) {
        if (inputs.has(name)) continue;
        // Of shards that stay as they are nothing has changed.
        inputs.set(name, digests.get(name) ?? this.#before?.inputs.get(name) ?? '');
        for (const coarse of coarseInputs(name)) {
          if (coarse !== name) inputs.set(coarse, inputState(coarse).digest);
        }
      }
    }
    return inputs;
  }
}

function writeChanged(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
