import { canonicalBytes, encodeHex, parseJson, utf8, type Json } from '@mandate/encoding';
import { addProof, didKey, ed25519PublicKey, type JsonObject } from '@mandate/signature';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MemoryRegistry } from '../../../test/support/memory-registry.ts';
import { encodeTrustList, parseTrustList, TrustListError } from './index.ts';
import { isUsableAt } from './trust-list.ts';

const registry = new MemoryRegistry();
const bytes = registry.trustList();
// The file was just made: an object.
const document = parseJson(bytes) as JsonObject & { organs: Json[] };

function code(file: Uint8Array, root = registry.rootFingerprint): string {
  try {
    parseTrustList(file, root);
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(TrustListError);
    return (error as TrustListError).code;
  }
}

describe('trust list', () => {
  test('reads back what the root signed', () => {
    const list = parseTrustList(bytes, registry.rootFingerprint);
    expect(list).toMatchObject({ ...registry.trustContent(), schema: 'trust-list/1' });
    expect(canonicalBytes(document)).toEqual(bytes);
  });

  test('is by the pinned root or by nobody: a list whose own key signed it is foreign', () => {
    const other = new MemoryRegistry('registry.example', 'two').trustList();
    expect(code(other)).toBe('foreign');
    expect(code(bytes, `sha256:${encodeHex(new Uint8Array(32))}`)).toBe('foreign');
    // The root's name on another's signature.
    const key = new Uint8Array(32).fill(9);
    const { proof: _, ...content } = document;
    const forged = addProof(content, {
      key: { privateKey: key },
      verificationMethod: didKey(ed25519PublicKey(key)),
      created: '2026-06-15T00:00:00Z',
    });
    expect(code(canonicalBytes(forged))).toBe('invalid');
  });

  test.each<[string, Json]>([
    ['an organ more', { ...document, organs: [...document.organs, document.organs[0] ?? null] }],
    ['a version less', { ...document, version: 0 }],
    ['no proof', { ...document, proof: undefined }],
    ['a list', [document]],
    ['nothing', null],
  ])('refuses %s', (_, json) => {
    expect(code(canonicalBytes(json))).toBe('invalid');
  });

  test('refuses any bytes that are not it', () => {
    expect(code(utf8(''))).toBe('invalid');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, xor) => {
        const other = Uint8Array.from(bytes);
        other[at] = (other[at] ?? 0) ^ xor;
        expect(['invalid', 'foreign']).toContain(code(other));
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.uint8Array(), (any) => expect(code(any)).toBe('invalid')));
  });

  test('is not written when readers would refuse it', () => {
    const root = {
      privateKey: new Uint8Array(32).fill(1),
      publicKey: ed25519PublicKey(new Uint8Array(32).fill(1)),
    };
    const content = registry.trustContent();
    const [organ] = content.organs;
    const [certificate] = organ?.certificates ?? [];
    for (const wrong of [
      { ...content, version: 0 },
      { ...content, nextUpdate: '2026-02-30T00:00:00Z' },
      {
        ...content,
        keys: { ...content.keys, qr: [{ key: 'zABC', notBefore: content.issued, notAfter: content.issued }] },
      },
      { ...content, authorities: [{ sha256: '0'.repeat(64), der: 'AAAA' }] },
      {
        ...content,
        organs: [{ key: 'o', name: 'n', certificates: [{ ...certificate, sha256: '1'.repeat(64) }] }],
      },
    ])
      // The wrong parts are just what the types forbid.
      expect(() => encodeTrustList(wrong as typeof content, root)).toThrow(TrustListError);
  });

  test('has keys that hold from their first second to their last, and not once revoked', () => {
    const period = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-12-31T00:00:00Z' };
    const at = (time: string, revokedAt?: string) => isUsableAt({ ...period, revokedAt }, new Date(time));
    expect(at('2025-12-31T23:59:59Z')).toBe('outside');
    expect(at('2026-01-01T00:00:00Z')).toBe('usable');
    expect(at('2026-12-31T00:00:00Z')).toBe('usable');
    expect(at('2026-12-31T00:00:01Z')).toBe('outside');
    expect(at('2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z')).toBe('revoked');
    expect(at('2026-05-31T23:59:59Z', '2026-06-01T00:00:00Z')).toBe('usable');
  });
});
