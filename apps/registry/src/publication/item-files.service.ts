import { Injectable } from '@nestjs/common';
import { type Json, parseJson, utf8 } from '@mandate/encoding';
import { type ItemSummary, ItemSummarySchema, type SummarizedItem } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { LogService } from '../log/log.service.ts';
import { PublicationError } from './publication.errors.ts';
import type { PublishedFolder } from './published-folder.ts';
import { countItems, type IndexedEntry, type ItemCounts, itemsPath, parseListEntry } from './records.ts';
import { encodeSummaries, SummarizedItemSchema, summariesPath, summarizeItem } from './summary-records.ts';

/** Blobs that are in memory at once. */
const CHUNK = 500;

const SummariesSchema = z.object({ items: z.array(ItemSummarySchema) });

/** An entry as the log holds it. */
interface RawEntry {
  readonly index: number;
  readonly key: string;
  /** canonical JSON */
  readonly leaf: Uint8Array;
}

/** Writes an organ's items and their summaries. What is known of items that did not change is taken over unread. */
@Injectable()
export class ItemFilesService {
  constructor(private readonly logs: LogService) {}

  /**
   * @param changed keys with entries that are not in the published files yet; undefined for all of them
   * @throws PublicationError `invalid-entry`
   */
  async publish(
    tx: EntityManager,
    folder: PublishedFolder,
    organ: string,
    changed: ReadonlySet<string> | undefined,
  ): Promise<ItemCounts> {
    const items = byKey(await this.logs.registerEntries(tx, 'authority-item', organ));
    const known = changed === undefined ? new Map<string, ItemSummary>() : await findSummaries(folder, organ);
    const summaries: ItemSummary[] = [];
    let open: (readonly [string, readonly RawEntry[]])[] = [];
    const close = async (): Promise<void> => {
      summaries.push(...(await this.summarize(tx, open)));
      open = [];
    };
    for (const [key, entries] of items) {
      const kept = changed?.has(key) === false ? known.get(key) : undefined;
      if (kept !== undefined && isOf(kept, entries)) {
        await close();
        summaries.push(kept);
        continue;
      }
      open.push([key, entries]);
      if (open.length * entries.length >= CHUNK) await close();
    }
    await close();
    await folder.write(itemsPath(organ), encodeRawItems(organ, items));
    await folder.write(summariesPath(organ), encodeSummaries(organ, summaries));
    return countItems(summaries);
  }

  private async summarize(
    tx: EntityManager,
    items: readonly (readonly [string, readonly RawEntry[]])[],
  ): Promise<readonly ItemSummary[]> {
    if (items.length === 0) return [];
    const parsed = items.map(
      ([key, entries]) =>
        [key, entries.map(({ index, leaf }) => ({ index, entry: parseEntry(index, leaf) }))] as const,
    );
    const names = new Set(parsed.flatMap(([, entries]) => entries.map(({ entry }) => entry.blob)));
    const contents = new Map<string, SummarizedItem>();
    for (const { hash, bytes } of await this.logs.blobs(tx, [...names])) {
      contents.set(hash, SummarizedItemSchema.parse(parseJson(bytes)));
    }
    return parsed.map(([key, entries]) => summarizeItem(key, entries, (blob) => contents.get(blob)));
  }
}

/** @throws PublicationError `invalid-entry` */
export function parseEntry(index: number, leaf: Uint8Array): IndexedEntry['entry'] {
  try {
    return parseListEntry(leaf);
  } catch (cause) {
    throw new PublicationError('invalid-entry', `清单日志第 ${index} 条不符合格式，不能发布。`, { cause });
  }
}

/** Whether a summary that was published says the same entries; what it says of them then follows. */
function isOf({ versions }: ItemSummary, entries: readonly RawEntry[]): boolean {
  return versions.length === entries.length && versions.at(-1)?.index === entries.at(-1)?.index;
}

/** Keys in order, each key's oldest entry first. @param entries in order of their indexes */
function byKey(entries: readonly RawEntry[]): readonly (readonly [string, readonly RawEntry[]])[] {
  return [...Map.groupBy(entries, ({ key }) => key)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The bytes of `encodeItems`, from leaves as they are: they are canonical already. */
function encodeRawItems(
  organ: string,
  items: readonly (readonly [string, readonly RawEntry[]])[],
): Uint8Array {
  const text = new TextDecoder();
  const lines = items.map(([key, entries]) => {
    const listed = entries.map(({ index, leaf }) => `{"entry":${text.decode(leaf)},"index":${index}}`);
    return `{"entries":[${listed.join(',')}],"key":${JSON.stringify(key)}}`;
  });
  return utf8(`{"items":[${lines.join(',')}],"organ":${JSON.stringify(organ)}}`);
}

async function findSummaries(folder: PublishedFolder, organ: string): Promise<Map<string, ItemSummary>> {
  const bytes = await folder.find(summariesPath(organ));
  if (bytes === undefined) return new Map();
  let value: Json;
  try {
    value = parseJson(bytes);
  } catch {
    return new Map(); // damaged: everything is read again
  }
  const { data } = SummariesSchema.safeParse(value);
  return new Map(data?.items.map((summary) => [summary.key, summary]));
}
