import { createHash } from 'node:crypto';
import { concatBytes } from '@mandate/encoding';
import { ed25519 } from '@noble/curves/ed25519.js';

export interface LenientSignature {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

/** The point (0, 1) spelled with y = p + 1: RFC 8032 §5.1.3 refuses it, ZIP 215 takes it. */
const NON_CANONICAL_IDENTITY = Uint8Array.from([0xee, ...new Array<number>(30).fill(0xff), 0x7f]);
const IDENTITY = ed25519.Point.ZERO.toBytes();

/**
 * Signatures that ZIP 215 accepts and RFC 8032 to the letter refuses, of the kinds of “Taming the many EdDSAs” (Chalkias,
 * Garillot, Nikolaenko, 2020): two readers would disagree about each.
 * @param seed of the key whose signature is given another spelling
 */
export function lenientSignatures(message: Uint8Array, seed: Uint8Array): LenientSignature[] {
  const zero = new Uint8Array(32);
  const publicKey = ed25519.getPublicKey(seed);
  return [
    // S = 0 and R of small order hold for every message: nobody holds such a key, and everybody can sign by it.
    { name: 'a key of small order', publicKey: IDENTITY, signature: concatBytes(IDENTITY, zero) },
    {
      name: 'a key that is spelled beyond p',
      publicKey: NON_CANONICAL_IDENTITY,
      signature: concatBytes(IDENTITY, zero),
    },
    // With r = 0, S = h·a: by the real key, with a spelling of R that another reader refuses.
    { name: 'an R that is spelled beyond p', publicKey, signature: withRoot(NON_CANONICAL_IDENTITY) },
  ];

  function withRoot(root: Uint8Array): Uint8Array {
    const { scalar } = ed25519.utils.getExtendedPublicKey(seed);
    const order = ed25519.Point.Fn.ORDER;
    const challenge =
      littleEndian(
        createHash('sha512')
          .update(concatBytes(root, publicKey, message))
          .digest(),
      ) % order;
    return concatBytes(root, ed25519.Point.Fn.toBytes((challenge * scalar) % order));
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}
