import type { FileReport, ItemChanges, OrganShare, SheetReport } from './import-report.ts';
import type { RunOutcome } from './import-run.ts';
import type { DividedFile } from './list-files.ts';

/** What became of one file of several organs: its sheets as a whole, what each organ has of it, and what nobody has. */
export function dividedReport(
  { source, unowned }: DividedFile,
  place: number,
  outcomes: readonly RunOutcome[],
  describe: (error: unknown) => { code: string; message: string },
): FileReport {
  const shares: OrganShare[] = [];
  const counted = new Map<string, SheetReport>();
  for (const outcome of outcomes) {
    const at = outcome.places.indexOf(place);
    if (at === -1) continue;
    if ('error' in outcome) {
      if (outcome.list) shares.push(refusedShare(outcome.list, at, describe(outcome.error)));
      continue;
    }
    const file = outcome.files[at];
    if (!file?.organ) continue;
    const { key, name } = file.organ;
    const { draft } = outcome.report;
    shares.push({
      key,
      name,
      items: file.items,
      ...(outcome.founded && { founded: true }),
      ...(outcome.places.length === 1 && { changes: outcome.report.changes }),
      ...(draft && { draft: draft.id }),
    });
    for (const sheet of file.sheets) counted.set(sheet.sheet, added(counted.get(sheet.sheet), sheet));
  }
  const sheets = source.sheets.map(({ sheet, claimed, warnings }): SheetReport => {
    const { items, subItems, levels, warnings: more } = counted.get(sheet) ?? NOTHING;
    // What the reader said stands on the sheet already; the rest came of holding the items against the lists.
    const told = [...warnings, ...more.filter((one) => !warnings.includes(one))];
    return {
      sheet,
      items,
      subItems,
      levels,
      ...(claimed !== undefined && { claimed }),
      warnings: told.toSorted((a, b) => a.row - b.row),
    };
  });
  return {
    file: source.file,
    sheets,
    items: sheets.reduce((sum, { items }) => sum + items, 0),
    organs: shares,
    unowned,
    changes: shares.reduce((sum, { changes }) => addedChanges(sum, changes), {
      new: 0,
      changed: 0,
      unchanged: 0,
    }),
    ...noted(outcomes, place),
  };
}

const NOTHING: Omit<SheetReport, 'sheet'> = { items: 0, subItems: 0, levels: 0, warnings: [] };

function refusedShare(
  { key, name, files, founded }: NonNullable<Extract<RunOutcome, { error: unknown }>['list']>,
  at: number,
  error: { code: string; message: string },
): OrganShare {
  const items = files[at]?.source.items.length ?? 0;
  return { key, name, items, ...(founded === true && { founded }), error };
}

function added(before: SheetReport | undefined, sheet: SheetReport): SheetReport {
  if (!before) return sheet;
  return {
    ...before,
    items: before.items + sheet.items,
    subItems: before.subItems + sheet.subItems,
    levels: before.levels + sheet.levels,
    warnings: [...before.warnings, ...sheet.warnings],
  };
}

function addedChanges(sum: ItemChanges, more: ItemChanges | undefined): ItemChanges {
  if (!more) return sum;
  return {
    new: sum.new + more.new,
    changed: sum.changed + more.changed,
    unchanged: sum.unchanged + more.unchanged,
  };
}

function noted(outcomes: readonly RunOutcome[], place: number): Pick<FileReport, 'warnings'> {
  const warnings = outcomes.flatMap((outcome) => {
    const at = outcome.places.indexOf(place);
    return 'files' in outcome && at !== -1 ? (outcome.files[at]?.warnings ?? []) : [];
  });
  return warnings.length > 0 ? { warnings } : {};
}
