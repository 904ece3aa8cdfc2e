import { isBaseCode } from '@mandate/codes';

/** Codes of an item, by their paths, with the number of their characters. */
const CODE_LENGTHS: Readonly<Record<string, number>> = {
  'codes.base': 12,
  'codes.implementation': 31,
  'codes.business': 33,
  'codes.former': 16,
};
export const CODE_PATHS = Object.keys(CODE_LENGTHS);
/** A region of 00 and a category of 01: of twelve digits nine may be left. */
const MOST_ZEROS = 3;

/** What a cell of a code says that a spreadsheet may have saved. */
export type SavedCode =
  /** as it is; whether it is a code, its schema says */
  | { readonly is: 'whole' }
  | { readonly is: 'restored'; readonly code: string }
  /** neither what stands there nor anything else without doubt */
  | { readonly is: 'unread'; readonly message: string };

/**
 * A code that may have lost the zeros it begins with, or its digits. A base code says the category of its item after its
 * region, so that the zeros are put back where they make it say so; unless another code of the column still has its own: then
 * no spreadsheet took them away.
 * @param context.category of the item, two digits
 * @param context.zerosKept whether a code of this column begins with a zero
 */
export function readSavedCode(
  path: string,
  text: string,
  context: { readonly category: string | undefined; readonly zerosKept: boolean },
): SavedCode {
  const length = CODE_LENGTHS[path] ?? 0;
  if (/^\d(?:\.\d+)?E\+\d+$/i.test(text))
    return unread(
      `“${text}”是表格软件改写成科学记数法的，原来的 ${length.toString()} 位编码已经不在文件里。`,
    );
  if (path !== 'codes.base') {
    // Of digits alone no code of these lengths comes back whole from a spreadsheet: it keeps fifteen.
    return path !== 'codes.former' && text.length === length && /0{10}$/.test(text) && /^\d+$/.test(text)
      ? unread(`“${text}”的后几位被表格软件改成了 0。`)
      : { is: 'whole' };
  }
  if (!/^\d+$/.test(text) || text.length >= length || text.length < length - MOST_ZEROS)
    return { is: 'whole' };
  const code = text.padStart(length, '0');
  if (isBaseCode(code) && code.slice(2, 4) === context.category && !context.zerosKept)
    return { is: 'restored', code };
  return unread(
    `“${text}”只有 ${text.length.toString()} 位：可能是表格软件去掉了开头的 0，原为 ${code}；也可能是漏写了数字。`,
  );
}

function unread(what: string): SavedCode {
  return {
    is: 'unread',
    message: `${what}清单里已有的编码与它相符的，保留清单里的；否则没有导入。请在文件里把这一列设为“文本”格式后填写完整的编码。`,
  };
}
