import { Injectable } from '@nestjs/common';
import { type Json, parseJson } from '@mandate/encoding';
import { OrganSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { SequencedEntry } from '../log/sequenced-entry.ts';
import { LogService } from '../log/log.service.ts';
import { inParallel } from './in-parallel.ts';
import { PublicationError } from './publication.errors.ts';
import type { PublishedFolder } from './published-folder.ts';
import {
  blobPath,
  byKey,
  countItems,
  type CountedItem,
  CountedItemSchema,
  encodeItems,
  encodeOrgans,
  encodeTypes,
  type IndexedEntry,
  type ItemCounts,
  itemsPath,
  organOfItem,
  type OrganRecord,
  parseListEntry,
} from './records.ts';

/** Entries, and blobs, that are in memory at once. */
const CHUNK = 500;
/** Files that wait for the disk at once. */
const WRITERS = 16;

const CountsSchema = z.object({
  organs: z.array(
    z.object({ key: z.string(), items: z.number(), categories: z.record(z.string(), z.number()) }),
  ),
});

/** Writes what the lists say: blobs, items by organ, organs, types. Only what entries since the last time touch. */
@Injectable()
export class RecordFilesService {
  constructor(private readonly logs: LogService) {}

  /** The blobs of the entries [from, to). A blob's name is its hash, so one that is there is never written again. */
  async publishBlobs(tx: EntityManager, folder: PublishedFolder, from: number, to: number): Promise<void> {
    for (let start = from; start < to; start += CHUNK) {
      const entries = await this.logs.entriesBetween(tx, 'lists', start, Math.min(to, start + CHUNK));
      const blobs = await this.logs.blobs(tx, namesOf(entries));
      await inParallel(blobs, WRITERS, ({ hash, bytes }) => folder.write(blobPath(hash), bytes));
    }
  }

  /** @param from size of the lists log that the records in the folder are complete for */
  async publishRecords(tx: EntityManager, folder: PublishedFolder, from: number, to: number): Promise<void> {
    const touched = await this.organsTouched(tx, from, to);
    const known = from === 0 ? new Map<string, ItemCounts>() : await findCounts(folder);
    const organs = byKey(await this.register(tx, 'organ'));
    const listed = new Set(organs.map(([key]) => key));
    const counts = new Map<string, ItemCounts>();
    for (const organ of new Set([...listed, ...touched])) {
      const kept = touched.has(organ) ? undefined : known.get(organ);
      counts.set(organ, kept ?? (await this.publishItems(tx, folder, organ)));
    }
    const records: OrganRecord[] = [];
    for (const [key, entries] of organs) {
      const value = await this.newestBlob(tx, entries);
      if (value === undefined) continue;
      const organ = OrganSchema.parse(value);
      records.push({ key, organ, entries, ...(counts.get(key) ?? countItems([])) });
    }
    await folder.write('data/organs.json', encodeOrgans(records));
    await this.publishTypes(tx, folder);
  }

  /** Whether what is listed is a sample; time of the newest entry, empty before the first. */
  async describe(tx: EntityManager, size: number): Promise<{ asOf: string; sample: boolean }> {
    const [last] = await this.logs.entriesBetween(tx, 'lists', size - 1, size);
    const organs = byKey(await this.register(tx, 'organ'));
    // One connection answers one query at a time.
    const values: unknown[] = [];
    for (const [, entries] of organs) values.push(await this.newestBlob(tx, entries));
    return {
      asOf: last === undefined ? '' : parseListEntry(last.leaf).time,
      sample: values.some((value) => OrganSchema.safeParse(value).data?.sample === true),
    };
  }

  private async publishItems(tx: EntityManager, folder: PublishedFolder, organ: string): Promise<ItemCounts> {
    const entries = await this.register(tx, 'authority-item', organ);
    await folder.write(itemsPath(organ), encodeItems(organ, entries));
    const newest = byKey(entries).flatMap(([, history]) => history.at(-1)?.entry.blob ?? []);
    const items: CountedItem[] = [];
    for (let start = 0; start < newest.length; start += CHUNK) {
      const names = newest.slice(start, start + CHUNK);
      const blobs = new Map((await this.logs.blobs(tx, names)).map(({ hash, bytes }) => [hash, bytes]));
      // Two items may share a blob, and one whose blob was redacted is not counted.
      for (const name of names) {
        const bytes = blobs.get(name);
        if (bytes !== undefined) items.push(CountedItemSchema.parse(parseJson(bytes)));
      }
    }
    return countItems(items);
  }

  private async publishTypes(tx: EntityManager, folder: PublishedFolder): Promise<void> {
    const types: { code: string; entries: readonly IndexedEntry[]; type: Json }[] = [];
    for (const [code, entries] of byKey(await this.register(tx, 'certificate-type'))) {
      const type = await this.newestBlob(tx, entries);
      if (type !== undefined) types.push({ code, entries, type });
    }
    await folder.write('data/types.json', encodeTypes(types));
  }

  private async organsTouched(tx: EntityManager, from: number, to: number): Promise<ReadonlySet<string>> {
    const touched = new Set<string>();
    for (let start = from; start < to; start += CHUNK) {
      const entries = await this.logs.entriesBetween(tx, 'lists', start, Math.min(to, start + CHUNK));
      for (const { register, key } of entries) {
        if (register === 'organ' && key !== null) touched.add(key);
        if (register === 'authority-item' && key !== null) touched.add(organOfItem(key));
      }
    }
    return touched;
  }

  private async register(tx: EntityManager, register: string, organ?: string): Promise<IndexedEntry[]> {
    const entries = await this.logs.registerEntries(tx, register, organ);
    return entries.map(({ index, leaf }) => ({ index, entry: parseEntry(index, leaf) }));
  }

  /** Content of the newest entry that still has one: a redacted blob is gone. */
  private async newestBlob(tx: EntityManager, entries: readonly IndexedEntry[]): Promise<Json | undefined> {
    for (const { entry } of [...entries].reverse()) {
      const [blob] = await this.logs.blobs(tx, [entry.blob]);
      if (blob !== undefined) return parseJson(blob.bytes);
    }
    return undefined;
  }
}

async function findCounts(folder: PublishedFolder): Promise<Map<string, ItemCounts>> {
  const bytes = await folder.find('data/organs.json');
  if (bytes === undefined) return new Map();
  const { data } = CountsSchema.safeParse(parseJson(bytes));
  return new Map(data?.organs.map(({ key, items, categories }) => [key, { items, categories }]));
}

function namesOf(entries: readonly SequencedEntry[]): string[] {
  return [...new Set(entries.flatMap(({ blobHash }) => blobHash ?? []))];
}

function parseEntry(index: number, leaf: Uint8Array): IndexedEntry['entry'] {
  try {
    return parseListEntry(leaf);
  } catch (cause) {
    throw new PublicationError('invalid-entry', `清单日志第 ${index} 条不符合格式，不能发布。`, { cause });
  }
}
