import { Injectable } from '@nestjs/common';
import { encodeBase64 } from '@mandate/encoding';
import { IMPORT_LIMITS } from '@mandate/list-files';
import type { Account } from '../auth/access.ts';
import { FileReaderService } from './file-reader.service.ts';
import type { FileReport, ListReport } from './import-report.ts';
import type { ImportOptions } from './import-options.ts';
import { type RunFile, runImport } from './import-run.ts';
import { ImportError } from './imports.errors.ts';
import { ImportsService } from './imports.service.ts';
import type { SentFile } from './reading.ts';

export type UploadResult = ListReport & { readonly reports: readonly FileReport[] };

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
      read: () => this.reader.read(sent, author.login, options.reading),
      mark: (errors) => this.reader.mark(sent, errors, author.login),
    };
    const [outcome] = await runImport(this.imports, author, [file], {
      ...options,
      ...(author.organ !== null && { fallback: author.organ }),
    });
    if (outcome === undefined) throw new Error('a file has an outcome');
    if ('error' in outcome) throw outcome.error;
    const { report, files, marked } = outcome;
    const errors = files.flatMap(({ cellErrors }) => cellErrors ?? []);
    const workbook = marked.get(0);
    if (workbook === undefined) return { ...report, reports: files };
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
