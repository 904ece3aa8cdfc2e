import { INDEXES, shardPath, type IndexName } from '../codec/manifest.ts';
import { encodeShard, MAX_LISTS, readShard, shardOf, type TermLists } from '../codec/shards.ts';
import { emitTerms, type DocumentText } from './document-terms.ts';

/** The files of an index by their path below its folder, wherever they are kept. */
export interface IndexStore {
  read(path: string): Uint8Array;
  write(path: string, bytes: Uint8Array): void;
}

/** A document to take out of a list of a term, or to put in. */
interface Edit {
  readonly term: number;
  readonly list: number;
  readonly document: number;
  readonly put: boolean;
}

/** What has to change in the files of the index when documents change; a term that stays costs nothing. */
export class ShardEdits {
  readonly #edits = new Map<IndexName, Edit[]>(INDEXES.map((index) => [index, []]));

  /** @param before, after undefined for a document that was or becomes empty */
  change(document: number, before: DocumentText | undefined, after: DocumentText | undefined): void {
    const [old, now] = [placesOf(before), placesOf(after)];
    for (const index of INDEXES) {
      const edits = this.#edits.get(index) ?? [];
      for (const [place, at] of old[index])
        if (!now[index].has(place)) edits.push({ ...at, document, put: false });
      for (const [place, at] of now[index])
        if (!old[index].has(place)) edits.push({ ...at, document, put: true });
    }
  }

  /**
   * @param documents of the index as it will be
   * @throws SearchIndexError when the files are not those of the documents before; whatever the store throws
   */
  apply(store: IndexStore, bits: Readonly<Record<IndexName, number>>, documents: number): void {
    for (const [index, edits] of this.#edits) {
      for (const [shard, own] of Map.groupBy(edits, ({ term }) => shardOf(term, bits[index]))) {
        const path = shardPath(index, shard);
        store.write(path, edited(store.read(path), own, documents));
      }
    }
  }
}

function placesOf(
  text: DocumentText | undefined,
): Record<IndexName, Map<number, { term: number; list: number }>> {
  const places = {
    names: new Map<number, { term: number; list: number }>(),
    readings: new Map<number, { term: number; list: number }>(),
    exact: new Map<number, { term: number; list: number }>(),
    text: new Map<number, { term: number; list: number }>(),
  };
  if (text)
    emitTerms(text, (index, term, list) => places[index].set(term * MAX_LISTS + list, { term, list }));
  return places;
}

function edited(bytes: Uint8Array, edits: readonly Edit[], documents: number): Uint8Array {
  const terms = new Map<number, TermLists>();
  for (const [term, lists] of readShard(bytes, documents)) {
    terms.set(
      term,
      lists.map((list) => {
        const numbers: number[] = [];
        list?.forEach((document) => numbers.push(document));
        return numbers;
      }),
    );
  }
  for (const { term, list, document, put } of edits) {
    const lists = [...(terms.get(term) ?? [])].map((numbers) => [...Array.from(numbers ?? [])]);
    const others = (lists[list] ?? []).filter((other) => other !== document);
    lists[list] = put ? [...others, document].sort((a, b) => a - b) : others;
    terms.set(term, Array.from(lists));
  }
  return encodeShard(terms);
}
