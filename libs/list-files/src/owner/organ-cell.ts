import { simplifiedWords } from '@mandate/lists';
import { describeOrgan, isOrganName } from './organ-title.ts';
import { withoutNotes } from './organ-name.ts';

/** One name in a cell that says who exercises a power. */
export interface CellName {
  /** as the cell says it */
  readonly words: string;
  readonly kind:
    /** an organ by its name: 市教育局, 示例市教育局 */
    | 'organ'
    /** a government of a level by that word alone: 市级政府 */
    | 'government'
    /** the same words in every place: 地州市农业农村局, 县级教育部门, 各级人民政府 */
    | 'template'
    /** an office within an organ: 法规科 */
    | 'office'
    /** no organ at all */
    | 'other';
  /** 省, 市, 县, 区 … where it stands for the place */
  readonly levelWord?: string;
}

const LEVEL = '(?:自治区|省|设区的?市|地级市|市|州|县|区|旗|乡镇|街道|乡|镇)';
/** 市、县级政府: the levels share the words after the last of them. */
const SHARED = new RegExp(`^((?:${LEVEL}级?[、，,和及或/])+)(${LEVEL}级?)([^、，,；;]*)$`, 'u');
const TEMPLATE =
  /部门|以上|以下|各级|各地|有关|相关|同级|当地|所在地|本级|主管|^(?:地州市|地州|地市|州市|市州|县市区|县市|市县区|市县|区县|县区|旗县)|×|\*|^某|某[省市县区]|^[Xx]+[省市县区]|[省市县区州旗乡镇]级.*(?:机关|机构|政府|[局厅委])$|(?:行政|执法|监督|管理|公安|司法|登记|审批|许可)机[关构]$|^[省市县区州]级/u;
const GOVERNMENT = new RegExp(`^(${LEVEL})级?(?:人民)?政府$`, 'u');
const OFFICE = /(?:[科室股]|中队|小组|窗口)$/u;

/**
 * What a cell says of who exercises a power: 市教育局；县级教育部门 are an organ and the words of a template. Blank cells name
 * nothing.
 */
export function readOrganCell(cell: string): readonly CellName[] {
  const names = simplifiedWords(cell.normalize('NFKC'))
    .replace(/\([^()]*\)/gu, ' ')
    .split(/;/u)
    .flatMap(joinLines)
    .filter((words) => words !== '')
    .flatMap(separate);
  return [...new Map(names.map((words) => [words, readName(words)])).values()];
}

/** A line for each of several names; one name over several lines is one. */
function joinLines(text: string): string[] {
  const lines = text
    .split('\n')
    .map(withoutNotes)
    .filter((line) => line !== '');
  return lines.every(isNameByItself) ? lines : [lines.join('')];
}

function separate(words: string): string[] {
  const shared = SHARED.exec(words);
  if (shared) {
    const [, before = '', last = '', rest = ''] = shared;
    const levels = before.split(/[、，,和及或/]/u).filter((word) => word !== '');
    const suffix = last.endsWith('级') ? '级' : '';
    return [...levels.map((level) => (level.endsWith('级') ? level : level + suffix) + rest), last + rest];
  }
  const [first = '', ...others] = words
    .split(/[、，,/]|(?:或者?|及)(?=[市县区省州])/u)
    .filter((one) => one !== '');
  // 文化、体育和旅游局 is one name; 市教育局、公安局 are two.
  if (others.length === 0 || ![first, ...others].every(isNameByItself)) return [words];
  return [first, ...others];
}

function isNameByItself(words: string): boolean {
  return isOrganName(words) || TEMPLATE.test(words) || GOVERNMENT.test(words);
}

function readName(words: string): CellName {
  const government = GOVERNMENT.exec(words)?.[1];
  if (government !== undefined)
    return { words, kind: 'government', levelWord: government.replace(/设区的?市|地级市/u, '市') };
  if (TEMPLATE.test(bareOfMarket(words))) return { words, kind: 'template' };
  if (isOrganName(words)) return { words, kind: isOfficeName(words) ? 'office' : 'organ' };
  return { words, kind: OFFICE.test(words) ? 'office' : 'other' };
}

/** 市场监督管理局 and 机关事务管理局 hold none of the words of a template, though some of their signs do. */
function bareOfMarket(words: string): string {
  return words.replace(/[省市县区]级机关(?:事务)?|机关事务/gu, '');
}

/** 办公室, 执法大队: without a place or a department such a name is of an office of somebody. */
function isOfficeName(words: string): boolean {
  if (describeOrgan(words).regionName !== undefined) return false;
  return /^(?:办公室|.{0,6}(?:大队|支队|所|站|处|中心))$/u.test(words) && !/^[省市县区州旗]/u.test(words);
}
