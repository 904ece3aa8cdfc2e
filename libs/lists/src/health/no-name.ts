import { foldText } from '@mandate/encoding';

const NUMERALS = '\\d零〇○一二三四五六七八九十百千万亿两';
/** 2026年1月5日, 2026-01-05 10:30, 1/5/26, 二〇二六年一月, 1月5日, Jan-26 */
const DATES: readonly RegExp[] = [
  new RegExp(`^[${NUMERALS}]{1,6}年(?:度|[${NUMERALS}]{1,3}月(?:份|[${NUMERALS}]{1,3}[日号])?)?$`, 'u'),
  new RegExp(`^[${NUMERALS}]{1,3}月(?:份|[${NUMERALS}]{1,3}[日号])?$`, 'u'),
  /^\d{1,4}[-./]\d{1,2}(?:[-./]\d{1,4})?(?:T?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?Z?)?$/u,
  /^\d{1,2}:\d\d(?::\d\d)?$/u,
  /^(?:\d{1,4}[-/ ]?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ,.]*\d{0,4}(?:[-/ ,]*\d{2,4})?$/iu,
  /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\w*\d{4}.*$/iu,
];
/** 12, 1.5%, 6.50102E+11, ¥300, 第十二项, （三）, 1-2 */
const NUMBER = new RegExp(
  `^[+\\-¥$]?(?:[\\d.,%‰/~\\-()]+(?:e[+-]?\\d+)?|[(]?第?[${NUMERALS}]+[项条款号]?[)]?[、.]?)(?:元|万元|%)?$`,
  'iu',
);
/** letters, digits and strokes with a digit among them; 32 hex digits; addresses */
const CODE =
  /^(?=.*\d)[a-z0-9][a-z0-9\-_./\\:#()]*$|^(?:https?:|www\.|ftp:|file:|[a-z]:\\)\S*$|^[\w.-]+@[\w.-]+$/iu;
/** What programs write for nothing, people for something still to come, and headers for what stands below them. */
const WORDS = new Set(
  (
    'null none nil nan undefined n/a na true false test xxx [objectobject] ' +
    '无 暂无 没有 空 空白 未知 未填 待定 待补 待补充 同上 略 测试 事项 名称 事项名称 项目名称 权力名称 职权名称 子项 子项名称 ' +
    '序号 合计 小计 总计 共计 见附件 详见附件'
  ).split(' '),
);

/** Of a browser, with its time zone in words; what is longer is not held against forms that look through it again and again. */
const LONGEST_DATE = 100;

/** What a name is instead of a name; undefined for one that says something. */
export function findNoName(name: string): 'empty' | 'date' | 'number' | 'code' | 'placeholder' | undefined {
  const word = foldText(name);
  // Selectors, marks and signs of private use alone draw no name either.
  if (!/[\p{L}\p{N}]/u.test(word)) return 'empty';
  if (word.length <= LONGEST_DATE && DATES.some((form) => form.test(word))) return 'date';
  if (NUMBER.test(word)) return 'number';
  if (WORDS.has(word.toLowerCase())) return 'placeholder';
  return CODE.test(word) ? 'code' : undefined;
}
