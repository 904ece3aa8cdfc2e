import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BookType } from '@e965/xlsx';
import { organKey } from '@mandate/lists';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ImportReport } from '../../apps/registry/src/imports/import-report.ts';
import { type RunOptions, runImport } from '../../apps/registry/src/imports/import-run.ts';
import { ImportsService } from '../../apps/registry/src/imports/imports.service.ts';
import { type ItemHead, ItemsService } from '../../apps/registry/src/lists/items.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { openTestRegistry, type TestRegistry } from './registry.ts';
import { listRows, makeWorkbook, type SheetRows, type TestSheet } from './workbook.ts';

/** A registry and a folder of workbooks; every test takes an organ of its own, so that one registry serves them all. */
export class ImportDesk {
  #organs = 0;
  organ = '';

  private constructor(
    readonly registry: TestRegistry,
    readonly folder: string,
  ) {}

  static async open(): Promise<ImportDesk> {
    return new ImportDesk(await openTestRegistry(), await mkdtemp(join(tmpdir(), 'mandate-import-')));
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await this.registry.close();
  }

  nextOrgan(): void {
    this.#organs += 1;
    const [tens, ones] = [Math.floor(this.#organs / 10), this.#organs % 10];
    this.organ = `测${'甲乙丙丁戊己庚辛壬癸'.charAt(ones)}${'一二三四五六'.charAt(tens)}市示例局`;
  }

  get key(): string {
    return organKey({ name: this.organ });
  }

  async save(file: string, sheets: readonly TestSheet[], bookType: BookType = 'xlsx'): Promise<string> {
    const path = join(this.folder, file);
    await writeFile(path, makeWorkbook(sheets, bookType));
    return path;
  }

  /** A workbook with the list of the organ. */
  async list(items: SheetRows, file = 'list.xlsx', bookType: BookType = 'xlsx'): Promise<string> {
    return this.save(file, [{ rows: listRows(items, `${this.organ}2026年权责清单`) }], bookType);
  }

  async run(
    paths: string | readonly string[],
    options: RunOptions = {},
    app: INestApplicationContext = this.registry.app,
  ): Promise<ImportReport> {
    const services = { imports: app.get(ImportsService), log: app.get(LogService) };
    return runImport(services, [paths].flat(), options);
  }

  get items(): ItemsService {
    return this.registry.app.get(ItemsService);
  }

  /** The organ's items, by key. */
  async listed(): Promise<readonly ItemHead[]> {
    return this.items.heads({ organ: this.key });
  }

  /** The one number a query gives. */
  async count(sql: string): Promise<number> {
    const [row] = await this.registry.app.get(DataSource).query<{ count: string }[]>(sql);
    return Number(row?.count);
  }
}
