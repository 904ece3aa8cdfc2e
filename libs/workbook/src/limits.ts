const MIB = 2 ** 20;

/**
 * What a file may hold at most; one that holds more is refused with `too-large` before it costs memory or time. The largest
 * real list has half a mebibyte, 442 items and cells of some thousand characters.
 */
export const WORKBOOK_LIMITS = {
  /** of an .xlsx, .xlsb or .ods, packed */
  fileBytes: 200 * MIB,
  /** of an .xls, or of one part of an .xlsb: they pack cells so close that this many bytes may be as many cells */
  binaryBytes: 48 * MIB,
  csvBytes: 60 * MIB,
  /** entries of the ZIP archive */
  zipParts: 5_000,
  /** of one part, unpacked */
  partBytes: 400 * MIB,
  /** of all parts that are read, unpacked */
  unpackedBytes: 600 * MIB,
  /** unpacked bytes for each packed one, in a part of more than `ratioFromBytes`; DEFLATE can reach 1,032 */
  unpackedRatio: 250,
  ratioFromBytes: 4 * MIB,
  /** empty ones included: 20,000 rows of 15 columns are 300,000; each takes some hundred bytes once it is read */
  cells: 3_000_000,
  sheets: 200,
  /** of a sheet or a CSV, counted to the last one with words */
  rows: 100_000,
  columns: 400,
  /** cells under the merged areas of one sheet */
  mergedCells: 4_000_000,
  /** of one cell, in UTF-16 units: Excel writes 32,767, a CSV holds the longest text of a list whole */
  cellCharacters: 100_000,
  /** of all cells together: a text that the file holds once may be shown by every cell */
  textCharacters: 200_000_000,
} as const;

export type WorkbookLimits = Readonly<Record<keyof typeof WORKBOOK_LIMITS, number>>;
