import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, findTextFault, foldText, halfWidth, type Mending, mendText } from './index.ts';

describe('a text that was copied out of a document', () => {
  test.each<[string, string, string, readonly Mending[]]>([
    ['Kangxi radicals', '⾷品⽣产许可', '食品生产许可', ['look-alikes']],
    [
      'all of a title in them',
      '《中华⼈⺠共和国⾷品安全法》第三⼗五条',
      '《中华人民共和国食品安全法》第三十五条',
      ['look-alikes'],
    ],
    [
      'radicals of the supplement',
      '⻓期⻋辆⻅证⻢场⻥类⻘年⻛险⻝品',
      '长期车辆见证马场鱼类青年风险食品',
      ['look-alikes'],
    ],
    ['the first and the last of the supplement', '⺁⻳', '厂龟', ['look-alikes']],
    ['its neighbours of the hole in it', '⺙⺛', '攵旡', ['look-alikes']],
    ['a household, as it is written here', '个体⼯商⼾', '个体工商户', ['look-alikes']],
    ['the first and the last Kangxi radical', '⼀⿕', '一龠', ['look-alikes']],
    [
      'hidden signs of all kinds',
      '特\u200b种\ufeff设备检验\u00ad核\u2060准\u200e',
      '特种设备检验核准',
      ['hidden-signs'],
    ],
    ['an override', '甲\u202e乙\u202c', '甲乙', ['hidden-signs']],
    ['joiners between characters that do not join', '餐\u200b饮\u200d店\u200c', '餐饮店', ['hidden-signs']],
    ['an emoji joined of two', '👩\u200d🚒', '👩🚒', ['hidden-signs']],
    ['a letter and its accent', 'Ame\u0301lie', 'Amélie', ['composed']],
    ['a compatibility ideograph', '\uf9e4', '理', ['composed']],
    ['both at once', '⾷\u200b品', '食品', ['hidden-signs', 'look-alikes']],
    ['a character that was lost', '食\ufffd生产\u200b', '食\ufffd生产', ['hidden-signs', 'lost-signs']],
  ])('is mended: %s', (_name, text, right, mendings) => {
    expect(mendText(text)).toEqual({ text: right, mendings });
  });

  test.each([
    ['what everybody writes', '食品经营许可（Ａ类）\n第 3 项：“甲”——“乙”·丙'],
    ['rare characters', '𠮷野䶮㛃𬎆𠀀'],
    ['a character with a selector of its form', '葛\u{e0101}城辻\u{e0100}'],
    ['ideographs that only look like compatibility ones', '\ufa0e\ufa11\ufa1f\ufa29'],
    ['strokes', '㇐㇑'],
    ['the one radical without a character', '⺀'],
    ['Uyghur', 'سىناق ئايگۈل'],
    ['Uyghur with a non-joiner between letters that join', 'خەت\u200cكە'],
    ['Persian with a non-joiner', 'می\u200cخواهم'],
    ['Tibetan', 'བཀྲ་ཤིས'],
    ['Mongolian with a joiner and a vowel separator', 'ᠠ\u200dᠢ ᠬᠠᠷ\u180eᠠ'],
    ['Hindi with a joiner after the sign that takes the vowel', 'क्\u200dष'],
    ['Bengali with a joiner before it', 'র\u200d্য'],
    ['private use', '\ue000'],
    ['nothing', ''],
  ])('is left as it is: %s', (_name, text) => {
    expect(mendText(text)).toEqual({ text, mendings: [] });
    expect(findTextFault(text, { lines: true })).toBeUndefined();
  });

  test.each([
    ['between a letter that does not join and its neighbour', 'دا\u200cر', 2],
    ['at the end of an Arabic word', 'ب\u200c', 1],
    ['at its beginning', '\u200cب', 0],
    ['between Arabic and Chinese', 'ب\u200c局', 1],
    ['twice', 'ب\u200c\u200cب', 1],
    ['a joiner between Arabic letters that join anyway', 'ب\u200dب', 1],
    ['between letters of Hindi without the sign', 'क\u200dष', 1],
    ['after that sign at the end', 'क्\u200d', 2],
  ])('holds no joiner that nobody sees: %s', (_name, text, at) => {
    expect(findTextFault(text)).toMatchObject({ fault: 'invisible', at });
    expect(mendText(text).mendings).toEqual(['hidden-signs']);
    expect(mendText(text).text).not.toMatch(/[\u200c\u200d]/u);
  });

  test('needs no mending twice, and then has nothing but lost signs that a text may not hold', () => {
    const sign = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '⾷',
        '⻓',
        '\u200b',
        '\u200d',
        '\u202e',
        '\ufffd',
        '\ufeff',
        'ب',
        'क्',
        'e\u0301',
        '食',
        '\r\n',
      ),
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (signs) => {
        const { text } = mendText(signs.join(''));
        expect(mendText(text).text).toBe(text);
        expect(cleanText(text)).toBe(text);
        expect(findTextFault(text.replaceAll('\ufffd', ''), { lines: true })?.fault).toBeUndefined();
      }),
    );
  });
});

test('codes in full width are told in half width, and nothing else is', () => {
  expect(halfWidth('９１１１０１０８ＭＡ００ＡＢＣＤ８Ｘ')).toBe('91110108MA00ABCD8X');
  expect(halfWidth('食品、ｶ￥')).toBe('食品、ｶ￥');
});

describe('two spellings of one name', () => {
  test.each([
    ['⾷品 ⽣产许可（样例）', '食品生产许可(样例)'],
    ['特\u200b种\ufeff设备检验\u00ad核准', '特种设备\n检验核准'],
    ['Ａ类　许可', 'A类许可'],
    ['个体⼯商⼾登记', '个体工商戶登记'],
  ])('are found by each other: %s', (one, other) => {
    expect(foldText(one)).toBe(foldText(other));
  });

  test.each([
    ['甲许可', '乙许可'],
    ['食品生产许可', '食品生产许可（样例）'],
    ['核准', '核淮'],
  ])('are not those of two: %s, %s', (one, other) => {
    expect(foldText(one)).not.toBe(foldText(other));
  });
});
