import { canonicalBytes, encodeBase64Url, parseJson, utf8, type Json } from '@mandate/encoding';
import { addProof, didKey, ed25519PublicKey, verifyProof, type JsonObject } from '@mandate/signature';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pako from 'pako';
import {
  encodeStatusBits,
  encodeStatusList,
  parseStatusList,
  STATUS_LIST_BITS,
  StatusListError,
} from './index.ts';

const privateKey = new Uint8Array(32).fill(5);
const publicKey = ed25519PublicKey(privateKey);
const options = {
  url: 'https://registry.example/data/status/revocation-1.json',
  validFrom: '2026-06-20T00:00:00Z',
  validUntil: '2026-06-21T00:00:00Z',
  key: { privateKey, publicKey },
};
const NOW = new Date('2026-06-20T12:00:00Z');
const revoked = [0, 7, 8, 4_242, STATUS_LIST_BITS - 1];
const bytes = encodeStatusList(encodeStatusBits(revoked), options);

/** The credential with another list in it, signed by the right key. */
function withSubject(changes: JsonObject): Uint8Array {
  // Just made by encodeStatusList: objects.
  const { proof: _, ...credential } = parseJson(bytes) as JsonObject;
  const credentialSubject = { ...(credential['credentialSubject'] as JsonObject), ...changes };
  const signed = addProof(
    { ...credential, credentialSubject },
    { key: { privateKey }, verificationMethod: didKey(publicKey), created: options.validFrom },
  );
  return canonicalBytes(signed);
}

const encoded = (list: Uint8Array) => ({ encodedList: `u${encodeBase64Url(list)}` });

describe('status list', () => {
  test('says of every place what was written', () => {
    const list = parseStatusList(bytes, publicKey, NOW);
    const set = Array.from({ length: STATUS_LIST_BITS }, (_, i) => i).filter((i) => list.isSet(i));
    expect(set).toEqual(revoked);
    expect(list).toMatchObject({ url: options.url, validFrom: options.validFrom });
  });

  test('is a W3C BitstringStatusListCredential any other reader can open', () => {
    const credential = verifyProof(parseJson(bytes), publicKey) as {
      credentialSubject: { encodedList: string };
    };
    expect(credential).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation' },
    });
    // §3: multibase `u`, gzip; index 0 is the left-most bit.
    const list = pako.ungzip(Buffer.from(credential.credentialSubject.encodedList.slice(1), 'base64url'));
    expect(list).toHaveLength(16_384);
    expect(list[0]).toBe(0b1000_0001);
    expect(list[1]).toBe(0b1000_0000);
  });

  test('is the same file each time it is made', () => {
    expect(encodeStatusList(encodeStatusBits([...revoked].reverse()), options)).toEqual(bytes);
  });

  test('counts only in its time', () => {
    const code = (time: string) => {
      try {
        return parseStatusList(bytes, publicKey, new Date(time)).url;
      } catch (error) {
        return (error as StatusListError).code;
      }
    };
    expect(code('2026-06-19T23:59:59Z')).toBe('stale');
    expect(code('2026-06-20T00:00:00Z')).toBe(options.url);
    expect(code('2026-06-20T23:59:59Z')).toBe(options.url);
    expect(code('2026-06-21T00:00:00Z')).toBe('stale');
  });

  test('has no place before its first or after its last', () => {
    const list = parseStatusList(bytes, publicKey, NOW);
    for (const index of [-1, STATUS_LIST_BITS, 0.5, Number.NaN]) {
      expect(() => list.isSet(index)).toThrow(expect.objectContaining({ code: 'index-out-of-range' }));
      expect(() => encodeStatusBits([index])).toThrow(StatusListError);
    }
  });

  test('cannot be blown up, cut short or swapped', () => {
    const bomb = pako.gzip(new Uint8Array(30_000_000), { level: 9 });
    for (const changes of [
      encoded(bomb),
      encoded(pako.gzip(new Uint8Array(16_383))),
      encoded(pako.gzip(new Uint8Array(16_385))),
      encoded(pako.deflate(new Uint8Array(16_384))),
      encoded(utf8('no gzip')),
      { encodedList: 'u' },
      { encodedList: encodeBase64Url(pako.gzip(new Uint8Array(16_384))) },
      { statusPurpose: 'suspension' },
      { statusSize: 2 },
    ])
      expect(() => parseStatusList(withSubject(changes), publicKey, NOW)).toThrow(
        expect.objectContaining({ code: 'invalid' }),
      );
    expect(
      parseStatusList(withSubject(encoded(pako.gzip(new Uint8Array(16_384)))), publicKey, NOW).isSet(0),
    ).toBe(false);
  });

  test('by another key, or any other bytes, is refused with a coded error', () => {
    const refused = (file: Uint8Array, key = publicKey) =>
      expect(() => parseStatusList(file, key, NOW)).toThrow(StatusListError);
    refused(bytes, ed25519PublicKey(new Uint8Array(32).fill(6)));
    const json: Json[] = [null, [], {}, 'text'];
    for (const value of json) refused(canonicalBytes(value));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, xor) => {
        const other = Uint8Array.from(bytes);
        other[at] = (other[at] ?? 0) ^ xor;
        refused(other);
      }),
    );
  });
});
