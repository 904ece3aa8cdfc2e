import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkRubbish } from './rubbish.ts';
import { findGarbled } from './garbled.ts';
import { MAY_HOLD, mayHold } from './telling-signs.ts';

const utf8 = new TextEncoder();
const read = (label: string, words: string): string => new TextDecoder(label).decode(utf8.encode(words));

test('a text of ordinary words may hold nothing, and so no form is tried on it', () => {
  expect(
    mayHold('【法律】《示例法》第三十五条：国家对食品生产经营实行许可制度（2020年1月1日起施行）。'),
  ).toBe(0);
});

test('words of another encoding are seen, whatever words they were', () => {
  const words = fc.string({
    unit: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
    minLength: 3,
  });
  fc.assert(
    fc.property(words, (text) => {
      expect(mayHold(read('gb18030', text)) & (MAY_HOLD.utf8AsGbk | MAY_HOLD.garbled)).not.toBe(0);
      expect(mayHold(read('windows-1252', text)) & MAY_HOLD.garbled).not.toBe(0);
    }),
  );
});

test.each([
  ['食品 椋熷搧', '椋熷搧'],
  ['椋熷', '椋熷'],
  [' 椋熷\n', '椋熷'],
  ['椋熷a', undefined],
  ['椋\u3000熷搧', undefined],
  ['浏览', undefined],
])('one character of UTF-8 and a half are told where nothing else stands there: %j', (text, found) => {
  expect(findGarbled(text)).toBe(found);
});

test.each([
  ['an error', '\t#REF! '],
  ['an error in small letters', '#ref!'],
  ['a formula', ' =A1&B1'],
  ['a tag', '甲<BR>'],
  ['an entity', '甲&nbsp;乙'],
  ['a sign of a workbook', '甲_x000D_'],
  ['a program', 'JavaScript:void(0)'],
  ['a lost character', '甲\ufffd'],
  ['what was made of it', '甲锟斤拷'],
  ['a piece of that', '斤拷锟'],
  ['memory that nobody wrote', '烫烫烫'],
  ['more of it', '葺葺葺'],
  ['a mark of the order of bytes', 'ï»¿甲'],
  ['UTF-8 as Latin-1', 'ä¸\u00ad'],
  ['GB 18030 as Latin-1', 'ÐÐÕþ'],
  ['UTF-8 as GB 18030', '椋熷搧缁忚惀'],
])('%s is found in a text at any depth', (_what, text) => {
  expect(checkRubbish({ bases: [{ paragraphs: ['甲', text] }] })).toHaveLength(1);
  expect(checkRubbish({ bases: [{ paragraphs: ['甲'] }] })).toEqual([]);
});
