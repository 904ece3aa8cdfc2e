import { DETAIL_SHEETS, ITEM_SHEET } from './authority-sheets.ts';
import { NEGATIVE_SHEET } from './negative-sheet.ts';

/** First words of the first line of the sheet 填写说明; the second cell is the kind and version of the template. */
export const TEMPLATE_MARK = '明权清单模板';
export const TEMPLATE_KINDS = { authority: 'authority-list/1', negative: 'negative-list/1' } as const;

/** Sheets of the template of an authority list, in their order. */
export const AUTHORITY_SHEETS = [ITEM_SHEET, ...Object.values(DETAIL_SHEETS)];

const BOTH: readonly (readonly string[])[] = [
  [
    '怎么填',
    '每张表的第一行是表头，不要改动；从第二行起填写。鼠标停在表头上可以看到说明，有下拉箭头的请从下拉列表中选。',
  ],
  ['不要用公式', '所有单元格都当作文字读取。以 = + - @ 开头的内容也只是文字，不会计算。'],
  [
    '交回之后',
    '系统先检查，有问题的会把这份文件还给您，问题标红在单元格上，并列在“问题清单”表里；改好再交即可。没有问题的成为草稿，由另一人审核后才会公布。',
  ],
];

export function authorityGuide(organ?: { readonly name: string; readonly key: string }): string[][] {
  return [
    [TEMPLATE_MARK, TEMPLATE_KINDS.authority],
    ['机关', organ?.name ?? ''],
    ['机关标识', organ?.key ?? ''],
    ['', '机关填全称。由登记簿导出的清单已填好，不要改动标识。'],
    ...BOTH.map((line) => [...line]),
    [
      '各表的关系',
      '其他各表用“事项序号”指明属于“事项”表里的哪一行。删去一行就是删去这项内容；整张表删去则表示这部分不改动。',
    ],
    ...AUTHORITY_SHEETS.map(({ name, about }) => [name, about]),
  ];
}

export function negativeGuide(list?: { readonly name: string; readonly key: string }): string[][] {
  return [
    [TEMPLATE_MARK, TEMPLATE_KINDS.negative],
    ['清单', list?.name ?? ''],
    ['清单标识', list?.key ?? ''],
    ['', '清单填名称。由登记簿导出的清单已填好，不要改动标识。'],
    ...BOTH.map((line) => [...line]),
    [NEGATIVE_SHEET.name, NEGATIVE_SHEET.about],
  ];
}
