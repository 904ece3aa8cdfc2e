import { findCategory, simplifiedWords, withoutBlanks } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import { findSerial } from './serials.ts';
import type { Field } from './vocabulary/fields.ts';

/** Fields whose cells can be told from others by what they look like. */
export type Look = Extract<Field, 'serial' | 'name' | 'category' | 'basisText' | 'implementingOrgan'>;

/** What the cells of one column look like: the share of those that are written, 0 to 1. */
export interface ColumnLooks {
  /** how many cells were looked at */
  readonly cells: number;
  readonly shares: Readonly<Record<Look, number>>;
}

/** Cells looked at in one column: spread over all of it, so that a long list costs no more than a short one. */
const SAMPLE = 60;

const TITLE = '[《〈<＜][^》〉>＞]{2,80}[》〉>＞]';
const LAW_TITLE =
  /[《〈<＜][^《》〈〉<>＜＞]{0,80}(?:法|法典|条例|办法|规定|决定|细则|规则|规范|规程|通知|意见|标准|解释|章程|方案|目录|命令|纲要|准则|公告|批复)(?:[（(][^）)]*[）)])?[》〉>＞]/;
const ARTICLE = /第\s*[〇零一二两三四五六七八九十百千\d]+\s*条/;
/** What a power is called ends with what is done. */
const ACT =
  /(?:处罚|强制|许可|检查|核发|审批|核准|备案|确认|奖励|登记|征收|给付|裁决|认定|监管|监督|查处|处理|审查|审核|发放|变更|注销|管理|扣押|查封|拆除|收缴|补助|救助|表彰|考试|验收|调解|抽查|巡查|服务|资格|证书?|工作|措施|职责|职权|事项|义务|活动|的|等|[）)])$/;
const ORGAN = /^[\p{Script=Han}、，,；;（）()·]{2,60}$/u;
const ORGAN_END =
  /(?:局|厅|委|委员会|办公室|办|政府|管委会|总队|支队|大队|院|署|部|部门|机关|机构|中心|站|所|处|科|单位|街道|乡镇|公安|海关|税务)(?:[（(][^）)]*[）)])?$/;
const RUNNING = /^(?:\d{1,6}(?:[,，、;；\-—~～至和.．]\d{1,6})*|[一二三四五六七八九十百]{1,4})[.．、]?$/;

/** Whether a cell names statutes rather than a power that is about one. */
export function isStatute(text: string): boolean {
  const word = withoutBlanks(text);
  if (/^[【[［]?(?:法律|行政法规|地方性法规|部门规章|规章|规范性文件)[】\]］]/.test(word)) return true;
  const plain = word.replace(/^(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、：:])+/, '');
  if (!LAW_TITLE.test(plain) && !ARTICLE.test(plain)) return false;
  if (new RegExp(`^(?:依据|根据)?${TITLE}`).test(plain) && plain.length > 60) return true;
  if (/^(?:对|为|给予|违反|关于对)/.test(plain)) return false;
  const withoutTitles = plain
    .replaceAll(new RegExp(TITLE, 'g'), '')
    .replaceAll(/[（(〔[][^）)〕\]]*[）)〕\]]/g, '');
  // 《食品经营许可证》核发 and 违反《…条例》的处罚 are names.
  return !ACT.test(withoutTitles) || ARTICLE.test(withoutTitles);
}

function isOrgan(text: string): boolean {
  const word = withoutBlanks(text);
  return ORGAN.test(word) && word.split(/[、，,；;]/).every((part) => ORGAN_END.test(part));
}

/** What one cell looks like; a name is what is none of the others. */
export function lookOf(written: string): Look {
  const text = simplifiedWords(written);
  const word = withoutBlanks(text);
  if (RUNNING.test(word) || (!/[A-Za-z]/.test(word) && findSerial(word) !== undefined)) return 'serial';
  if (findCategory(word) !== undefined) return 'category';
  if (isStatute(text)) return 'basisText';
  return isOrgan(text) ? 'implementingOrgan' : 'name';
}

/** Written cells of one column below its header, spread over all of it. */
export function sampleCells(grid: SheetGrid, column: number, from: number): string[] {
  const texts: string[] = [];
  const step = Math.max(1, Math.floor((grid.rows - from) / SAMPLE / 2));
  for (let row = from; row < grid.rows && texts.length < SAMPLE; row += step) {
    const text = grid.own(row, column);
    const merge = grid.mergeAt(row, column);
    // Titles of sections run over the whole row: no cells of this column.
    if (text !== '' && (merge === undefined || merge.right === merge.left)) texts.push(text);
  }
  return texts;
}

/** The looks of one column below its header. */
export function columnLooks(grid: SheetGrid, column: number, from: number): ColumnLooks {
  const counts: Record<Look, number> = {
    serial: 0,
    name: 0,
    category: 0,
    basisText: 0,
    implementingOrgan: 0,
  };
  const texts = sampleCells(grid, column, from);
  const cells = texts.length;
  for (const text of texts) counts[lookOf(text)] += 1;
  const share = (look: Look): number => (cells === 0 ? 0 : counts[look] / cells);
  return {
    cells,
    shares: {
      serial: share('serial'),
      name: share('name'),
      category: share('category'),
      basisText: share('basisText'),
      implementingOrgan: share('implementingOrgan'),
    },
  };
}
