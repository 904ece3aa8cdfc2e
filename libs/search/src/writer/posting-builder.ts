import { MAX_LISTS, shardOf, type TermLists } from '../codec/shards.ts';

const EMPTY = -1;

/**
 * Posting lists of a whole index while it is built: hundreds of millions of postings in typed arrays, about a byte each.
 * Documents come in ascending order; one given twice to the same list stands in it once.
 */
export class PostingBuilder {
  // An open hash table: a Map with numbers beyond 31 bits would make an object of each.
  #keys = new Float64Array(1 << 16).fill(EMPTY);
  #places = new Int32Array(1 << 16);
  #size = 0;
  #slots: Slots = new Slots();

  /** @param term up to 2^49 */
  add(term: number, list: number, document: number): void {
    this.#slots.add(this.#find(term * MAX_LISTS + list), document);
  }

  /** Terms file by file, from 0; every file of the index is named, empty ones too. */
  *shards(bits: number): Generator<readonly [shard: number, terms: Map<number, TermLists>]> {
    const byShard: number[][] = Array.from({ length: 2 ** bits }, () => []);
    for (let at = 0; at < this.#keys.length; at += 1) {
      const key = this.#keys[at] ?? EMPTY;
      if (key !== EMPTY) byShard[shardOf(Math.floor(key / MAX_LISTS), bits)]?.push(at);
    }
    for (const [shard, places] of byShard.entries()) {
      const terms = new Map<number, (Int32Array | undefined)[]>();
      for (const at of places) {
        const key = this.#keys[at] ?? 0;
        const term = Math.floor(key / MAX_LISTS);
        const lists = terms.get(term) ?? [];
        terms.set(term, lists);
        lists[key % MAX_LISTS] = this.#slots.read(this.#places[at] ?? 0);
      }
      // A list that is not there is a hole, which no loop over it may miss.
      for (const [term, lists] of terms) terms.set(term, Array.from(lists));
      yield [shard, terms];
    }
  }

  #find(key: number): number {
    const mask = this.#keys.length - 1;
    let at = hash(key) & mask;
    for (;;) {
      const there = this.#keys[at];
      if (there === key) return this.#places[at] ?? 0;
      if (there === EMPTY) break;
      at = (at + 1) & mask;
    }
    if (this.#size * 2 >= this.#keys.length) {
      this.#grow();
      return this.#find(key);
    }
    this.#keys[at] = key;
    this.#places[at] = this.#size;
    this.#size += 1;
    return this.#size - 1;
  }

  #grow(): void {
    const [keys, places] = [this.#keys, this.#places];
    this.#keys = new Float64Array(keys.length * 2).fill(EMPTY);
    this.#places = new Int32Array(keys.length * 2);
    const mask = this.#keys.length - 1;
    for (let old = 0; old < keys.length; old += 1) {
      const key = keys[old] ?? EMPTY;
      if (key === EMPTY) continue;
      let at = hash(key) & mask;
      while (this.#keys[at] !== EMPTY) at = (at + 1) & mask;
      this.#keys[at] = key;
      this.#places[at] = places[old] ?? 0;
    }
  }
}

/** Lists of documents by their place, as gaps in seven bits a byte. */
class Slots {
  #last = new Int32Array(1 << 16).fill(-1);
  #counts = new Int32Array(1 << 16);
  #used = new Int32Array(1 << 16);
  /** absent while a list has one document, as most have */
  #bytes: (Uint8Array | undefined)[] = [];

  add(place: number, document: number): void {
    if (place >= this.#last.length) this.#grow();
    const last = this.#last[place] ?? -1;
    if (last === document) return;
    if (last > document) throw new RangeError('documents come in ascending order');
    if (last >= 0) this.#append(place, document - last - 1, last);
    this.#last[place] = document;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  read(place: number): Int32Array {
    const documents = new Int32Array(this.#counts[place] ?? 0);
    const bytes = this.#bytes[place];
    if (bytes === undefined) {
      documents[0] = this.#last[place] ?? 0;
      return documents;
    }
    let [at, last] = [0, -1];
    for (let i = 0; i < documents.length; i += 1) {
      let gap = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at] ?? 0;
        at += 1;
        gap |= (byte & 127) << shift;
        if (byte < 128) break;
      }
      last += gap + 1;
      documents[i] = last;
    }
    return documents;
  }

  #append(place: number, gap: number, first: number): void {
    let bytes = this.#bytes[place];
    let used = this.#used[place] ?? 0;
    if (bytes === undefined) {
      bytes = new Uint8Array(12);
      used = varint(bytes, 0, first);
    } else if (used + 5 > bytes.length) {
      const larger = new Uint8Array(Math.ceil(bytes.length * 1.6) + 5);
      larger.set(bytes);
      bytes = larger;
    }
    this.#bytes[place] = bytes;
    this.#used[place] = varint(bytes, used, gap);
  }

  #grow(): void {
    const [last, counts, used] = [this.#last, this.#counts, this.#used];
    this.#last = new Int32Array(last.length * 2).fill(-1);
    this.#last.set(last);
    this.#counts = new Int32Array(last.length * 2);
    this.#counts.set(counts);
    this.#used = new Int32Array(last.length * 2);
    this.#used.set(used);
  }
}

function varint(bytes: Uint8Array, from: number, value: number): number {
  let [at, rest] = [from, value];
  while (rest >= 128) {
    bytes[at] = (rest & 127) | 128;
    rest >>>= 7;
    at += 1;
  }
  bytes[at] = rest;
  return at + 1;
}

function hash(key: number): number {
  const low = (key % 2 ** 32) | 0;
  let mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(Math.floor(key / 2 ** 32), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}
