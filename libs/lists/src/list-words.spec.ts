import { describe, expect, test } from '@jest/globals';
import { CATEGORIES } from '@mandate/codes';
import fc from 'fast-check';
import {
  findCategory,
  findClaimedItems,
  findLevel,
  joinName,
  joinWrappedLines,
  withoutBlanks,
} from './index.ts';

describe('words of a list', () => {
  test('knows the ten categories and public services by their names', () => {
    for (const [code, name] of Object.entries(CATEGORIES)) expect(findCategory(name)).toBe(code);
  });

  test.each([
    ['行政\n处罚', '02'],
    ['行政征收（ 1 项）', '04'],
    ['二、行政处罚（共12项）', '02'],
    ['其他类', '10'],
    ['其它行政权力', '10'],
    ['行政许可类', '01'],
    ['行政强制措施', '03'],
    ['行政备案', undefined],
    ['Sheet1', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('“%s” is category %s', (word, category) => {
    expect(findCategory(word)).toBe(category);
  });

  test.each([
    ['国家级', '1'],
    ['自治区级', '2'],
    ['省（自治区、直辖市）级', '2'],
    ['地（州、市）级', '3'],
    ['地州\n市级', '3'],
    ['市级', '3'],
    ['市本级', '3'],
    ['设区的市级', '3'],
    ['地州市级；负责初审', '3'],
    ['县市区级', '4'],
    ['县（市、区）级', '4'],
    ['区级', '4'],
    ['乡（镇、街道）级', '5'],
    ['村级', '6'],
    ['省级、市级', undefined],
    ['市、县级', undefined],
    ['全部', undefined],
    ['', undefined],
  ])('“%s” is level %s', (word, level) => {
    expect(findLevel(word)).toBe(level);
  });

  test.each([
    ['行政许可（11项）', 11],
    ['行政征收（ 1 项）', 1],
    ['权责清单（共计254项）', 254],
    ['共 3 项', 3],
    ['第110项：资质核准', undefined],
    ['Sheet1', undefined],
  ])('“%s” claims %s items', (text, claimed) => {
    expect(findClaimedItems(text)).toBe(claimed);
  });

  test('a name is one line without blanks between Chinese characters', () => {
    expect(joinName(' 对拒绝\n配合统\n计调查 、ISO 9001\n认证 ')).toBe('对拒绝配合统计调查、ISO 9001认证');
  });

  test('joins lines that split a sentence and keeps those that end one', () => {
    expect(joinWrappedLines('因不履行或\n不正确履行，\n有下列情形的：\n1.不予受理\n的；\n2.其他。')).toBe(
      '因不履行或不正确履行，有下列情形的：\n1.不予受理的；\n2.其他。',
    );
  });

  test.each([
    ['【\n法律】', '【法律】'],
    ['依照《\n示例法', '依照《示例法'],
    ['结束。 \n\n 又一句', '结束。\n又一句'],
    ['没有\n\n结束', '没有结束'],
    ['ISO \n 9001', 'ISO9001'],
    ['Web\nService', 'Web Service'],
  ])('joins %j to %j', (text, joined) => {
    expect(joinWrappedLines(text)).toBe(joined);
  });

  test('joining lines changes nothing but white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const printable = (words: string): string => withoutBlanks(words).replace(/[\p{Cc}\ufeff]/gu, '');
        expect(printable(joinWrappedLines(text))).toBe(printable(text.normalize('NFC')));
      }),
    );
  });
});
