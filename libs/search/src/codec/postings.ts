import { BitReader, BitWriter, type ByteReader, type ByteWriter } from './bytes.ts';
import { SearchIndexError } from './errors.ts';

// A posting list is an ascending list of document numbers. Its gaps are Rice coded with the parameter that suits them
// best (with 0 that is a bitmap: a list is never longer than a bit a document), or Elias gamma coded, which suits
// documents that stand side by side. The choice follows from the list alone: same list, same bytes.

const GAMMA = 31;
const MAX_RICE = 24;
/** Below this the numbers themselves are shorter than what a code needs around it. */
const FEW = 3;

export function writePostings(out: ByteWriter, documents: ArrayLike<number>): void {
  const count = documents.length;
  out.varint(count);
  if (count < FEW) {
    forEachGap(documents, (gap) => out.varint(gap));
    return;
  }
  const mode = bestMode(documents);
  const bits = new BitWriter();
  forEachGap(documents, (gap) => {
    if (mode === GAMMA) bits.gamma(gap + 1);
    else {
      bits.unary(gap >>> mode);
      bits.bits(gap & (2 ** mode - 1), mode);
    }
  });
  const bytes = bits.finish();
  out.byte(mode);
  out.varint(bytes.length);
  out.append(bytes);
}

/** A list as it stands in a file, decoded only when somebody walks it. */
export interface Postings {
  readonly count: number;
  /** @throws SearchIndexError `malformed` */
  forEach(visit: (document: number) => void): void;
}

/** @param limit documents of the index: numbers from it on are malformed */
export function readPostings(from: ByteReader, limit: number): Postings {
  const count = from.varint();
  if (count > limit) throw new SearchIndexError('malformed', 'a list names more documents than there are');
  if (count < FEW) {
    const gaps = Array.from({ length: count }, () => from.varint());
    return {
      count,
      forEach: (visit) => {
        let at = 0;
        walk(count, limit, () => gaps[at++] ?? 0, visit);
      },
    };
  }
  const mode = from.byte();
  if (mode !== GAMMA && mode > MAX_RICE) throw new SearchIndexError('malformed', 'unknown code');
  const bytes = from.take(from.varint());
  return {
    count,
    forEach: (visit) => {
      const bits = new BitReader(bytes);
      const next =
        mode === GAMMA
          ? (): number => bits.gamma() - 1
          : (): number => bits.unary() * 2 ** mode + bits.bits(mode);
      walk(count, limit, next, visit);
    },
  };
}

function walk(count: number, limit: number, next: () => number, visit: (document: number) => void): void {
  let document = -1;
  for (let i = 0; i < count; i += 1) {
    document += next() + 1;
    if (document >= limit) throw new SearchIndexError('malformed', 'no such document');
    visit(document);
  }
}

function forEachGap(documents: ArrayLike<number>, visit: (gap: number) => void): void {
  let last = -1;
  for (let i = 0; i < documents.length; i += 1) {
    const document = documents[i] ?? 0;
    visit(document - last - 1);
    last = document;
  }
}

function bestMode(documents: ArrayLike<number>): number {
  const count = documents.length;
  let gamma = 0;
  forEachGap(documents, (gap) => (gamma += 63 - 2 * Math.clz32(gap + 1)));
  const mean = ((documents[count - 1] ?? 0) + 1 - count) / count;
  const guess = Math.min(MAX_RICE - 1, Math.floor(Math.log2(mean + 1)));
  let [best, bits] = [GAMMA, gamma];
  for (let mode = Math.max(0, guess - 1); mode <= guess + 1; mode += 1) {
    let cost = count * (mode + 1);
    forEachGap(documents, (gap) => (cost += gap >>> mode));
    if (cost < bits) [best, bits] = [mode, cost];
  }
  return best;
}
