import { describe, expect, test } from '@jest/globals';
import { cutText, describeTextFault, findTextFault, type TextFault, withoutFaults } from './plain-text.ts';

describe('a text that people typed', () => {
  test.each<[string, string, TextFault]>([
    ['NUL', '\u0000', 'control'],
    ['a bell', '\u0007', 'control'],
    ['escape, which paints terminals', '\u001b', 'control'],
    ['DEL', '\u007f', 'control'],
    ['a C1 control', '\u0085', 'control'],
    ['the first half of a character', '\ud840', 'surrogate'],
    ['the second half of a character', '\udc00', 'surrogate'],
    ['an override to the left', '\u202e', 'direction'],
    ['an embedding', '\u202a', 'direction'],
    ['an isolate', '\u2066', 'direction'],
    ['the end of an isolate', '\u2069', 'direction'],
    ['a mark to the left', '\u200f', 'direction'],
    ['an Arabic letter mark', '\u061c', 'direction'],
    ['a zero-width space', '\u200b', 'invisible'],
    ['a zero-width joiner', '\u200d', 'invisible'],
    ['a soft hyphen', '\u00ad', 'invisible'],
    ['a word joiner', '\u2060', 'invisible'],
    ['a byte order mark', '\ufeff', 'invisible'],
    ['a tag', '\u{e0041}', 'invisible'],
    ['a Hangul filler', '\u3164', 'invisible'],
    ['U+FFFE', '\ufffe', 'no-character'],
    ['U+FDD0', '\ufdd0', 'no-character'],
    ['U+10FFFF', '\u{10ffff}', 'no-character'],
    ['a character that was lost', '\ufffd', 'no-character'],
  ])('does not hold %s', (_name, sign, fault) => {
    for (const lines of [false, true])
      expect(findTextFault(`甲${sign}乙`, { lines })).toEqual({ fault, at: 1, sign });
    expect(withoutFaults(`甲${sign}乙`)).toBe('甲乙');
  });

  test.each([
    ['rare characters of names', '𠀀𪚥𰻝'],
    ['a character with a selector of its form', '辻\u{e0100}葛\ufe00'],
    ['a character of private use', '\ue000'],
    ['a character that is not assigned yet', '\u{3fffd}'],
    ['Uyghur', 'قاراماي شەھىرى'],
    ['Tibetan', 'བོད་ལྗོངས'],
    ['Mongolian with its vowel separator', 'ᠬᠠᠷ\u180eᠠ'],
    ['the blanks of Chinese texts', '示例　局 ·\u00a0（一）'],
    ['nothing', ''],
  ])('holds %s', (_name, text) => {
    expect(findTextFault(text)).toBeUndefined();
    expect(withoutFaults(text)).toBe(text);
  });

  test.each(['\n', '\r\n', '\t', '\u2028', '\u2029'])('breaks a line (%j) only where it may', (end) => {
    const text = `第一行${end}第二行`;
    expect(findTextFault(text)).toMatchObject({ fault: 'line-end', at: 3 });
    expect(findTextFault(text, { lines: true })).toBeUndefined();
    expect(withoutFaults(text)).toBe(text);
  });
});

test('a text that is cut has no half character at its end', () => {
  expect(cutText('甲𠀀乙', 2)).toBe('甲');
  expect(cutText('甲𠀀乙', 3)).toBe('甲𠀀');
  expect(cutText('甲𠀀乙', 4)).toBe('甲𠀀乙');
});

test('what is wrong is said in words, with its place', () => {
  const found = findTextFault('示例\u202e店');
  expect(found && describeTextFault(found)).toBe('第 3 个字处有改变文字方向的符号（U+202E），请删去');
});
