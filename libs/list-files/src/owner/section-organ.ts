import { type Organ, simplifiedWords } from '@mandate/lists';
import { placeOf } from './known-organ.ts';
import { readOrganCell } from './organ-cell.ts';
import { comparableDepartment, withoutNotes } from './organ-name.ts';
import { findOrganInTitle } from './organ-title.ts';

/** 一、 （二） 3. 第一部分 before a heading, and （共12项） behind it. */
const NUMBERING =
  /^(?:第[一二三四五六七八九十百\d]+(?:部分|章|节|篇)|[一二三四五六七八九十百]+[、.．]|[（(][一二三四五六七八九十百\d]+[)）][、.．]?|\d+[、.．-]?)\s*/u;
const COUNT = /[（(]?\s*(?:共|合计|总计)?\s*\d+\s*[项条个][^（()）]{0,8}[)）]?\s*$/u;
const LABEL = /^(?:单位|部门|机关|责任单位|实施机关|行使主体|主管部门)(?:名称)?[：:]/u;

/** 一、市发展和改革委员会（共12项）, by itself over the rows of that organ → its name; undefined for any other line. */
export function findSectionOrgan(text: string): string | undefined {
  const inTitle = findOrganInTitle(bare(text));
  const words = inTitle?.name ?? withoutNotes(bare(text));
  if (words.length > 40) return undefined;
  const [name, ...others] = readOrganCell(words);
  return name?.kind === 'organ' && others.length === 0 && /[局厅委会办府院署队所心行社站]$/u.test(words)
    ? words
    : undefined;
}

/** How deep a heading stands: 一、 over （一） over 1. over (1); undefined for one without a number. */
export function headingDepth(text: string): number | undefined {
  const line = text.trim();
  const depths = [
    /^第[一二三四五六七八九十百\d]+(?:部分|章|篇)/u,
    /^[一二三四五六七八九十百]+[、.．]/u,
    /^[（(][一二三四五六七八九十百]+[)）]/u,
    /^\d+[、.．]/u,
    /^[（(]\d+[)）]/u,
  ];
  const depth = depths.findIndex((form) => form.test(line));
  return depth === -1 ? undefined : depth;
}

/**
 * The organ that the name of a sheet is: 市财政局, 3.教育局（12项）; 财政 where one registered organ is of that department.
 * Undefined for what is no organ: Sheet1, 行政许可, 法规科.
 */
export function findSheetOrgan(sheet: string, known: readonly Organ[]): string | undefined {
  const section = findSectionOrgan(sheet);
  if (section !== undefined) return section;
  const words = withoutNotes(bare(sheet));
  if (!/^\p{Script=Han}{2,12}$/u.test(words)) return undefined;
  const wanted = ['局', '委', '厅', '办'].map((ending) => comparableDepartment(words + ending));
  const same = known.filter(
    (one) => one.abolished !== true && wanted.includes(comparableDepartment(placeOf(one).local)),
  );
  return same.length === 1 ? same[0]?.name : undefined;
}

function bare(text: string): string {
  return simplifiedWords(text)
    .trim()
    .replace(NUMBERING, '')
    .replace(LABEL, '')
    .replace(COUNT, '')
    .replace(/[：:]$/u, '')
    .trim();
}
