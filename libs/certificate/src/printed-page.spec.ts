import { describe, expect, test } from '@jest/globals';
import { sampleCertificate } from '../../../test/support/certificate-page.ts';
import { printedPage, printedText } from './printed-page.ts';

const context = { statement: '准予经营。', checkAddress: 'https://mandate.example/v/' };
const holder = (code: string, codeType: string) =>
  printedPage(sampleCertificate({ holder: { name: '示例', code, codeType } }), context).fields[1];

describe('words of the page', () => {
  test('shows the code of an organisation, and never that of a person', () => {
    expect(holder('92430102MA4L2Q7X6P', '001')).toEqual({
      label: '统一社会信用代码',
      value: '92430102MA4L2Q7X6P',
    });
    expect(holder('11010519491231002X', '111')).toEqual({
      label: '公民身份号码',
      value: '110*************2X',
    });
    expect(holder('E12345678', '414')).toEqual({ label: '护照号码', value: 'E1*****78' });
    expect(holder('1234', '999')).toEqual({ label: '证件号码', value: '****' });
  });

  test('names the listed power by category, name and key', () => {
    const { proofs } = printedPage(sampleCertificate(), context);
    expect(proofs[0]).toEqual({
      label: '依据',
      value: '权力清单行政许可「食品经营许可」　11430000006122244L.00017',
    });
  });

  test('says on a sample, and only there, that it has no legal effect', () => {
    const { sample, ...real } = sampleCertificate();
    expect(sample).toBe(true);
    expect(printedText(sampleCertificate(), context)).toContain('示例不具法律效力');
    expect(printedText(real, context)).not.toContain('不具法律效力');
  });

  test('any change of what a reader sees changes the printed text', () => {
    const text = printedText(sampleCertificate(), context);
    const changes = [
      { number: 'JY2' },
      { identifier: '1.2.156' },
      { issueDate: '2026-03-19' },
      { validUntil: '2031-03-18' },
      { issuer: { organ: 'x', name: '示例局' } },
      { face: [{ name: 'KZ_X', label: '经营场所', value: '别处' }] },
    ];
    for (const change of changes) expect(printedText(sampleCertificate(change), context)).not.toBe(text);
  });
});
