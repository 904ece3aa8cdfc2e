import { WorkbookError } from '../workbook.errors.ts';

/** A page or XML says its own encoding within its first bytes. */
const HEAD_BYTES = 2_000;
/** Excel's GB 2312 and GBK are parts of it. */
const CHINESE = 'gb18030';

/**
 * UTF-16 by its mark or its zero bytes, else UTF-8, else what the text says of itself, else Big5 where it is clearly that,
 * else GB 18030.
 * @throws WorkbookError `not-a-workbook` for what is no text
 */
export function decodeText(bytes: Uint8Array): string {
  for (const encoding of encodingsOf(bytes)) {
    const text = decodeAs(encoding, bytes);
    // eslint-disable-next-line no-control-regex -- what no text file holds
    if (text !== undefined && !/[\u0000-\u0008\u000e-\u001f]/.test(text)) return text;
  }
  throw new WorkbookError(
    'not-a-workbook',
    '不是工作簿（.xls、.xlsx、.ods），也不是 UTF-8、GB18030 等编码的 CSV 或网页表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
  );
}

function encodingsOf(bytes: Uint8Array): readonly string[] {
  const mark = [...bytes.subarray(0, 2)].join(' ');
  if (mark === '255 254') return ['utf-16le'];
  if (mark === '254 255') return ['utf-16be'];
  if (bytes.subarray(0, HEAD_BYTES).includes(0)) return [zerosAreHigh(bytes) ? 'utf-16le' : 'utf-16be'];
  const said = saidOf(bytes);
  return ['utf-8', ...(said === undefined ? [] : [said]), ...(isBig5(bytes) ? ['big5'] : []), CHINESE];
}

/** Without a mark: of a comma or a line end one byte is zero, the second one where the low byte stands first. */
function zerosAreHigh(bytes: Uint8Array): boolean {
  const zeros = (first: 0 | 1): number =>
    bytes.subarray(0, HEAD_BYTES).filter((byte, at) => byte === 0 && at % 2 === first).length;
  const [even, odd] = [zeros(0), zeros(1)];
  return odd > even;
}

/** `charset=gb2312` of a page, `encoding="gb2312"` of XML; UTF-8 has been tried already. */
function saidOf(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  if (!/^\s*</.test(head)) return undefined;
  const name = /(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{3,20})/i.exec(head)?.[1]?.toLowerCase();
  if (name === undefined || /^utf-?(?:8|16)/.test(name)) return undefined;
  if (/^(?:gb|hz|x-gbk|cp936|windows-936)/.test(name)) return CHINESE;
  return /^(?:big5|cp950|windows-950)/.test(name) ? 'big5' : undefined;
}

/**
 * Of Big5 two in five characters end with a byte of ASCII, in GB 2312 none, in GBK and GB 18030 only rare ones do; and nearly
 * all of a real text stand among the 5,401 frequent ones (lead bytes A4 to C6) or the signs before them.
 */
function isBig5(bytes: Uint8Array): boolean {
  let [pairs, low, frequent] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    pairs += 1;
    if (lead >= 0xa1 && lead <= 0xc6) frequent += 1;
    at += 1;
    const trail = bytes[at] ?? 0;
    if (trail < 0x40) return false;
    if (trail < 0x7f) low += 1;
  }
  return pairs > 0 && low > pairs * 0.15 && frequent > pairs * 0.95 && decodeAs('big5', bytes) !== undefined;
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Not in this encoding; the next one, or none, is it.
    return undefined;
  }
}
