import { Injectable } from '@nestjs/common';
import { encodeBase64 } from '@mandate/encoding';
import { IMPORT_LIMITS } from '@mandate/list-files';
import { DraftError } from '@mandate/drafting';
import type { Account } from '../auth/access.ts';
import { AuthError } from '../auth/auth.errors.ts';
import { FileReaderService } from './file-reader.service.ts';
import { dividedReport } from './divided-report.ts';
import type { FileReport, ItemChanges, ListReport, RegionsReport } from './import-report.ts';
import type { ImportOptions } from './import-options.ts';
import { type RunFile, runImport, type RunOutcome } from './import-run.ts';
import { ImportError } from './imports.errors.ts';
import { ImportsService } from './imports.service.ts';
import type { DividedFile } from './list-files.ts';
import type { SentFile } from './reading.ts';

export type UploadResult = (
  | ListReport
  /** of a file of several organs: one report for each list that is the account's to write */
  | { readonly lists: readonly ListReport[]; readonly changes: ItemChanges; readonly draft?: undefined }
) & { readonly reports: readonly FileReport[]; readonly regions?: RegionsReport };

/** One file sent by an official. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly imports: ImportsService,
    private readonly reader: FileReaderService,
  ) {}

  /**
   * @throws ImportError `cell-errors` with every error and the workbook in which they are marked; what else can be wrong
   *   with the file, the draft or the account
   */
  async take(author: Account, sent: SentFile, options: ImportOptions): Promise<UploadResult> {
    const { name } = sent;
    const file: RunFile = {
      name,
      read: (remembered) => this.reader.read(sent, author.login, options.reading, remembered),
      mark: (errors) => this.reader.mark(sent, errors, author.login),
    };
    const { outcomes, divided, regions } = await runImport(this.imports, author, [file], {
      ...options,
      ...(author.organ !== null && { fallback: author.organ }),
    });
    const whole = divided.get(0);
    if (whole) return { ...dividedResult(whole, outcomes), ...(regions && { regions }) };
    const [outcome] = outcomes;
    if (outcome === undefined) throw new Error('a file has an outcome');
    if ('error' in outcome) throw outcome.error;
    const { report, files, marked } = outcome;
    const errors = files.flatMap(({ cellErrors }) => cellErrors ?? []);
    const workbook = marked.get(0);
    if (workbook === undefined) return { ...report, reports: files, ...(regions && { regions }) };
    throw new ImportError(
      'cell-errors',
      `有 ${errors.length.toString()} 处填写有误，整份文件未导入；请照单元格上的提示改好后重新提交。`,
      {
        extension: {
          count: errors.length,
          errors: errors.slice(0, IMPORT_LIMITS.markedErrors).map((error) => ({ ...error })),
          workbook: {
            name: `${name.replace(/\.[A-Za-z]+$/, '')}-问题.xlsx`,
            type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            base64: encodeBase64(workbook),
          },
        },
      },
    );
  }
}

/** @throws why none of its lists could be imported, where that is so */
function dividedResult(file: DividedFile, outcomes: readonly RunOutcome[]): UploadResult {
  const lists = outcomes.flatMap((outcome) => ('report' in outcome ? [outcome.report] : []));
  const failed = outcomes.find((outcome) => 'error' in outcome);
  if (lists.length === 0 && failed) throw failed.error;
  const report = dividedReport(file, 0, outcomes, refusalOf);
  return { lists, changes: report.changes ?? { new: 0, changed: 0, unchanged: 0 }, reports: [report] };
}

/** What an official is told of a list that was refused; what went wrong inside is for the log. */
function refusalOf(error: unknown): { code: string; message: string } {
  const isTold = error instanceof AuthError || error instanceof ImportError || error instanceof DraftError;
  return isTold
    ? { code: error.code, message: error.message }
    : { code: 'import-failed', message: '这份清单没有导入，请再试一次；如仍不成，请告诉管理员。' };
}
