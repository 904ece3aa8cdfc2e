import { CATEGORIES, CATEGORY_CODES, INDUSTRY_SECTIONS } from '@mandate/codes';
import { CHANGE_KIND_CODES, CHANGE_KINDS } from '@mandate/lists';
import { getMonths, type Change } from '../published/changes.ts';
import {
  contentOf,
  datesOf,
  editionAddress,
  getEditions,
  listOf,
  type EditionRecord,
} from '../published/editions.ts';
import { CHAPTERS, findNegativeList, getNegativeItems, negativeItemAddress } from '../published/negative.ts';
import { getOrgans } from '../published/organs.ts';
import { getSettings } from '../published/settings.ts';
import { getTimeLimits } from '../published/time-limits.ts';
import type { Cell, Column, Table } from './table.ts';

const column = (key: string, heading: string, about: string, width = 16): Column => ({
  key,
  heading,
  about,
  width,
});
const address = (path: string): string => getSettings().publicUrl + path;

export const CHANGE_COLUMNS: readonly Column[] = [
  column('entry', '日志条目', '清单日志里的序号，从 0 起'),
  column('time', '记入时间', '记入日志的时刻，UTC', 22),
  column('effectiveDate', '施行日期', '从哪一天起施行；首次收录的为清单的日期，没有写明的为收录之日'),
  column('kind', '变更类型', '新增、变更、取消、下放、承接、委托、暂停、恢复、首次收录'),
  column('name', '事项名称', '那一版的名称', 50),
  column('list', '清单', '部门或负面清单的名称', 28),
  column('reason', '理由', '列入日志时写明的理由', 40),
  column('document', '文号', '作出决定的文件', 24),
  column('page', '网页', '事项的变更记录', 50),
];

/** Changes as a table, in the order of the log. */
export function changeTable(title: string, page: string, changes: Iterable<Change>): Table {
  const rows = [...changes]
    .sort((a, b) => a.index - b.index)
    .map(({ index, time, effectiveDate, kind, name, list, reason, document, href }): Cell[] => [
      index,
      time,
      effectiveDate,
      CHANGE_KINDS[kind].name,
      name,
      list.name,
      reason,
      document,
      address(href),
    ]);
  return { title, page, columns: CHANGE_COLUMNS, rows };
}

export const NEGATIVE_COLUMNS: readonly Column[] = [
  column('number', '项目号', '清单印出来的序号', 8),
  column('code', '事项编码', '6 位'),
  column('chapter', '类别', '禁止准入类、许可准入类'),
  column('section', '门类', '国民经济行业分类的门类，A 到 T；各行业都适用的空着', 8),
  column('sectionName', '门类名称', '', 28),
  column('name', '事项', '禁止或许可的事项', 40),
  column('measure', '措施', '禁止或许可准入措施描述，一条一行', 60),
  column('authority', '主管部门', '', 28),
  column('baseCodes', '基本编码', '办理这条措施的权力事项', 20),
  column('provisional', '暂时列入', '清单上的 ★'),
  column('local', '地方性许可', '只在哪个地区适用'),
  column('effectiveDate', '施行日期', '现在这一版从哪一天起施行'),
  column('page', '网页', '事项的页面', 50),
];

/** A negative list: one row for each measure, items without one have a row too. Cancelled items stay out. */
export function negativeTable(list: string): Table {
  const rows = [...getNegativeItems(list).values()].flatMap((history): Cell[][] => {
    const { item, entry } = history.current;
    if (!item || item.state === 'cancelled') return [];
    const { number, code, chapter, section, sectionName, name } = item;
    const head = [number, code, CHAPTERS[chapter].name, section];
    const sectionWord = section === undefined ? sectionName : INDUSTRY_SECTIONS[section];
    const tail = [entry.effectiveDate, address(negativeItemAddress(history))];
    const measures = item.measures.length > 0 ? item.measures : [undefined];
    return measures.map((measure) => [
      ...head,
      sectionWord,
      name,
      measure?.text,
      measure?.authority,
      measure?.baseCodes,
      measure?.provisional,
      measure?.local,
      ...tail,
    ]);
  });
  const title = findNegativeList(list)?.list.name ?? list;
  return { title, page: `/negative/${list}/`, columns: NEGATIVE_COLUMNS, rows };
}

export const EDITION_COLUMNS: readonly Column[] = [
  column('key', '版本编号', '清单编号和版本号', 30),
  column('list', '清单', '部门或负面清单的名称', 30),
  column('number', '版本号', ''),
  column('name', '版本名称', '', 40),
  column('date', '公布日期', '首次收录的清单没有写明的空着'),
  column('document', '文号', '', 24),
  column('approvedBy', '批准机关', '', 24),
  column('items', '事项数', '没有取消的'),
  column('digest', '指纹', '由版本里每一项的编号和内容指纹算出', 40),
  column('page', '网页', '', 50),
];

export function editionsTable(): Table {
  const rows = getEditions().map((record): Cell[] => {
    const { key, edition } = record;
    const { number, name, document, approvedBy, items, digest } = edition;
    const date = datesOf(record).published;
    const page = address(editionAddress(edition));
    return [key, listOf(edition).name, number, name, date, document, approvedBy, items, digest, page];
  });
  return { title: '各清单的版本', page: '/editions/', columns: EDITION_COLUMNS, rows };
}

export const EDITION_ITEM_COLUMNS: readonly Column[] = [
  column('key', '本站编号', '', 28),
  column('name', '事项名称', '这一版的名称', 50),
  column('since', '与上一版相比', '新增、首次收录、修改、没有变'),
  column('entry', '日志条目', '这一版的内容在清单日志里的序号'),
  column('page', '网页', '这一版的页面', 50),
];

export const SINCE_WORDS = { new: '新增', recorded: '首次收录', changed: '修改', same: '没有变' } as const;

/** What an edition holds. */
export function editionTable(record: EditionRecord): Table {
  const rows = contentOf(record).items.map(({ key, name, since, index, href }): Cell[] => [
    key,
    name,
    SINCE_WORDS[since],
    index,
    address(href),
  ]);
  const { edition } = record;
  return { title: edition.name, page: editionAddress(edition), columns: EDITION_ITEM_COLUMNS, rows };
}

/** The tables behind the pictures of the statistics page, by the name of their file. */
export const STATISTICS = {
  organs: () => ({
    title: '各部门各类事项数',
    page: '/statistics/',
    columns: [
      column('organ', '部门', '', 30),
      column('organKey', '部门编号', '', 22),
      column('items', '合计', '没有取消的'),
      ...CATEGORY_CODES.map((code) => column(`category${code}`, CATEGORIES[code], '')),
    ],
    rows: getOrgans().map(({ key, organ, items, categories }) => [
      organ.name,
      key,
      items,
      ...CATEGORY_CODES.map((code) => categories[code] ?? 0),
    ]),
  }),
  changes: () => ({
    title: '各月各类变更数',
    page: '/statistics/',
    columns: [
      column('month', '月份', '生效的月份'),
      column('total', '合计', '首次收录不是变更，不计入'),
      ...CHANGE_KIND_CODES.map((kind) => column(kind, CHANGE_KINDS[kind].name, '')),
    ],
    rows: getMonths().map(({ month, total, kinds }) => [
      month,
      total,
      ...CHANGE_KIND_CODES.map((kind) => kinds[kind] ?? 0),
    ]),
  }),
  'time-limits': () => ({
    title: '法定时限与承诺时限',
    page: '/statistics/',
    columns: [
      column('statutoryDays', '法定时限（天）', ''),
      column('promisedDays', '承诺时限（天）', ''),
      column('items', '事项数', '两个时限都以天写明的在用事项'),
    ],
    rows: getTimeLimits().points.map(({ statutory, promised, items }) => [statutory, promised, items]),
  }),
} satisfies Record<string, () => Table>;
