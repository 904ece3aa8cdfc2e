import { ByteReader, ByteWriter } from './bytes.ts';
import { SearchIndexError } from './errors.ts';
import { readPostings, writePostings, type Postings } from './postings.ts';

// Terms are spread over small files by a hash, so that a browser loads only the few it asks for. A term has up to eight
// posting lists (the kinds of place where it occurs); a file holds its terms in ascending order.

const VERSION = 1;
export const MAX_LISTS = 8;

/** Posting lists of a term by kind; an empty one may be absent. */
export type TermLists = readonly (ArrayLike<number> | undefined)[];

/** The file that holds a term. @param bits the index has 2^bits files */
export function shardOf(term: number, bits: number): number {
  // Mixes both halves of a term that may have 42 bits; any fixed mixing does.
  let hash =
    Math.imul((term % 2 ** 21) + 1, 0x9e3779b1) ^ Math.imul(Math.floor(term / 2 ** 21) + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  hash ^= hash >>> 13;
  return bits === 0 ? 0 : hash >>> (32 - bits);
}

export function encodeShard(terms: ReadonlyMap<number, TermLists>): Uint8Array<ArrayBuffer> {
  const kept = [...terms]
    .filter(([, lists]) => lists.some((list) => list !== undefined && list.length > 0))
    .sort(([a], [b]) => a - b);
  const out = new ByteWriter();
  out.byte(VERSION);
  out.varint(kept.length);
  let last = 0;
  for (const [term, lists] of kept) {
    out.varint(term - last);
    last = term;
    const present = lists.flatMap((list) => (list !== undefined && list.length > 0 ? [list] : []));
    out.byte(lists.reduce<number>((mask, list, i) => (list && list.length > 0 ? mask | (1 << i) : mask), 0));
    for (const list of present) writePostings(out, list);
  }
  return out.finish();
}

export type Shard = ReadonlyMap<number, readonly (Postings | undefined)[]>;

/** @param limit documents of the index @throws SearchIndexError `malformed` */
export function readShard(bytes: Uint8Array, limit: number): Shard {
  const from = new ByteReader(bytes);
  if (from.byte() !== VERSION) throw new SearchIndexError('malformed', 'unknown version of the index');
  const terms = new Map<number, (Postings | undefined)[]>();
  let term = 0;
  for (let left = from.varint(); left > 0; left -= 1) {
    term += from.varint();
    const mask = from.byte();
    const lists = Array.from({ length: MAX_LISTS }, (_, i) =>
      (mask & (1 << i)) === 0 ? undefined : readPostings(from, limit),
    );
    terms.set(term, lists);
  }
  if (!from.done) throw new SearchIndexError('malformed', 'bytes too many');
  return terms;
}
