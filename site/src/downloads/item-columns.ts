import { CATEGORIES } from '@mandate/codes';
import { CHANGE_KINDS, LEVELS } from '@mandate/lists';
import { ITEM_STATES } from '@mandate/look';
import { blobPath } from '@mandate/published';
import { findOrgan } from '../published/organs.ts';
import { getSettings } from '../published/settings.ts';
import { itemAddress, type ItemSummary } from '../published/summaries.ts';
import type { Cell, Column, Table } from './table.ts';

type ItemColumn = Column & { readonly cell: (item: ItemSummary) => Cell };

/** What every list of items holds of each: its summary, and where the whole is. */
const SUMMARY: readonly ItemColumn[] = [
  {
    key: 'key',
    heading: '本站编号',
    about: '事项在本站的编号，名称和内容变了也不变',
    width: 28,
    cell: ({ key }) => key,
  },
  { key: 'name', heading: '事项名称', about: '所示日期有效的名称', width: 50, cell: ({ name }) => name },
  {
    key: 'organ',
    heading: '部门',
    about: '实施机关的名称',
    width: 28,
    cell: ({ organ }) => findOrgan(organ)?.organ.name,
  },
  {
    key: 'organKey',
    heading: '部门编号',
    about: '统一社会信用代码；还没有登记的是本站的临时编号',
    width: 22,
    cell: ({ organ }) => organ,
  },
  {
    key: 'category',
    heading: '权力类型',
    about: '十类行政权力和公共服务',
    cell: ({ category }) => (category === undefined ? undefined : CATEGORIES[category]),
  },
  {
    key: 'state',
    heading: '状态',
    about: '在用、暂停、已取消；内容撤下的没有',
    width: 8,
    cell: ({ state }) => (state === undefined ? undefined : ITEM_STATES[state].zh),
  },
  {
    key: 'levels',
    heading: '行使层级',
    about: '清单写明的层级，从高到低',
    cell: ({ levels }) => levels.map((level) => LEVELS[level]),
  },
  { key: 'baseCode', heading: '基本编码', about: '12 位，清单没有的空着', cell: ({ baseCode }) => baseCode },
  {
    key: 'office',
    heading: '承办机构',
    about: '清单写明的内设机构',
    width: 24,
    cell: ({ office }) => office,
  },
  { key: 'subItems', heading: '子项', about: '子项的名称', width: 40, cell: ({ subItems }) => subItems },
  {
    key: 'statutoryDays',
    heading: '法定时限（天）',
    about: '清单写明的天数',
    cell: ({ statutoryDays }) => statutoryDays,
  },
  {
    key: 'promisedDays',
    heading: '承诺时限（天）',
    about: '清单写明的天数',
    cell: ({ promisedDays }) => promisedDays,
  },
  { key: 'charged', heading: '是否收费', about: '清单没有写的空着', cell: ({ charged }) => charged },
  {
    key: 'effectiveDate',
    heading: '施行日期',
    about: '现在这一版从哪一天起施行；首次收录的为清单的日期，没有写明的为收录之日',
    cell: ({ current }) => current.effectiveDate,
  },
  {
    key: 'lastChange',
    heading: '最近变更',
    about: '这一版是怎样来的：新增、变更、取消、下放、承接、委托、暂停、恢复、首次收录',
    cell: ({ current }) => CHANGE_KINDS[current.kind].name,
  },
  {
    key: 'reason',
    heading: '变更理由',
    about: '列入日志时写明的理由',
    width: 40,
    cell: ({ current }) => current.reason,
  },
  {
    key: 'entry',
    heading: '日志条目',
    about: '现在这一版在清单日志里的序号，从 0 起',
    cell: ({ current }) => current.index,
  },
  {
    key: 'page',
    heading: '网页',
    about: '事项的页面',
    width: 50,
    cell: (item) => getSettings().publicUrl + itemAddress(item),
  },
  {
    key: 'content',
    heading: '原始数据',
    about: '现在这一版的全部内容（JSON），它的 SHA-256 就是文件名',
    width: 50,
    cell: ({ current, state }) =>
      state === undefined ? undefined : `${getSettings().publicUrl}/${blobPath(current.blob)}`,
  },
];

export const ITEM_COLUMNS: readonly Column[] = SUMMARY;

/** A list of items as a table to take away. */
export function itemTable(title: string, page: string, items: Iterable<ItemSummary>): Table {
  const rows: Cell[][] = [];
  for (const item of items) rows.push(SUMMARY.map(({ cell }) => cell(item)));
  return { title, page, columns: SUMMARY, rows };
}
