import type { SheetGrid } from '@mandate/workbook';
import { GUIDE, LONG_TEXTS } from './template-workbook.ts';
import { TEMPLATE_KINDS, TEMPLATE_MARK } from './guide.ts';
import { type ReadTemplate, readAuthorityTemplate } from './read-authority.ts';
import { type ReadNegative, readNegativeTemplate } from './read-negative.ts';

/** What the sheet 填写说明 says the file is about. */
export interface TemplateOwner {
  readonly name?: string;
  readonly key?: string;
}

export type TemplateContent =
  | { readonly kind: 'authority'; readonly owner: TemplateOwner; readonly read: ReadTemplate }
  | { readonly kind: 'negative'; readonly owner: TemplateOwner; readonly read: ReadNegative };

/** Sheets of a file → what they hold, if they are our template, told by its guide or by headers only it has. */
export function readTemplate(grids: readonly SheetGrid[]): TemplateContent | undefined {
  const kind = kindOf(grids);
  if (kind === undefined) return undefined;
  const owner = ownerOf(grids);
  const longText = longTexts(grids);
  if (kind === 'authority') {
    const read = readAuthorityTemplate(grids, longText);
    return read && { kind, owner, read };
  }
  const read = readNegativeTemplate(grids, longText);
  return read && { kind, owner, read };
}

function kindOf(grids: readonly SheetGrid[]): TemplateContent['kind'] | undefined {
  const guide = grids.find(({ name }) => name === GUIDE);
  if (guide?.text(0, 0) === TEMPLATE_MARK) {
    if (guide.text(0, 1) === TEMPLATE_KINDS.authority) return 'authority';
    if (guide.text(0, 1) === TEMPLATE_KINDS.negative) return 'negative';
  }
  const heads = new Set(
    grids.flatMap((grid) => Array.from({ length: grid.columns }, (_, column) => grid.text(0, column))),
  );
  if (heads.has('事项标识') && heads.has('事项名称')) return 'authority';
  return heads.has('清单章') && heads.has('事项编码') ? 'negative' : undefined;
}

function ownerOf(grids: readonly SheetGrid[]): TemplateOwner {
  const guide = grids.find(({ name }) => name === GUIDE);
  if (!guide) return {};
  const said = new Map(
    Array.from({ length: guide.rows }, (_, row) => [guide.text(row, 0), guide.text(row, 1)]),
  );
  const name = said.get('机关') ?? said.get('清单') ?? '';
  const key = said.get('机关标识') ?? said.get('清单标识') ?? '';
  return { ...(name !== '' && { name }), ...(key !== '' && { key }) };
}

/** 【长文本3】 → the pieces of number 3 on the sheet of long texts. */
function longTexts(grids: readonly SheetGrid[]): (text: string) => string {
  const grid = grids.find(({ name }) => name === LONG_TEXTS);
  const texts = new Map<string, string>();
  for (let row = 1; row < (grid?.rows ?? 0); row += 1) {
    const number = grid?.text(row, 0) ?? '';
    texts.set(number, (texts.get(number) ?? '') + (grid?.text(row, 1) ?? ''));
  }
  return (text) => texts.get(/^【长文本(\d+)】$/.exec(text)?.[1] ?? '') ?? text;
}
