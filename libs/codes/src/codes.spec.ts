import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CATEGORY_CODES,
  CodeError,
  formatCertificateIdentifier,
  isAppliedFor,
  isCitizenId,
  isUscc,
  maskCitizenId,
  parseCertificateIdentifier,
  parseUscc,
} from './index.ts';

describe('unified social credit code', () => {
  test('accepts a published code and refuses one with a wrong check digit', () => {
    expect(isUscc('11100000000013338W')).toBe(true);
    expect(isUscc('11440300007542785T')).toBe(false);
  });

  test('reads a code as people type it', () => {
    expect(parseUscc(' 1110 0000 0000 1333 8w ')).toBe('11100000000013338W');
  });

  test('throws nothing but CodeError', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          parseUscc(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CodeError);
        }
      }),
    );
  });
});

describe('certificate identifier (GB/T 36904)', () => {
  const published = [
    '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U',
    '1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F',
    '1.2.156.3005.2.11100000000013338W011.11110000000021135M.20230329701.003.Y',
    '1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0',
    '1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9',
  ];

  test.each(published)('reads and writes %s', (text) => {
    expect(formatCertificateIdentifier(parseCertificateIdentifier(text))).toBe(text);
  });

  test.each(published)('finds any one wrong character of the body in %s', (text) => {
    for (let i = '1.2.156.3005.2.'.length; i < text.length; i += 1) {
      const char = text.charAt(i);
      if (char === '.') continue;
      const other = char === '7' ? '8' : '7';
      const changed = text.slice(0, i) + other + text.slice(i + 1);
      expect(() => parseCertificateIdentifier(changed)).toThrow(CodeError);
    }
  });

  test('has a check character for every body, also where the running value ends at 1', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{1,20}$/), (serial) => {
        const id = { type: '11100000000013338W011', issuer: '11430000006122244L', serial, version: '001' };
        expect(parseCertificateIdentifier(formatCertificateIdentifier(id))).toEqual(id);
      }),
    );
  });

  test.each(['', '1.2.3', `${published[0]}0`, published[0]?.toLowerCase() ?? ''])('refuses %j', (text) => {
    expect(() => parseCertificateIdentifier(text)).toThrow(CodeError);
  });
});

describe('citizen identity number', () => {
  test('checks the last place and hides the birthday when shown', () => {
    expect(isCitizenId('11010519491231002X')).toBe(true);
    expect(isCitizenId('110105194912310021')).toBe(false);
    expect(maskCitizenId('11010519491231002X')).toBe('110*************2X');
  });
});

test('penalties, coercion, levies and inspections come to people; all else is applied for', () => {
  expect(CATEGORY_CODES.filter((code) => !isAppliedFor(code))).toEqual(['02', '03', '04', '06']);
});
