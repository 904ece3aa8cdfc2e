import { CATEGORIES, type CategoryCode } from '@mandate/codes';
import type { Level } from './levels.ts';
import { simplifiedWords } from './traditional.ts';
import { withoutBlanks } from './wrapped-text.ts';

/** Spellings of 权力类型 besides the ten names themselves. */
const CATEGORY_WORDS: Readonly<Record<string, CategoryCode>> = {
  ...Object.fromEntries(
    // Object.entries widens the keys; those of CATEGORIES are the codes.
    (Object.entries(CATEGORIES) as [CategoryCode, string][]).map(([code, name]) => [name, code]),
  ),
  许可: '01',
  处罚: '02',
  强制: '03',
  行政强制措施: '03',
  行政强制执行: '03',
  征收: '04',
  给付: '05',
  检查: '06',
  行政监督检查: '06',
  行政监督: '06',
  监督检查: '06',
  确认: '07',
  奖励: '08',
  裁决: '09',
  其他: '10',
  其他权力: '10',
  其他类: '10',
  其他类别: '10',
  其他职权: '10',
  其他行政职权: '10',
  其它行政权力: '10',
  其它权力: '10',
  其它: '10',
  其他行政权利: '10',
  行政其他权力: '10',
  公共服务事项: '20',
  行政公共服务: '20',
};

/** 权力类型 as a list words it → its category; undefined for words that are none. */
export function findCategory(text: string): CategoryCode | undefined {
  const word = simplifiedWords(withoutBlanks(text))
    .replace(
      /^(?:第[一二三四五六七八九十\d]{1,3}(?:部分|章|节|篇)[：:、]?|[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、：:]+)/,
      '',
    )
    .replace(/[（(].*$/, '')
    .replace(/(?:类|事项|清单)$/, '');
  return Object.hasOwn(CATEGORY_WORDS, word)
    ? CATEGORY_WORDS[word]
    : Object.hasOwn(CATEGORY_WORDS, `${word}类`)
      ? CATEGORY_WORDS[`${word}类`]
      : undefined;
}

const LEVEL_WORDS: readonly (readonly [RegExp, Level])[] = [
  [/国家|中央|国务院/, '1'],
  [/省|自治区|^区级.*厅/, '2'],
  [/县|旗|(?<!自治)(?<!地州)(?<!州)区(?:级|$)/, '4'],
  [/乡|镇|街道/, '5'],
  [/村|社区/, '6'],
];
const CITY = /地[（(]?[州市、]|设区|州市|^[（(]?(?:全)?[市州](?:本)?级?$|(?:地市|市本|市|州|地区)级/;

/**
 * A level as a list words it (自治区级, 地（州、市）级, 县市区级, 地州市级；负责…) → its code; undefined for words that name
 * none or several.
 */
export function findLevel(text: string): Level | undefined {
  const word = simplifiedWords(withoutBlanks(text)).split(/[；;，,。：:]/)[0] ?? '';
  const found = new Set<Level>();
  for (const [pattern, level] of LEVEL_WORDS) if (pattern.test(word)) found.add(level);
  // 县（市、区）级 holds 市 and 省（区、市）级 does too: a city is meant only where neither is.
  if (!found.has('4') && !found.has('2') && CITY.test(word)) found.add('3');
  else if (/地[（(]?州|地[（(]?市|设区|^市、?县|[、和及与]市(?:本)?级/.test(word)) found.add('3');
  const [level, ...others] = found;
  return others.length === 0 ? level : undefined;
}

/** （11项）, 共 254 项 → 11, 254: the number of items that a sheet's name or title claims. */
export function findClaimedItems(text: string): number | undefined {
  const match = /(?:[（(]|共计?|合计)(?:共计?|合计)?(\d{1,5})项/.exec(simplifiedWords(withoutBlanks(text)));
  return match ? Number(match[1]) : undefined;
}
