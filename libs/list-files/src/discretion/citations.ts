import { withoutBlanks } from '@mandate/lists';

const DIGITS = '零一二三四五六七八九';
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const NUMBER = '[零〇一二三四五六七八九十百千\\d]{1,8}';
const ARTICLE = `第(${NUMBER})条(?:之${NUMBER})?(?:第${NUMBER}款)?(?:第?[（(]?${NUMBER}[）)]?项)?`;
const RANGE = new RegExp(`^第?(${NUMBER})条?(?:至|—|-)第(${NUMBER})条`, 'u');
const ONE = new RegExp(`^${ARTICLE}`, 'u');
const BETWEEN =
  /^(?:[、，,；;和与及\s]|以及|第[一二三四五六七八九十\d]+款|第?[（(]?[一二三四五六七八九十\d]+[）)]?项)+/u;
/** 依照中华人民共和国种子法第七十三条: a title without its marks. */
const UNMARKED =
  /(?<!《)(中华人民共和国[\p{Script=Han}]{2,30}?(?:法|条例))(?=第[零〇一二三四五六七八九十百千\d]{1,8})/gu;
const LONGEST_RANGE = 50;

/** 《中华人民共和国种子法》（2021年修正）第七十三条、第七十五条 → 种子法 73, 种子法 75. Articles that open a line are of the title before. */
export function citationsIn(text: string): Set<string> {
  const found = new Set<string>();
  const marked = text.replace(UNMARKED, '《$1》');
  for (const part of marked.split('《').slice(1)) {
    const end = part.indexOf('》');
    if (end < 1) continue;
    const law = lawWords(part.slice(0, end));
    const [first = '', ...lines] = part
      .slice(end + 1)
      .replace(/^\s*[（(][^（()）]{0,300}[）)]/u, '')
      .split('\n');
    for (const line of [first, ...lines])
      for (const article of articlesAt(line.replace(/^[\s：:，,、。]+/u, '')))
        found.add(`${law} ${article.toString()}`);
  }
  return found;
}

/** Names of one act: without 中华人民共和国, years, marks. */
export function lawWords(title: string): string {
  return withoutBlanks(title)
    .replace(/[（(〔[【][^（()）]*[）)〕\]】]/gu, '')
    .replace(/中华人民共和国/gu, '')
    .replace(/[《》〈〉<>＜＞]/gu, '');
}

/** The articles that open a line: 第三十九条至第四十一条、第五十条第一款. */
function articlesAt(line: string): number[] {
  const articles: number[] = [];
  let rest = line;
  for (;;) {
    const range = RANGE.exec(rest);
    const one = range ?? ONE.exec(rest);
    if (!one) return articles;
    const [from, to] = [numberOf(one[1] ?? ''), numberOf(range?.[2] ?? one[1] ?? '')];
    for (let article = from; article <= Math.min(to, from + LONGEST_RANGE); article += 1)
      articles.push(article);
    const after = rest.slice(one[0].length);
    rest = after.slice(BETWEEN.exec(after)?.[0].length ?? 0);
    if (rest === after && !rest.startsWith('第')) return articles;
  }
}

/** 七十三 → 73, 一百零二 → 102. */
export function numberOf(words: string): number {
  if (/^\d+$/.test(words)) return Number(words);
  let sum = 0;
  let digit = 0;
  for (const char of words.replace(/〇/gu, '零')) {
    const unit = UNITS[char];
    if (unit === undefined) digit = DIGITS.indexOf(char);
    else {
      sum += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    }
  }
  return sum + Math.max(digit, 0);
}
