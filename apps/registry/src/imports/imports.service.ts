import { Injectable } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import type { Json } from '@mandate/encoding';
import { withoutBlanks } from '@mandate/lists';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { ItemsService } from '../lists/items.service.ts';
import { type ListChange, ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import type { FileReport, ImportWarning, SheetReport } from './import-report.ts';
import { FileChanges, type ItemChange } from './item-changes.ts';
import { ImportsRepository } from './imports.repository.ts';
import { chooseOrgan } from './organ-choice.ts';
import type { ListFile } from './read-file.ts';

/** Items that are written by one statement. */
const BATCH = 250;

export interface ImportOptions {
  readonly dryRun?: boolean | undefined;
  /** key, USCC or full name; without it the workbook says whose list it is */
  readonly organ?: string | undefined;
  /** `YYYY-MM-DD`; today in Shanghai when absent */
  readonly effectiveDate?: string | undefined;
  /** stands in every entry, for everyone to read */
  readonly reason?: string | undefined;
  /** regions that the other lists of the run name */
  readonly regions?: readonly string[] | undefined;
  readonly onItem?: ((done: number) => void) | undefined;
}

export interface ImportedFile {
  readonly report: FileReport;
  readonly entriesAppended: number;
  /** keys of the organ's items that the file holds */
  readonly keys: readonly string[];
  /** keys the organ had before, cancelled or not */
  readonly keysBefore: readonly string[];
  /** names in rows that could not be read: their items are not missing */
  readonly unreadNames: readonly string[];
}

/** What the files of one organ hold together. */
export interface HeldItems {
  readonly keys: ReadonlySet<string>;
  readonly keysBefore: ReadonlySet<string>;
  /** without blanks */
  readonly unreadNames: ReadonlySet<string>;
}

export interface MissingItem {
  readonly key: string;
  readonly organ: string;
  readonly name: string;
}

/** Workbook → entries of the lists. One file is one transaction, and one import at a time touches the lists. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
    private readonly items: ItemsService,
    private readonly organs: OrgansService,
    private readonly repository: ImportsRepository,
  ) {}

  /**
   * Imports one file: all of it, or nothing at all. The caller sequences the log when this has returned.
   * @throws ImportError `no-organ` | `unknown-organ`
   */
  async importFile(file: ListFile, options: ImportOptions): Promise<ImportedFile> {
    const undone = Symbol('dry run');
    let result: ImportedFile | undefined;
    try {
      await inTransaction(this.source, async (tx) => {
        result = await this.write(tx, file, options);
        // Everything is done as it would be, and taken back: what a dry run reports is what an import does.
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- no error: the way out of the transaction
        if (options.dryRun === true) throw undone;
      });
    } catch (reason) {
      if (reason !== undone) throw reason;
    }
    if (!result) throw new Error('the transaction ended without a result');
    return result;
  }

  /**
   * Items of an organ that were listed before, are not cancelled, and are in none of the files. What another import
   * has listed in the meantime is not among them.
   */
  async missingItems(
    organ: string,
    held: HeldItems,
    tx: EntityManager = this.source.manager,
  ): Promise<readonly MissingItem[]> {
    const heads = await this.items.heads({ organ }, tx);
    return heads
      .filter(({ key, state, name }) => {
        const unread = held.unreadNames.has(withoutBlanks(name));
        return state !== 'cancelled' && held.keysBefore.has(key) && !held.keys.has(key) && !unread;
      })
      .map(({ key, name }) => ({ key, organ, name }));
  }

  /** Cancels what is missing, in one transaction. @returns how many entries that took */
  async cancelMissing(
    organ: string,
    held: HeldItems,
    options: Pick<ImportOptions, 'effectiveDate' | 'reason'>,
  ): Promise<number> {
    return inTransaction(this.source, async (tx) => {
      await this.lists.lockForChange(tx);
      const changes: ListChange[] = [];
      for (const { key } of await this.missingItems(organ, held, tx)) {
        const [record] = (await this.lists.history(tx, 'authority-item', key)).slice(-1);
        if (!record) continue;
        // Of register authority-item, so an object.
        const item = record.value as Record<string, Json>;
        changes.push({
          register: 'authority-item',
          key,
          value: { ...item, state: 'cancelled' },
          effectiveDate: options.effectiveDate ?? chinaDay(new Date()),
          reason: options.reason ?? '本机关现行权责清单中已无此事项',
          organ,
        });
      }
      return (await this.lists.put(tx, changes)).entries.length;
    });
  }

  private async write(tx: EntityManager, file: ListFile, options: ImportOptions): Promise<ImportedFile> {
    // From here on no other import reads or writes: keys and matches stay true until this one commits.
    await this.lists.lockForChange(tx);
    const chosen = chooseOrgan({
      given: options.organ,
      titles: file.titles,
      file: file.file,
      known: await this.organs.list(tx),
      regions: options.regions ?? [],
    });
    const { key: organ, name } = chosen.organ;
    const effectiveDate = options.effectiveDate ?? chinaDay(new Date());
    let entriesAppended = await this.organs.enter(tx, chosen.organ, {
      effectiveDate,
      reason: options.reason ?? '首次列入权责清单的机关',
    });
    const heads = await this.items.heads({ organ }, tx);
    const changes = new FileChanges(file, organ, {
      heads,
      sources: await this.repository.sources(tx, organ),
      newKey: this.items.newKeys(organ, heads),
    });
    let batch: ListChange[] = [];
    const flush = async (): Promise<void> => {
      entriesAppended += (await this.lists.put(tx, batch)).entries.length;
      batch = [];
      options.onItem?.(changes.sources.length);
    };
    for (const change of changes.changes()) {
      batch.push(toListChange(change, organ, effectiveDate, options.reason));
      if (batch.length === BATCH) await flush();
    }
    await flush();
    await this.repository.save(tx, changes.sources);
    const sheets = withOrganWording(changes.reports, file, name);
    return {
      report: {
        file: file.file,
        organ: { key: organ, name, from: chosen.from },
        sheets,
        items: sheets.reduce((sum, { items }) => sum + items, 0),
        changes: { ...changes.count },
        ...(chosen.warnings.length > 0 && { warnings: chosen.warnings }),
      },
      entriesAppended,
      keys: changes.keys,
      keysBefore: heads.map(({ key }) => key),
      unreadNames: file.sheets.flatMap(({ unreadNames, items }) => [
        ...unreadNames,
        ...items.filter(({ category }) => category === undefined).map((item) => item.name),
      ]),
    };
  }
}

function toListChange(
  { key, item, before }: ItemChange,
  organ: string,
  effectiveDate: string,
  reason: string | undefined,
): ListChange {
  const what = !before ? '列入' : before.state === 'cancelled' ? '重新列入' : '修改';
  return {
    register: 'authority-item',
    key,
    value: item,
    effectiveDate,
    reason: reason ?? `按本机关公布的权责清单${what}`,
    organ,
  };
}

/** 行使主体 is often the words of a template (地州市农业农村局): kept as they are, and said once a sheet. */
function withOrganWording(reports: readonly SheetReport[], file: ListFile, organ: string): SheetReport[] {
  return reports.map((report, n) => {
    const others = new Map<string, { row: number; rows: number }>();
    for (const { row, parts } of file.sheets[n]?.items ?? [])
      for (const { texts } of parts) {
        const words = withoutBlanks(texts.implementingOrgan ?? '');
        if (words === '' || organ.endsWith(words)) continue;
        const seen = others.get(words) ?? { row, rows: 0 };
        others.set(words, { ...seen, rows: seen.rows + 1 });
      }
    const [first] = others.values();
    if (!first) return report;
    const words = [...others].map(([word, { rows }]) => `“${word.slice(0, 30)}”${rows.toString()} 行`);
    const warning: ImportWarning = {
      row: first.row,
      code: 'organ-wording',
      message: `行使主体写作${words.slice(0, 5).join('、')}，与“${organ}”不同，原文照录，事项仍属本机关。`,
    };
    return { ...report, warnings: [...report.warnings, warning].toSorted((a, b) => a.row - b.row) };
  });
}
