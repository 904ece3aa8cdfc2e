import { concatBytes } from '@mandate/encoding';

/** The signed bytes: the whole file without /Contents. */
export function signedBytes(
  file: Uint8Array,
  [first, firstLength, second, secondLength]: readonly [number, number, number, number],
): Uint8Array<ArrayBuffer> {
  return concatBytes(file.subarray(first, first + firstLength), file.subarray(second, second + secondLength));
}
