import { parseBase32, encodeBase32 } from '@mandate/encoding';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import QRCode from 'qrcode';
import { encodeQrPayload, parseQrPayload, QrError, type QrClaim } from './qr.ts';

const CLAIM: QrClaim = {
  identifier: '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U',
  validFrom: '2026-01-01',
  validUntil: '2030-12-31',
  statusIndex: 131_071,
  dataDigest: 'ab'.repeat(32),
  keyId: '0123456789abcdef',
};
const sign = (message: Uint8Array) => new Uint8Array(64).fill(message.length & 255);
const URL = 'https://zhengzhao.example.gov.cn/';

describe('QR payload', () => {
  test('reads back what was written, and signs exactly the claim', () => {
    const text = encodeQrPayload(CLAIM, URL, sign);
    const payload = parseQrPayload(text);
    expect(text).toMatch(/^HTTPS:\/\/ZHENGZHAO\.EXAMPLE\.GOV\.CN\/V\/#[A-Z2-7]+$/);
    expect(payload.claim).toEqual(CLAIM);
    expect(payload.signature).toEqual(sign(payload.message));
    expect(new TextDecoder().decode(payload.message)).toMatch(/^mandate qr v1\n/);
  });

  test('reads the part behind # alone, and a host that a browser made lower-case', () => {
    const text = encodeQrPayload(CLAIM, URL, sign);
    const [host = '', payload = ''] = text.split('#');
    expect(parseQrPayload(payload).claim).toEqual(CLAIM);
    expect(parseQrPayload(`#${payload}`).claim).toEqual(CLAIM);
    expect(parseQrPayload(`${host.toLowerCase()}#${payload}`).claim).toEqual(CLAIM);
  });

  test('fits into version 12 at level M whatever it carries, and an address too long for it is refused', () => {
    const identifier = '1.2.156.3005.2.11100000000013338W011.11430000006122244L.ZZZZZZZZZZZZZZZZ.999.'.padEnd(
      78,
      '?',
    );
    const claim = { ...CLAIM, identifier: withCheck(identifier), statusIndex: 2 ** 24 - 1 };
    const version = (url: string) =>
      QRCode.create(encodeQrPayload(claim, url, sign), { errorCorrectionLevel: 'M' }).version;
    expect(version(URL)).toBeLessThanOrEqual(11);
    expect(version(`https://${'a'.repeat(50)}.${'b'.repeat(50)}.${'c'.repeat(40)}.cn/`)).toBeLessThanOrEqual(
      12,
    );
    expect(version(`https://gov.example/${'p'.repeat(60)}/`)).toBeLessThanOrEqual(12);
    expect(() => version(`https://${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.cn/`)).toThrow(
      expect.objectContaining({ code: 'too-long' }),
    );
  });

  test.each<[string, Partial<QrClaim>]>([
    ['an identifier with a wrong check', { identifier: CLAIM.identifier.replace(/U$/, 'V') }],
    ['a day that does not exist', { validUntil: '2030-02-30' }],
    ['an index beyond 24 bits', { statusIndex: 2 ** 24 }],
    ['a short digest', { dataDigest: 'ab' }],
    ['a key id in capitals', { keyId: '0123456789ABCDEF' }],
  ])('refuses to write %s', (_, part) => {
    expect(() => encodeQrPayload({ ...CLAIM, ...part }, URL, sign)).toThrow(
      expect.objectContaining({ code: 'invalid-claim' }),
    );
  });

  test('carries an issuer of old data, a region code', () => {
    const claim = {
      ...CLAIM,
      identifier: '1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9',
    };
    expect(parseQrPayload(encodeQrPayload(claim, URL, sign)).claim).toEqual(claim);
  });

  test('refuses every other spelling of a payload', () => {
    const [, payload = ''] = encodeQrPayload(CLAIM, URL, sign).split('#');
    const bytes = parseBase32(payload);
    const length = bytes[1] ?? 0;
    const zeroInFront = Uint8Array.from([1, length + 1, 0, ...bytes.subarray(2)]);
    const farDay = Uint8Array.from(bytes);
    farDay.set([255, 255, 255], 2 + length);
    for (const other of [zeroInFront, farDay, bytes.subarray(1), Uint8Array.from([...bytes, 0])])
      expect(() => parseQrPayload(encodeBase32(other))).toThrow(QrError);
    expect(() => parseQrPayload(`https://evil.example/?x=V/#${payload} `)).toThrow(QrError);
  });

  test('says newer-format of a later version, however long its payload is, and of nothing else', () => {
    const [, payload = ''] = encodeQrPayload(CLAIM, URL, sign).split('#');
    const bytes = parseBase32(payload);
    const refusalOf = (version: number, more = 0): unknown => {
      try {
        parseQrPayload(
          encodeBase32(Uint8Array.from([version, ...bytes.subarray(1), ...new Array(more).fill(7)])),
        );
        return 'read';
      } catch (error) {
        return error instanceof QrError ? error.code : error;
      }
    };
    expect([2, 15].map((version) => refusalOf(version))).toEqual(['newer-format', 'newer-format']);
    expect(refusalOf(2, 300)).toBe('newer-format');
    expect([0, 16, 255].map((version) => refusalOf(version))).toEqual([
      'invalid-qr',
      'invalid-qr',
      'invalid-qr',
    ]);
    expect(refusalOf(1, 300)).toBe('invalid-qr');
    expect(() => parseQrPayload('AIAAAAAA')).toThrow(expect.objectContaining({ code: 'invalid-qr' }));
  });

  test('says QrError for any text, and reads only what it would write', () => {
    const [, valid = ''] = encodeQrPayload(CLAIM, URL, sign).split('#');
    const mutated = fc
      .tuple(fc.nat(valid.length - 1), fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'))
      .map(([at, letter]) => valid.slice(0, at) + letter + valid.slice(at + 1));
    fc.assert(
      fc.property(
        fc.oneof(mutated, fc.string(), fc.uint8Array({ maxLength: 260 }).map(encodeBase32)),
        (text) => {
          try {
            const { claim, signature } = parseQrPayload(text);
            const again = encodeQrPayload(claim, URL, () => signature).split('#')[1];
            expect(again).toBe(text.replace(/^#/, '').toUpperCase());
          } catch (error) {
            expect(error).toBeInstanceOf(QrError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

function withCheck(identifier: string): string {
  for (const check of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    const text = identifier.replace(/\?$/, check);
    try {
      encodeQrPayload({ ...CLAIM, identifier: text }, 'https://a.cn', sign);
      return text;
    } catch (error) {
      if (!(error instanceof QrError)) throw error;
    }
  }
  throw new Error('no check character fits');
}
