import { Injectable } from '@nestjs/common';
import { type Json, parseJson } from '@mandate/encoding';
import { EditionSchema, NegativeListSchema, OrganSchema, RegionSchema, type Register } from '@mandate/lists';
import {
  blobPath,
  EDITIONS_PATH,
  encodeEditionsFile,
  encodeNegativeItemsFile,
  encodeNegativeListsFile,
  encodeOrgansFile,
  encodeRegionsFile,
  encodeTypesFile,
  findItemKey,
  type IndexedEntry,
  NEGATIVE_LISTS_PATH,
  negativeItemsPath,
  type OrganRecord,
  ORGANS_PATH,
  parseItemKey,
  parseOrgansFile,
  PublishedFormatError,
  REGIONS_PATH,
  TYPES_PATH,
} from '@mandate/published';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { LogService } from '../log/log.service.ts';
import { inParallel } from '../files/in-parallel.ts';
import { invalidEntry, ItemFilesService, parseEntry } from './item-files.service.ts';
import type { PublishedFolder } from './published-folder.ts';
import {
  byKey,
  countItems,
  type ItemCounts,
  leavesByKey,
  parseListEntry,
  type RegisterRecord,
} from './records.ts';
import { CountedNegativeItemSchema } from './summary-records.ts';

/** Entries, and blobs, that are in memory at once. */
const CHUNK = 500;
/** Files that wait for the disk at once. */
const WRITERS = 16;

/** Keys with new entries: of each register, and the items of each owner. */
interface Touched {
  readonly registers: ReadonlySet<string>;
  readonly items: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Writes what the lists say: blobs, and the records of every register. Only what entries since the last time touch. */
@Injectable()
export class RecordFilesService {
  constructor(
    private readonly logs: LogService,
    private readonly items: ItemFilesService,
  ) {}

  /**
   * The blobs of the entries [from, to). A blob's name is its hash, so one that is there is never written again.
   * @param repair look into those that are there
   */
  async publishBlobs(
    tx: EntityManager,
    folder: PublishedFolder,
    { from, to, repair }: { from: number; to: number; repair: boolean },
  ): Promise<void> {
    let written: Promise<void> = Promise.resolve();
    try {
      for (let start = from; start < to; start += CHUNK) {
        const blobs = await this.logs.blobsBetween(tx, start, Math.min(to, start + CHUNK));
        // The database looks for the next while the disk writes these.
        await written;
        const files = blobs.map(({ hash, bytes }) => ({ path: blobPath(hash), bytes }));
        written = repair
          ? inParallel(files, WRITERS, ({ path, bytes }) => folder.write(path, bytes))
          : folder.writeMissing(files);
        // Seen where it is waited for.
        written.catch(() => undefined);
      }
    } finally {
      await written;
    }
  }

  /** @param from size of the lists log that the records in the folder are complete for */
  async publishRecords(tx: EntityManager, folder: PublishedFolder, from: number, to: number): Promise<void> {
    const touched = from === 0 ? undefined : await this.touched(tx, from, to);
    const wanted = (register: Register): boolean => touched?.registers.has(register) ?? true;
    if (wanted('organ') || wanted('authority-item')) await this.publishOrgans(tx, folder, touched);
    if (wanted('certificate-type')) await this.publishTypes(tx, folder);
    if (wanted('region')) {
      const regions = await this.records(tx, 'region', RegionSchema);
      await folder.write(
        REGIONS_PATH,
        encodeRegionsFile(regions.map(({ value, ...rest }) => ({ ...rest, region: value }))),
      );
    }
    if (wanted('negative-list') || wanted('negative-list-item')) await this.publishNegativeLists(tx, folder);
    if (wanted('edition')) {
      const editions = await this.records(tx, 'edition', EditionSchema);
      await folder.write(
        EDITIONS_PATH,
        encodeEditionsFile(editions.map(({ value, ...rest }) => ({ ...rest, edition: value }))),
      );
    }
  }

  /** Whether what is listed is a sample; time of the newest entry, empty before the first. */
  async describe(tx: EntityManager, size: number): Promise<{ asOf: string; sample: boolean }> {
    const [last] = await this.logs.entriesBetween(tx, 'lists', size - 1, size);
    const organs = await this.records(tx, 'organ', OrganSchema);
    return {
      asOf: last === undefined ? '' : parseListEntry(last.leaf).time,
      sample: organs.some(({ value }) => value.sample === true),
    };
  }

  private async publishOrgans(
    tx: EntityManager,
    folder: PublishedFolder,
    touched: Touched | undefined,
  ): Promise<void> {
    const known = touched === undefined ? new Map<string, ItemCounts>() : await findCounts(folder);
    const organs = await this.records(tx, 'organ', OrganSchema);
    const owners = new Set(organs.map(({ key }) => key));
    for (const key of touched?.items.keys() ?? (await this.logs.owners(tx, 'authority-item')))
      owners.add(key);
    const counts = new Map<string, ItemCounts>();
    for (const organ of owners) {
      const changed = touched?.items.get(organ);
      const kept = touched !== undefined && changed === undefined ? known.get(organ) : undefined;
      const keys = touched === undefined ? undefined : (changed ?? new Set<string>());
      counts.set(organ, kept ?? (await this.items.publish(tx, folder, organ, keys)));
    }
    const records = organs.map(({ key, value, entries }): OrganRecord => ({
      key,
      organ: value,
      entries,
      ...(counts.get(key) ?? countItems([])),
    }));
    await folder.write(ORGANS_PATH, encodeOrgansFile(records));
  }

  private async publishTypes(tx: EntityManager, folder: PublishedFolder): Promise<void> {
    const types = await this.records(tx, 'certificate-type', z.custom<Json>());
    await folder.write(
      TYPES_PATH,
      encodeTypesFile(types.map(({ key, value, entries }) => ({ code: key, entries, type: value }))),
    );
  }

  /** Negative lists are few and of some hundred items each: all of them anew. */
  private async publishNegativeLists(tx: EntityManager, folder: PublishedFolder): Promise<void> {
    const lists = await this.records(tx, 'negative-list', NegativeListSchema);
    const entries = Map.groupBy(
      await this.register(tx, 'negative-list-item'),
      ({ entry }) => parseItemKey(entry.key).list,
    );
    const counts = new Map<string, number>();
    for (const list of new Set([...lists.map(({ key }) => key), ...entries.keys()])) {
      const own = entries.get(list) ?? [];
      await folder.write(negativeItemsPath(list), encodeNegativeItemsFile(list, leavesByKey(own)));
      const newest = byKey(own).flatMap(([, history]) => history.at(-1)?.entry.blob ?? []);
      const contents = await this.contents(tx, newest);
      const states = newest.flatMap((blob) => contents.get(blob) ?? []);
      const listed = states.filter((value) => CountedNegativeItemSchema.parse(value).state !== 'cancelled');
      counts.set(list, listed.length);
    }
    const counted = lists.map(({ value, ...rest }) => ({
      ...rest,
      list: value,
      items: counts.get(rest.key) ?? 0,
    }));
    await folder.write(NEGATIVE_LISTS_PATH, encodeNegativeListsFile(counted));
  }

  private async touched(tx: EntityManager, from: number, to: number): Promise<Touched> {
    const registers = new Set<string>();
    const items = new Map<string, Set<string>>();
    for (let start = from; start < to; start += CHUNK) {
      const entries = await this.logs.entriesBetween(tx, 'lists', start, Math.min(to, start + CHUNK));
      for (const { index, register, key } of entries) {
        if (register === null || key === null) continue;
        registers.add(register);
        if (register !== 'authority-item') continue;
        const owner = findItemKey(key)?.list;
        if (owner === undefined) throw invalidEntry(index);
        items.set(owner, (items.get(owner) ?? new Set()).add(key));
      }
    }
    return { registers, items };
  }

  private async register(tx: EntityManager, register: Register): Promise<IndexedEntry[]> {
    const entries = await this.logs.registerEntries(tx, register);
    return entries.map(({ index, leaf }) => ({ index, entry: parseEntry(index, leaf) }));
  }

  /**
   * The keys of a register in order, each with the content of its newest entry that still has one: a redacted blob is gone.
   * A key without any content is left out.
   */
  private async records<T>(
    tx: EntityManager,
    register: Register,
    schema: z.ZodType<T>,
  ): Promise<readonly RegisterRecord<T>[]> {
    const keys = byKey(await this.register(tx, register));
    const contents = await this.contents(
      tx,
      keys.flatMap(([, entries]) => entries.map(({ entry }) => entry.blob)),
    );
    return keys.flatMap(([key, entries]) => {
      const last = entries.findLast(({ entry }) => contents.has(entry.blob));
      return last === undefined ? [] : [{ key, value: schema.parse(contents.get(last.entry.blob)), entries }];
    });
  }

  private async contents(tx: EntityManager, names: readonly string[]): Promise<Map<string, Json>> {
    const contents = new Map<string, Json>();
    for (let start = 0; start < names.length; start += CHUNK) {
      for (const { hash, bytes } of await this.logs.blobs(tx, names.slice(start, start + CHUNK)))
        contents.set(hash, parseJson(bytes));
    }
    return contents;
  }
}

async function findCounts(folder: PublishedFolder): Promise<Map<string, ItemCounts>> {
  const bytes = await folder.find(ORGANS_PATH);
  if (bytes === undefined) return new Map();
  try {
    return new Map(parseOrgansFile(bytes).map(({ key, items, categories }) => [key, { items, categories }]));
  } catch (error) {
    // Of a damaged file nothing is known, so that everything is read again.
    if (error instanceof PublishedFormatError) return new Map();
    throw error;
  }
}
