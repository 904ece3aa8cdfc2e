import type { LoggerService } from '@nestjs/common';
import { framesOf, withoutQuotes } from './described-error.ts';
import type { Logger } from './logger.ts';

/** Nest’s own words, and those of our `new Logger('worker')`, as lines of the log. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: readonly unknown[]): void {
    this.write('debug', message, rest);
  }

  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: readonly unknown[]): void {
    this.write('fatal', message, rest);
  }

  debug(message: unknown, ...rest: readonly unknown[]): void {
    this.write('debug', message, rest);
  }

  /**
   * Nest calls `error(message, stack, context)` and `error(error, context)`; the context is the last. We put the id of a
   * request, or what the worker was at, between error and context.
   */
  private write(
    level: 'debug' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: readonly unknown[],
  ): void {
    const context = rest.at(-1);
    const error = [message, ...rest].find((part) => part instanceof Error);
    const stack = rest.find((part) => typeof part === 'string' && part.includes('\n'));
    const about = rest.slice(0, -1).find((part) => typeof part === 'string' && part !== stack);
    this.logger[level](
      {
        event: 'program',
        ...(about !== undefined && { about }),
        ...(typeof context === 'string' && context !== stack && { context }),
        ...(error !== undefined && { err: error }),
        ...(error === undefined && stack !== undefined && { stack: framesOf(stack) }),
      },
      typeof message === 'string' ? withoutQuotes(message) : undefined,
    );
  }
}
