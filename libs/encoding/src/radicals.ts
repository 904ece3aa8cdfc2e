// Radicals look like the characters that they are the heart of, and are others: ⾷ (U+2FB7) is not 食. Fonts of the PDF files from
// which lists are copied give them for the character, and then no search, no comparison and no certificate finds the word.

/** U+2E81 to U+2EF3 without U+2E9A, in order: EquivalentUnifiedIdeograph.txt of the Unicode character database. */
const SUPPLEMENT = [
  ...('厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀' +
    '聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟'),
];
const SUPPLEMENT_START = 0x2e81;
const UNASSIGNED = 0x2e9a;
/**
 * The one that Unicode gives in a spelling which no list of the mainland is written in: its fonts draw ⼾ as 户, and what was
 * copied was 户.
 */
const HOUSEHOLD = '\u2f3e';

const RADICALS = /[\u2e81-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5]/gu;

/** Each Kangxi radical and each of the CJK radicals supplement → the character it looks like. */
export function withoutRadicals(text: string): string {
  return text.replace(RADICALS, characterOf);
}

function characterOf(radical: string): string {
  if (radical === HOUSEHOLD) return '户';
  const code = radical.charCodeAt(0);
  // Kangxi radicals have their characters as compatibility mappings, the same as in EquivalentUnifiedIdeograph.txt.
  if (code >= 0x2f00) return radical.normalize('NFKC');
  const place = code - SUPPLEMENT_START - (code > UNASSIGNED ? 1 : 0);
  return SUPPLEMENT[place] ?? radical;
}
