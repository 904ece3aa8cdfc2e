import { LogError } from './errors.ts';

/** Far above any registry, and twice it still counts exactly in a JavaScript number. */
export const MAX_SIZE = 2 ** 50;

/** @throws LogError `out-of-range` unless `size` is a size a tree may have. */
export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0 || size > MAX_SIZE) {
    throw new LogError('out-of-range', `no tree has ${size} leaves`);
  }
}

/** @throws LogError `out-of-range` unless the tree of `size` leaves has a leaf `index`. */
export function checkIndex(index: number, size: number): void {
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new LogError('out-of-range', `a tree of ${size} leaves has no leaf ${index}`);
  }
}

// Bit operators of JavaScript cut to 32 bits, so everything below counts with division.

export const isOdd = (n: number): boolean => n % 2 === 1;
export const half = (n: number): number => Math.floor(n / 2);

/** Number of one bits. */
export function countOnes(n: number): number {
  let ones = 0;
  for (let rest = n; rest > 0; rest = half(rest)) if (isOdd(rest)) ones += 1;
  return ones;
}

/** Largest power of two below `n`, for `n` ≥ 2: where RFC 6962 splits a tree of `n` leaves. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Decimal text without leading zeros → a size or index. @throws LogError with the code of the caller's format. */
export function parseDecimal(
  text: string,
  code: 'invalid-checkpoint' | 'invalid-proof-file' | 'invalid-tile',
): number {
  const value = Number(text);
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text) || value > MAX_SIZE) {
    throw new LogError(code, 'expected a decimal number without leading zeros');
  }
  return value;
}
