import { join } from 'node:path';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config, LogLevel } from '../config/config.ts';
import { DailyFile } from './daily-file.ts';
import { describeError, isErrorLike } from './described-error.ts';
import { terminalLine } from './terminal-line.ts';

/** What writes lines: pino’s own, as Fastify expects it. */
export type { Logger } from 'pino';

/** Of which process a line is: one file a day each. */
export type ProcessName = 'api' | 'worker' | 'front';

export interface ProcessLog {
  readonly logger: Logger;
  /** lines that the file could not take */
  readonly lostLines: () => number;
}

/** Below this nothing is left out of the files, whatever the terminal shows: the access log has to be kept whole. */
const FILE_LEVEL = 'info';
const NUMBERS: Readonly<Record<LogLevel, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
  silent: Infinity,
};

/**
 * The log of one process: NDJSON on standard output, words for people where that is a terminal, and a file a day in
 * `<data>/logs`. Errors are described without what they quote; of requests and replies nothing is copied.
 */
export function createLog(
  config: Pick<Config, 'dataDir' | 'logLevel' | 'logDays'>,
  name: ProcessName,
  stdout: NodeJS.WritableStream & { readonly isTTY?: boolean } = process.stdout,
): ProcessLog {
  const file = new DailyFile(join(config.dataDir, 'logs'), name, config.logDays);
  // Whoever read our output is gone: no reason to go as well.
  if (stdout.listenerCount('error') === 0) stdout.on('error', () => undefined);
  const shown = NUMBERS[config.logLevel];
  const write = (line: string): void => {
    if (levelOf(line) >= Math.min(shown, NUMBERS[FILE_LEVEL])) file.write(line);
    if (levelOf(line) >= shown) stdout.write(stdout.isTTY === true ? terminalLine(line) : line);
  };
  const logger = pino(
    {
      level: shown < NUMBERS[FILE_LEVEL] ? config.logLevel : FILE_LEVEL,
      base: { process: name, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: {
        err: (error: unknown) => describeError(error),
        req: () => undefined,
        res: () => undefined,
      },
      hooks: {
        // pino, and Fastify’s own lines, say the message of the error again, which may quote what was sent.
        logMethod([first, message], method) {
          const error = errorOf(first);
          if (error === undefined) method.call(this, first, message);
          else
            method.call(
              this,
              first,
              message === undefined || message === error.message ? error.name : message,
            );
        },
      },
    },
    { write },
  );
  return { logger, lostLines: () => file.lostLines };
}

/** Every line begins with its level: `{"level":"info",…`. */
function levelOf(line: string): number {
  const label = line.slice(10, line.indexOf('"', 10));
  // An unknown label compares as NaN, that is never: pino writes none.
  return NUMBERS[label as LogLevel];
}

function errorOf(first: unknown): { name: string; message: string } | undefined {
  const error: unknown = typeof first === 'object' && first !== null && 'err' in first ? first.err : first;
  return isErrorLike(error) ? error : undefined;
}
