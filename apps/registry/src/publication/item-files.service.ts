import { Injectable } from '@nestjs/common';
import { canonicalBytes, EncodingError, fromUtf8, parseJson, utf8 } from '@mandate/encoding';
import type { ItemSummary, SummarizedItem } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { LogService } from '../log/log.service.ts';
import { PublicationError } from './publication.errors.ts';
import type { PublishedFolder } from './published-folder.ts';
import { countItems, type IndexedEntry, type ItemCounts, itemsPath, parseListEntry } from './records.ts';
import { SummarizedItemSchema, summariesPath, summarizeItem } from './summary-records.ts';

/** Blobs that are in memory at once. */
const CHUNK = 500;

/** What is used here of a summary that was published. */
type KnownSummary = Pick<ItemSummary, 'key' | 'category' | 'state'> & {
  readonly versions: readonly { readonly index: number }[];
};

/** What is counted of a summary, and its canonical JSON. */
type WrittenSummary = Pick<ItemSummary, 'category' | 'state'> & { readonly text: string };

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
    const known =
      changed === undefined ? new Map<string, KnownSummary>() : await findSummaries(folder, organ);
    const summaries = new Map<string, WrittenSummary>();
    let open: (readonly [string, readonly RawEntry[]])[] = [];
    const close = async (): Promise<void> => {
      for (const summary of await this.summarize(tx, open)) {
        const { key, category, state } = summary;
        summaries.set(key, { category, state, text: fromUtf8(canonicalBytes(summary)) });
      }
      open = [];
    };
    let entriesOpen = 0;
    for (const [key, entries] of items) {
      const kept = changed?.has(key) === false ? known.get(key) : undefined;
      if (kept !== undefined && isOf(kept, entries)) {
        // Canonical when it was published, and its properties are in the order in which they were read.
        summaries.set(key, { ...kept, text: JSON.stringify(kept) });
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
    await folder.write(itemsPath(organ), encodeRawItems(organ, items));
    await folder.write(summariesPath(organ), encodeRawSummaries(organ, inOrder));
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
    throw new PublicationError('invalid-entry', `清单日志第 ${index} 条不符合格式，不能发布。`, { cause });
  }
}

/** Whether a summary that was published says the same entries; what it says of them then follows. */
function isOf({ versions }: KnownSummary, entries: readonly RawEntry[]): boolean {
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

/** The bytes of `encodeSummaries`. */
function encodeRawSummaries(organ: string, summaries: readonly WrittenSummary[]): Uint8Array {
  const texts = summaries.map(({ text }) => text);
  return utf8(`{"items":[${texts.join(',')}],"organ":${JSON.stringify(organ)}}`);
}

/** Those that were published, as they are: of a damaged file none, so that everything is read again. */
async function findSummaries(folder: PublishedFolder, organ: string): Promise<Map<string, KnownSummary>> {
  const bytes = await folder.find(summariesPath(organ));
  if (bytes === undefined) return new Map();
  let value: unknown;
  try {
    value = parseJson(bytes);
  } catch (error) {
    if (error instanceof EncodingError) return new Map();
    throw error;
  }
  const items = isObject(value) ? value['items'] : undefined;
  if (!Array.isArray(items)) return new Map();
  return new Map(items.filter(isKnownSummary).map((summary) => [summary.key, summary]));
}

/** Only what is used of it is looked at: to check all of some ten thousand would take longer than the rest. */
function isKnownSummary(value: unknown): value is KnownSummary {
  return (
    isObject(value) &&
    typeof value['key'] === 'string' &&
    Array.isArray(value['versions']) &&
    value['versions'].every((version) => isObject(version) && typeof version['index'] === 'number')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
