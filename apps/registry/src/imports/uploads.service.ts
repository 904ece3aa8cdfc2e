import { Injectable } from '@nestjs/common';
import { encodeBase64 } from '@mandate/encoding';
import type { Account } from '../auth/access.ts';
import type { FileReport, ListReport } from './import-report.ts';
import { ImportError } from './imports.errors.ts';
import { type ImportOptions, ImportsService } from './imports.service.ts';
import { readSourceFile } from './source-file.ts';
import { markErrors, MAX_MARKED } from './template/mark-errors.ts';

export type UploadResult = ListReport & { readonly reports: readonly FileReport[] };

/** One file sent by an official. */
@Injectable()
export class UploadsService {
  constructor(private readonly imports: ImportsService) {}

  /**
   * @throws ImportError `cell-errors` with every error and the workbook in which they are marked; what else can be wrong
   *   with the file, the draft or the account
   */
  async take(
    author: Account,
    file: { readonly name: string; readonly bytes: Uint8Array },
    options: ImportOptions,
  ): Promise<UploadResult> {
    const source = readSourceFile(file.name, file.bytes);
    const list = await this.imports.ownerOf(source, {
      ...options,
      ...(author.organ !== null && { fallback: author.organ }),
    });
    const { report, files } = await this.imports.importList(author, list, options);
    const errors = files.flatMap(({ cellErrors }) => cellErrors ?? []);
    if (errors.length === 0) return { ...report, reports: files };
    throw new ImportError(
      'cell-errors',
      `有 ${errors.length.toString()} 处填写有误，整份文件未导入；请照单元格上的提示改好后重新提交。`,
      {
        extension: {
          count: errors.length,
          errors: errors.slice(0, MAX_MARKED).map((error) => ({ ...error })),
          workbook: {
            name: `${file.name.replace(/\.[A-Za-z]+$/, '')}-问题.xlsx`,
            type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            base64: encodeBase64(markErrors(source.grids, errors)),
          },
        },
      },
    );
  }
}
