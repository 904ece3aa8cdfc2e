import { ImportError } from './imports.errors.ts';
import type { SheetDraft } from './read-list.ts';
import { readSheet } from './read-list.ts';
import { readWorkbook } from './workbook.ts';

/** A workbook as read, before it is anybody's. */
export interface ListFile {
  /** name without its folder */
  readonly file: string;
  readonly titles: readonly string[];
  readonly sheets: readonly SheetDraft[];
}

/**
 * Bytes of a workbook → its lists.
 * @throws ImportError where it cannot be read, or holds no list at all
 */
export function readListFile(file: string, bytes: Uint8Array): ListFile {
  const sheets = readWorkbook(bytes).map(readSheet);
  if (sheets.every(({ hasList }) => !hasList)) {
    const names = sheets.map(({ sheet }) => `“${sheet}”`).join('、');
    throw new ImportError(
      'no-list',
      `工作簿里没有权责清单：${names} 都没有“序号、事项名称、权力类型、实施依据”这样的表头。`,
    );
  }
  return { file, titles: [...new Set(sheets.flatMap(({ titles }) => titles))], sheets };
}
