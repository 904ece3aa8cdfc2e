import type { SheetGrid } from '@mandate/workbook';
import { findNegativeHeader } from '../official/official-header.ts';
import { type OfficialSheet, readOfficialSheet } from '../official/read-official.ts';
import { findMeasuresHeader } from './measures-header.ts';
import { readMeasuresSheet } from './read-measures-sheet.ts';

/** The printed negative lists on the sheets of a file. */
export interface NegativeSheets {
  readonly sheets: readonly OfficialSheet[];
  /** none of them prints a 事项编码 */
  readonly derivedCodes: boolean;
}

/** Sheets → the official table of market access, else special management measures; no sheets where they hold neither. */
export function readNegativeSheets(grids: readonly SheetGrid[]): NegativeSheets {
  const official = grids.filter(isOfficial).flatMap((grid) => readOfficialSheet(grid) ?? []);
  if (official.length > 0) return { sheets: official, derivedCodes: false };
  const measures = grids.flatMap((grid) => readMeasuresSheet(grid) ?? []);
  return { sheets: measures, derivedCodes: measures.length > 0 };
}

/** Both forms have numbers, matters and measures; only market access prints codes. */
function isOfficial(grid: SheetGrid): boolean {
  const header = findNegativeHeader(grid);
  return header !== undefined && (header.columns.has('code') || findMeasuresHeader(grid) === undefined);
}
