import type { AuthorityItem } from '@mandate/lists';
import { getItems } from '../published/items.ts';
import { findOrgan } from '../published/organs.ts';
import { getSummaries } from '../published/summaries.ts';
import { basesTexts, dutiesTexts, dutyBasesTexts, levelTexts } from '../text/item-text.ts';
import { itemTable } from './item-columns.ts';
import type { Cell, Column, Table } from './table.ts';

type WordingColumn = Column & { readonly cell: (item: AuthorityItem) => Cell };

/** The wording of the list, in the order in which lists are printed. */
const WORDING: readonly WordingColumn[] = [
  {
    key: 'basis',
    heading: '设定和实施依据',
    about: '依据的全文，一段一行',
    width: 60,
    cell: (item) => basesTexts(item),
  },
  {
    key: 'division',
    heading: '层级与分工',
    about: '各层级分别负责什么',
    width: 40,
    cell: ({ levels }) => levelTexts(levels),
  },
  {
    key: 'departmentDuties',
    heading: '部门职责',
    about: '清单写明的部门职责',
    width: 40,
    cell: ({ departmentDuties }) => departmentDuties,
  },
  { key: 'duties', heading: '责任事项', about: '各环节的责任', width: 60, cell: (item) => dutiesTexts(item) },
  {
    key: 'dutyBasis',
    heading: '责任事项依据',
    about: '责任的依据',
    width: 60,
    cell: (item) => dutyBasesTexts(item),
  },
  {
    key: 'accountablePersons',
    heading: '追责对象范围',
    about: '谁来承担责任',
    width: 30,
    cell: ({ accountablePersons }) => accountablePersons,
  },
  {
    key: 'accountabilityGrounds',
    heading: '追责情形',
    about: '什么情形要追责',
    width: 40,
    cell: ({ accountabilityGrounds }) => accountabilityGrounds,
  },
  { key: 'remedies', heading: '救济渠道', about: '不服怎么办', width: 30, cell: ({ remedies }) => remedies },
  { key: 'remarks', heading: '备注', about: '清单的备注', width: 30, cell: ({ remarks }) => remarks },
];

export const WORDING_COLUMNS: readonly Column[] = WORDING;

/** An organ's whole list, word for word: what a department would print. */
export function organTable(organ: string): Table {
  const summaries = getSummaries(organ);
  const title = `${findOrgan(organ)?.organ.name ?? organ}权责清单`;
  const { page, columns, rows } = itemTable(title, `/organs/${organ}/`, summaries);
  const items = getItems(organ);
  return {
    title,
    page,
    columns: [...columns, ...WORDING],
    rows: rows.map((row, at) => {
      const item = items.get(summaries[at]?.number ?? '')?.current.item;
      return [...row, ...WORDING.map(({ cell }) => (item ? cell(item) : undefined))];
    }),
  };
}
