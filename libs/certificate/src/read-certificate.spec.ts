import { describe, expect, test } from '@jest/globals';
import { canonicalBytes, utf8, type Json } from '@mandate/encoding';
import fc from 'fast-check';
import {
  CertificateFormatError,
  findEventOf,
  parseCertificateJson,
  type Certificate,
  type CertificateEvent,
} from './index.ts';

// What an old reader makes of what a later writer wrote (formats §9.3, §9.4).

const SUBJECT = 'a1'.repeat(32);
const EVENT: CertificateEvent = {
  v: 1,
  event: 'revoke',
  subject: SUBJECT,
  time: '2026-06-16T02:00:00Z',
  reason: 'withdrawn',
};
const CERTIFICATE: Certificate = {
  schema: 'certificate/1',
  identifier: '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U',
  number: 'JY1',
  type: { code: '11100000000013338W011', name: '食品经营许可证', blob: `sha256:${'0'.repeat(64)}` },
  issuer: { organ: 'o-abcdefghijkl2345', name: '示例市市场监督管理局' },
  holder: { name: '示例', code: '1', codeType: '099' },
  issueDate: '2026-06-15',
  validFrom: '2026-06-15',
  validUntil: '2031-06-14',
  face: [{ name: 'KZ_JYCS', label: '经营场所', value: '示例路1号' }],
  mandate: { key: 'o-abcdefghijkl2345.00001', name: '食品经营许可', category: '01', entry: '{}', proof: '' },
  salt: '00'.repeat(32),
  status: { list: 'https://registry.example/data/status/revocation-1.json', index: 5 },
};

const codeOf = (read: () => unknown): unknown => {
  try {
    read();
    return 'read';
  } catch (error) {
    return error instanceof CertificateFormatError ? error.code : error;
  }
};

test.each<[string, Json, string]>([
  ['of today', CERTIFICATE, 'read'],
  ['of a later version', { ...CERTIFICATE, schema: 'certificate/2' }, 'newer-format'],
  ['of a later version and another form', { schema: 'certificate/3', holders: [] }, 'newer-format'],
  ['with a member that is not known', { ...CERTIFICATE, onlyFor: '周末' }, 'invalid-certificate'],
  ['of a version that never was', { ...CERTIFICATE, schema: 'certificate/0' }, 'invalid-certificate'],
  ['of another schema', { ...CERTIFICATE, schema: 'certificate-type/2' }, 'invalid-certificate'],
  ['that is a list', [], 'invalid-certificate'],
])('certificate data %s: %#', (_, json, code) => {
  expect(codeOf(() => parseCertificateJson(json))).toBe(code);
});

describe('an event of the certificates log', () => {
  const leaf = (event: Json): Uint8Array => canonicalBytes(event);

  test('is found for its certificate, also with a member that is not known', () => {
    expect(findEventOf(leaf(EVENT), SUBJECT)).toEqual(EVENT);
    expect(findEventOf(leaf({ ...EVENT, laterMember: [1] }), SUBJECT)).toEqual(EVENT);
  });

  test.each<[string, Json]>([
    ['of another certificate', { ...EVENT, subject: 'b2'.repeat(32) }],
    ['of another certificate in a later version', { v: 2, event: 'end', subject: 'b2'.repeat(32) }],
    ['of another kind', { map: 'mandate/map@1', root: 'c3'.repeat(32), v: 1 }],
    ['that names this one as a document only', { ...EVENT, subject: 'b2'.repeat(32), document: SUBJECT }],
  ])('a leaf %s is passed over', (_, event) => {
    expect(findEventOf(leaf(event), SUBJECT)).toBeUndefined();
  });

  test.each<[string, Json]>([
    ['a later version', { ...EVENT, v: 2 }],
    ['a later version in another form', { v: 3, ends: [{ certificate: SUBJECT }] }],
    ['a word that is not known', { ...EVENT, event: 'suspend' }],
  ])('about this certificate in %s says newer-format', (_, event) => {
    expect(codeOf(() => findEventOf(leaf(event), SUBJECT))).toBe('newer-format');
  });

  test('a leaf that is no text is passed over', () => {
    expect(findEventOf(Uint8Array.from([0xff, ...utf8(SUBJECT)]), SUBJECT)).toBeUndefined();
  });

  test('about this certificate that no version explains is invalid-event', () => {
    expect(codeOf(() => findEventOf(utf8(`{"subject":"${SUBJECT}"`), SUBJECT))).toBe('invalid-event');
    expect(codeOf(() => findEventOf(leaf({ subject: SUBJECT }), SUBJECT))).toBe('invalid-event');
    expect(codeOf(() => findEventOf(leaf({ ...EVENT, v: '2' }), SUBJECT))).toBe('invalid-event');
  });

  test('throws nothing but its own error, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.jsonValue().map((value) => leaf(value as Json)),
        ),
        (bytes) => {
          expect(['read', 'newer-format', 'invalid-event']).toContain(codeOf(() => findEventOf(bytes, '1')));
        },
      ),
    );
  });
});
