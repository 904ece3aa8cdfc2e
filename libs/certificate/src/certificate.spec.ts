import { describe, expect, test } from '@jest/globals';
import { formatCertificateIdentifier } from '@mandate/codes';
import { chinaDay, chinaMinute, isDay, issuerCode, lastDayOfValidity, subjectCommitment } from './index.ts';

test('a day begins at midnight in Shanghai, not at midnight UTC', () => {
  expect(chinaDay(new Date('2026-11-20T15:59:59Z'))).toBe('2026-11-20');
  expect(chinaDay(new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
  expect(chinaMinute(new Date('2026-11-20T16:05:59Z'))).toBe('2026-11-21 00:05');
});

test.each([
  ['2026-11-21', 5, '2031-11-20'],
  ['2026-01-01', 1, '2026-12-31'],
  ['2024-02-29', 1, '2025-02-28'],
  ['2024-02-29', 4, '2028-02-28'],
])('%s for %i years ends on %s', (from, years, last) => {
  expect(lastDayOfValidity(from, years)).toBe(last);
});

describe('issuer code', () => {
  test('of a provisional organ fits into an identifier and is no USCC', () => {
    const issuer = issuerCode('o-abcdefghijkl2345');
    expect(issuer).toBe('O0ABCDEFGHIJKL2345');
    const identifier = formatCertificateIdentifier({
      type: '11100000000013338W001',
      issuer,
      serial: '0',
      version: '001',
    });
    expect(identifier).toContain(issuer);
  });
});

test('the commitment is SHA-256 over salt and identifier', async () => {
  const salt = Uint8Array.from({ length: 32 }, (_, i) => i);
  const bytes = new Uint8Array([...salt, ...new TextEncoder().encode('1.2.156')]);
  const expected = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  expect(subjectCommitment(Buffer.from(salt).toString('hex'), '1.2.156')).toBe(expected);
});

test.each(['2026-02-28', '2024-02-29', '1900-01-01', '2199-12-31'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true);
});

test.each([
  '2026-02-29',
  '2026-02-30',
  '2026-04-31',
  '2026-13-01',
  '2026-00-10',
  '0000-01-01',
  '1899-12-31',
  '2200-01-01',
  '9999-12-31',
  '+010000-01-01',
  '2026-1-1',
  '2026-01-31T00:00:00Z',
  ' 2026-01-31',
  '2026-01-31\n',
  '２０２６-01-31',
  '',
])('%j is no day', (text) => {
  expect(isDay(text)).toBe(false);
});
