import { type AuthorityItem, AuthorityItemSchema, type Measure, type NegativeListItem } from '@mandate/lists';
import { ITEM_SHEET } from '../template/authority-sheets.ts';
import { putAt, saysTheSame, valueAt } from '../template/paths.ts';
import type { ReadTemplate } from '../template/read-authority.ts';
import { keepListedTexts } from '../through-spreadsheet/keep-listed.ts';

/** What no column of a department's own workbook says: a list that comes without it does not take it away. */
const NOT_IN_WORKBOOKS = [
  'organNature',
  'powerSource',
  'service',
  'process',
  'risks',
  'discretion',
  'codes.base',
  'codes.implementation',
  'codes.business',
  'codes.former',
  'sample',
];

/**
 * An item as a file has it, completed by what is listed of it where the file has no place to say it: a workbook has no
 * columns for materials, a CSV no sheets. What is read out of words stays as it is listed while the words are the same.
 */
export function carryOver(
  found: AuthorityItem,
  listed: AuthorityItem,
  says: ReadTemplate['says'] | undefined,
): AuthorityItem {
  // Plain JSON: a copy of it is of the same type.
  const item = structuredClone(found) as AuthorityItem & Record<string, unknown>;
  const keep = (path: string): void => {
    const value = valueAt(listed, path);
    if (value !== undefined && valueAt(item, path) === undefined) putAt(item, path, value);
  };
  if (says === undefined) for (const path of NOT_IN_WORKBOOKS) keep(path);
  else {
    for (const { header, path } of ITEM_SHEET.columns)
      if (path !== 'key' && !says.headers.has(header)) keep(path);
    if (!says.sheets.has('申请材料')) keep('service.materials');
    if (!says.sheets.has('办理窗口')) keep('service.windows');
    if (!says.sheets.has('流程')) keep('process');
    if (!says.sheets.has('廉政风险')) keep('risks');
    if (!says.sheets.has('裁量基准')) keep('discretion');
    if (!says.sheets.has('子项')) item.subItems = listed.subItems;
    if (!says.sheets.has('层级')) item.levels = listed.levels;
  }
  if (says?.saved !== undefined) keepListedTexts(item, listed, says.saved);
  if (says?.sheets.has('依据') !== true) {
    if (item.basisText === listed.basisText) item.bases = listed.bases;
    if (item.dutyBasisText === listed.dutyBasisText) keepOrDrop(item, listed, 'dutyBases');
  }
  if (says?.sheets.has('责任') !== true && item.dutiesText === listed.dutiesText)
    keepOrDrop(item, listed, 'duties');
  // What says nothing new is what is listed, to the byte.
  return saysTheSame(item, listed) ? listed : AuthorityItemSchema.parse(item);
}

function keepOrDrop(item: AuthorityItem, listed: AuthorityItem, name: 'duties' | 'dutyBases'): void {
  if (listed[name] === undefined) Reflect.deleteProperty(item, name);
  else Object.assign(item, { [name]: listed[name] });
}

/** The official table does not say which powers serve a measure: where the measure is the same, that stays as listed. */
export function completeNegativeItem(
  item: NegativeListItem,
  listed: NegativeListItem | undefined,
  official: boolean,
): NegativeListItem {
  if (!listed) return item;
  const served = new Map(listed.measures.map((measure) => [measure.text, measure.baseCodes]));
  const measures = item.measures.map((measure): Measure => {
    const baseCodes = served.get(measure.text);
    return official && baseCodes !== undefined ? { ...measure, baseCodes } : measure;
  });
  const whole: NegativeListItem = {
    ...item,
    measures,
    ...(official && listed.sample !== undefined && { sample: listed.sample }),
  };
  return saysTheSame(whole, listed) ? listed : whole;
}
