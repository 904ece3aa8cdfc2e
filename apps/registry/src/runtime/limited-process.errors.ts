export type LimitedProcessErrorCode =
  /** it took longer than it may */
  | 'time-limit'
  /** it asked for more memory than it may have */
  | 'memory-limit'
  /** it ended by itself, or somebody ended it */
  | 'process-lost'
  /** too many jobs wait already */
  | 'busy';

/** What a process with limits could not do. The message is for the log; whoever gave the job says it to people. */
export class LimitedProcessError extends Error {
  override readonly name = 'LimitedProcessError';
  readonly code: LimitedProcessErrorCode;

  constructor(code: LimitedProcessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
