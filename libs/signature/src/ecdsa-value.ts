import { parseDer, type DerNode } from './der.ts';

/**
 * Whether a value is an ECDSA-Sig-Value (RFC 3279 §2.2.3) in the one spelling of DER, for a curve with coordinates of so many
 * bytes. The value is under no signature, and what verifies it (pkijs) passes over its outer tag and length and lets an `s`
 * that is a byte too long run into the end of `r`: without this the same signature could be spelled in other ways.
 * @throws DerError
 */
export function isEcdsaValue(signature: Uint8Array, coordinateBytes: number): boolean {
  const { tag, children } = parseDer(signature);
  return tag === 0x30 && children.length === 2 && children.every((part) => isPositive(part, coordinateBytes));
}

/** A positive INTEGER in its shortest form (X.690 §8.3.2), of at most so many bytes beside its sign. */
function isPositive({ tag, content }: DerNode, bytes: number): boolean {
  const [first = 0x80, second = 0] = content;
  if (tag !== 0x02 || first >= 0x80 || (first === 0 && second < 0x80)) return false;
  return content.length - (first === 0 ? 1 : 0) <= bytes;
}
