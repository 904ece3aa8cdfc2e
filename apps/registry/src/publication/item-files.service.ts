import { Injectable } from '@nestjs/common';
import { parseJson } from '@mandate/encoding';
import type { ItemSummary, SummarizedItem } from '@mandate/lists';
import {
  encodeItemsFile,
  encodeSummariesFile,
  encodeSummary,
  findKnownSummaries,
  type IndexedEntry,
  type IndexedLeaf,
  itemsPath,
  type KnownSummary,
  summariesPath,
} from '@mandate/published';
import type { EntityManager } from 'typeorm';
import { LogService } from '../log/log.service.ts';
import { PublicationError } from './publication.errors.ts';
import type { PublishedFolder } from './published-folder.ts';
import { countItems, type ItemCounts, parseListEntry } from './records.ts';
import { SummarizedItemSchema, summarizeItem } from './summary-records.ts';

/** Blobs that are in memory at once. */
const CHUNK = 500;

/** What is counted of a summary, and the summary as it is written. */
type WrittenSummary = Pick<KnownSummary, 'category' | 'state' | 'text'>;

/** An entry as the log holds it. */
type RawEntry = IndexedLeaf & { readonly key: string };

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
    const known =
      changed === undefined ? new Map<string, KnownSummary>() : await findSummaries(folder, organ);
    const summaries = new Map<string, WrittenSummary>();
    let open: (readonly [string, readonly RawEntry[]])[] = [];
    const close = async (): Promise<void> => {
      for (const summary of await this.summarize(tx, open)) {
        const { key, category, state } = summary;
        summaries.set(key, { category, state, text: encodeSummary(summary) });
      }
      open = [];
    };
    let entriesOpen = 0;
    for (const [key, entries] of items) {
      const kept = changed?.has(key) === false ? known.get(key) : undefined;
      if (kept !== undefined && isOf(kept, entries)) {
        summaries.set(key, kept);
        continue;
      }
      open.push([key, entries]);
      entriesOpen += entries.length;
      if (entriesOpen < CHUNK) continue;
      await close();
      entriesOpen = 0;
    }
    await close();
    const inOrder = items.flatMap(([key]) => summaries.get(key) ?? []);
    await folder.write(itemsPath(organ), encodeItemsFile(organ, items));
    await folder.write(
      summariesPath(organ),
      encodeSummariesFile(
        organ,
        inOrder.map(({ text }) => text),
      ),
    );
    return countItems(inOrder);
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
    throw invalidEntry(index, { cause });
  }
}

export function invalidEntry(index: number, options?: ErrorOptions): PublicationError {
  return new PublicationError('invalid-entry', `清单日志第 ${index} 条不符合格式，不能发布。`, options);
}

/** Whether a summary that was published says the same entries; what it says of them then follows. */
function isOf({ versions }: KnownSummary, entries: readonly RawEntry[]): boolean {
  return versions.length === entries.length && versions.at(-1)?.index === entries.at(-1)?.index;
}

/** Keys in order, each key's oldest entry first. @param entries in order of their indexes */
function byKey(entries: readonly RawEntry[]): readonly (readonly [string, readonly RawEntry[]])[] {
  return [...Map.groupBy(entries, ({ key }) => key)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Those that were published, as they are. */
async function findSummaries(
  folder: PublishedFolder,
  organ: string,
): Promise<ReadonlyMap<string, KnownSummary>> {
  const bytes = await folder.find(summariesPath(organ));
  return bytes === undefined ? new Map<string, KnownSummary>() : findKnownSummaries(bytes);
}
