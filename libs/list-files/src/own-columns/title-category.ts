import type { CategoryCode } from '@mandate/codes';
import { simplifiedWords, withoutBlanks } from '@mandate/lists';

/** What lists of one category are called. */
const WORDS: readonly (readonly [string, CategoryCode])[] = [
  ['行政许可|许可', '01'],
  ['行政处罚|处罚', '02'],
  ['行政强制|强制', '03'],
  ['行政征收|征收', '04'],
  ['行政给付|给付', '05'],
  ['(?:部门联合|跨部门)?(?:双随机|随机抽查|抽查)|行政检查|监督检查|检查', '06'],
  ['行政确认|确认', '07'],
  ['行政奖励|奖励', '08'],
  ['行政裁决|裁决', '09'],
  ['其他行政权力|其他权力|其他职权', '10'],
  ['公共服务|便民服务', '20'],
];
/** Offices are called after what they do: 公共服务中心, 行政审批局. */
const OFFICES = /(?:公共服务|便民服务|行政许可|检查|处罚)(?:中心|局|处|科|办|大厅|总队|支队|大队|所)/g;
const LIST =
  '(?:、?一公开[”"》]?|类)?(?:的)?(?:事项|项目|职权|权力)?(?:的)?(?:基本|通用|指导|实施|执法)?(?:清单|目录|一览表|汇总表|明细表|统计表|登记表|表)';

/** 示例市行政许可事项清单（2025年版） → 01; undefined for a title of several categories or of none. */
export function findCategoryInTitle(title: string): CategoryCode | undefined {
  const line = simplifiedWords(withoutBlanks(title))
    .replace(/\.[A-Za-z]{2,5}$/, '')
    .replace(/[“”"'《》]/g, '')
    .replaceAll(OFFICES, '');
  if (/负面清单/.test(line)) return undefined;
  const found = WORDS.filter(([words]) => new RegExp(words).test(line));
  const [only, ...others] = found;
  if (!only || others.length > 0) return undefined;
  return new RegExp(`(?:${only[0]})${LIST}`).test(line) ? only[1] : undefined;
}

/** 抽查事项名称 → 06: what the head of the names says of all of them. */
export function findCategoryInHead(words: string): CategoryCode | undefined {
  const word = simplifiedWords(withoutBlanks(words)).replace(/^(?:联合|双随机|随机|部门联合)+/, '');
  return WORDS.find(([kinds]) => new RegExp(`^(?:${kinds})(?:事项|项目)(?:名称)?$`).test(word))?.[1];
}
