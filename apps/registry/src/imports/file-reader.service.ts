import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import {
  type CellError,
  ListFileError,
  type ListFileErrorCode,
  type ReadingOptions,
  type RefusedFile,
  type RememberedReading,
  type SourceFile,
} from '@mandate/list-files';
import { WorkbookError, type WorkbookErrorCode } from '@mandate/workbook';
import { Config } from '../config/config.ts';
import { WAY, type Way } from '../config/way.ts';
import { LimitedProcessError, type LimitedProcessErrorCode } from '../runtime/limited-process.errors.ts';
import type { DeclaredError } from '../runtime/limited-process.protocol.ts';
import type { KeepPart, LimitedProcess } from '../runtime/limited-process.ts';
import { LimitedProcesses } from '../runtime/limited-processes.ts';
import { ImportError, type ImportErrorCode } from './imports.errors.ts';
import { joinParts, type ReadingJobs, type SentFile, type SourcePart } from './reading.ts';
import { shareTexts } from './shared-texts.ts';
import { commandReading, type ReadingLimits, uploadReading } from './reading-limits.ts';

const PROCESS = new URL('./reading.process.ts', import.meta.url);
const ADVICE =
  '没有导入任何内容。文件多半已损坏：请用 Excel 或 WPS 打开后另存为 .xlsx 再试；清单确实很大的，请拆成几份。';

/**
 * The one door for files of lists. They are read in a process with limits, never in this one: a damaged workbook of 55 KB
 * keeps its reader busy for ever and takes all memory there is.
 */
@Injectable()
export class FileReaderService implements OnModuleDestroy {
  readonly #logger = new Logger('imports');
  readonly #limits: ReadingLimits;
  readonly #processes: LimitedProcesses;

  constructor(@Inject(WAY) way: Way, { readingSeconds }: Config) {
    this.#limits = way.kind === 'http' ? uploadReading(readingSeconds) : commandReading(readingSeconds);
    this.#processes = new LimitedProcesses(PROCESS, this.#limits.process);
  }

  /**
   * Bytes of a file → what it holds.
   * @param owner who sent it: nobody's files hold up all others
   * @param options what a person says of its columns
   * @param remembered what was said before, used where nothing is said now
   * @throws WorkbookError, ListFileError, ImportError `reading-too-long` | `reading-too-large` | `reading-lost` |
   *   `reading-busy`
   */
  async read(
    file: SentFile,
    owner: string,
    options: ReadingOptions = {},
    remembered: readonly RememberedReading[] = [],
  ): Promise<SourceFile> {
    const job = { file, limits: this.#limits.workbook, options, remembered };
    const parts = await this.#run('read', job, owner, shareTexts);
    // What reading.process.ts answers to `read`.
    return joinParts(parts as readonly SourcePart[]);
  }

  /** The file as a workbook with its errors marked. @throws as `read` */
  async mark(file: SentFile, errors: readonly CellError[], owner: string): Promise<Uint8Array> {
    const [workbook] = await this.#run('mark', { file, errors, limits: this.#limits.workbook }, owner);
    // What reading.process.ts answers to `mark`.
    return workbook as Uint8Array;
  }

  /** the processes that are there */
  get processes(): readonly LimitedProcess[] {
    return this.#processes.processes;
  }

  async onModuleDestroy(): Promise<void> {
    await this.#processes.close();
  }

  async #run<Kind extends keyof ReadingJobs>(
    kind: Kind,
    input: ReadingJobs[Kind],
    owner: string,
    keep?: KeepPart,
  ): Promise<readonly unknown[]> {
    try {
      const result = await this.#processes.run(kind, input, owner, keep);
      if ('parts' in result) return result.parts;
      throw errorOf(result.error);
    } catch (error) {
      if (!(error instanceof LimitedProcessError)) throw error;
      this.#logger.warn(`${kind}: ${error.code}, ${error.message}${saidBy(error.cause)}`);
      throw this.#refusal(error.code, error);
    }
  }

  #refusal(code: LimitedProcessErrorCode, cause: Error): ImportError {
    const { timeMs, memoryMib } = this.#limits.process;
    const said: Readonly<Record<LimitedProcessErrorCode, readonly [ImportErrorCode, string]>> = {
      'time-limit': [
        'reading-too-long',
        `读取文件超过 ${(timeMs / 1_000).toString()} 秒，已经中止，${ADVICE}`,
      ],
      'memory-limit': [
        'reading-too-large',
        `读取文件所需内存超过 ${memoryMib.toString()} MB，已经中止，${ADVICE}`,
      ],
      'process-lost': [
        'reading-lost',
        '读取文件时意外中断，没有导入任何内容。请再试一次；如仍中断，请告诉管理员。',
      ],
      busy: ['reading-busy', '正在读取的文件太多，这份还没有读取。请过几分钟再试。'],
    };
    return new ImportError(...said[code], { cause });
  }
}

/** A refusal that the process told of, as the readers throw it. */
function errorOf({ name, code, message, extension }: DeclaredError): Error {
  // reading.process.ts tells of these two only, with their codes and what they carry.
  return name === 'WorkbookError'
    ? new WorkbookError(code as WorkbookErrorCode, message)
    : new ListFileError(code as ListFileErrorCode, message, extension as RefusedFile | undefined);
}

function saidBy(cause: unknown): string {
  return cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : '';
}
