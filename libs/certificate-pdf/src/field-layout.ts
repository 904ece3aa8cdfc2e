import type { PrintedField } from '@mandate/certificate';
import { CertificatePdfError } from './errors.ts';
import { balanceLines, breakLines } from './line-breaking.ts';
import { TEXT } from './page-geometry.ts';
import type { Typeface } from './typeface.ts';

export interface TextBlock {
  lines: string[];
  typeface: Typeface;
  size: number;
  x: number;
}
export interface FieldCell {
  label: TextBlock;
  value: TextBlock;
}
export interface FieldRow {
  cells: FieldCell[];
  /** distance of two base lines, and of the row's upper and lower edge */
  lineHeight: number;
  height: number;
}

const COLUMN_GAP = 34;
const LARGEST = 14.5;
const SMALLEST = 8.5;
const LOOSEST_ROW = 14;
/** in ems; a longer label takes several lines */
const LONGEST_LABEL = 10;

/**
 * Labels and values in two columns: a value that fits one line of half the width shares its row with the next such
 * one, a longer one gets the whole width. All shrink together until they fit `height`.
 * @throws CertificatePdfError `text-too-long` if they do not even at the smallest size
 */
export function layoutFields(
  fields: readonly PrintedField[],
  faces: { label: Typeface; text: Typeface; code: Typeface },
  height: number,
): FieldRow[] {
  for (let size = LARGEST; size >= SMALLEST; size -= 0.5) {
    const rows = layoutAt(fields, faces, size);
    const total = rows.reduce((sum, row) => sum + row.height, 0);
    if (total > height) continue;
    const loose = Math.min(LOOSEST_ROW, (height - total) / rows.length);
    return rows.map((row) => ({ ...row, height: row.height + loose }));
  }
  const [longest] = [...fields].sort((a, b) => b.value.length - a.value.length);
  throw new CertificatePdfError(
    'text-too-long',
    `照面内容过长，一页容不下；最长的一项是「${longest?.label ?? ''}」（${longest?.value.length ?? 0}字），请精简后再签发。`,
    longest ? [longest.label] : [],
  );
}

function layoutAt(
  fields: readonly PrintedField[],
  faces: { label: Typeface; text: Typeface; code: Typeface },
  size: number,
): FieldRow[] {
  const labelSize = Math.max(8, size * 0.78);
  const longestLabel = Math.max(...fields.map(({ label }) => faces.label.width(label, labelSize)));
  const labelWidth = Math.min(longestLabel, labelSize * LONGEST_LABEL);
  const valueLeft = labelWidth + size;
  const whole = TEXT.right - TEXT.left;
  const half = (whole - COLUMN_GAP) / 2;
  const lineHeight = size * 1.42;

  const rows: FieldRow[] = [];
  let open: FieldCell[] | undefined;
  for (const { label, value } of fields) {
    // Figures of the sans are tabular, those of the serif are not
    const typeface = /^[\x20-\x7e]+$/.test(value) ? faces.code : faces.text;
    const valueSize = typeface === faces.code ? size * 0.95 : size;
    const lines = (width: number) =>
      breakLines(value, width - valueLeft, (t) => typeface.width(t, valueSize));
    const short = lines(half).length === 1;
    const left = TEXT.left + (short && open ? half + COLUMN_GAP : 0);
    const labelLines = balanceLines(label, labelWidth, (t) => faces.label.width(t, labelSize));
    const cell: FieldCell = {
      label: { lines: labelLines, typeface: faces.label, size: labelSize, x: left },
      value: { lines: lines(short ? half : whole), typeface, size: valueSize, x: left + valueLeft },
    };
    if (short && open) {
      open.push(cell);
      open = undefined;
      continue;
    }
    const cells = [cell];
    rows.push({ cells, lineHeight, height: 0 });
    open = short ? cells : undefined;
  }
  return rows.map((row) => {
    const count = Math.max(
      ...row.cells.flatMap(({ label, value }) => [label.lines.length, value.lines.length]),
    );
    return { ...row, height: count * lineHeight + size * 0.5 };
  });
}
