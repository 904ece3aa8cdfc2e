import { describe, expect, test } from '@jest/globals';
import { encodeBase64, encodeHex, sha256, utf8 } from '@mandate/encoding';
import { SigningKeySchema, type SigningKey } from './signing-key.ts';

const der = utf8('stands for the DER of a certificate');
const KEY: SigningKey = {
  schema: 'signing-key/1',
  organ: 'o-aaaaaaaaaaaaaaaa',
  sha256: encodeHex(sha256(der)),
  certificate: encodeBase64(der),
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2029-01-01T00:00:00Z',
};

describe('a listed key', () => {
  test('is what it says, revoked or not', () => {
    expect(SigningKeySchema.parse(KEY)).toEqual(KEY);
    const revoked = { ...KEY, revokedAt: '2026-11-01T00:00:00Z', revocationReason: '遗失' };
    expect(SigningKeySchema.parse(revoked)).toEqual(revoked);
  });

  test.each<[string, Partial<Record<keyof SigningKey, unknown>>]>([
    ['a hash of another certificate', { sha256: encodeHex(sha256(utf8('another'))) }],
    ['the hash in capitals', { sha256: KEY.sha256.toUpperCase() }],
    ['a certificate that is no base64', { certificate: '§' }],
    ['another certificate under its hash', { certificate: encodeBase64(utf8('another')) }],
    ['a day for a time', { notAfter: '2029-01-01' }],
    ['a member that nobody knows', { more: 1 } as Partial<Record<keyof SigningKey, unknown>>],
  ])('is refused with %s', (_, changes) => {
    expect(SigningKeySchema.safeParse({ ...KEY, ...changes }).success).toBe(false);
  });
});
