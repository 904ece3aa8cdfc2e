/** An error that a handler declares, as it passes between processes. */
export interface DeclaredError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** plain data, as the error has it */
  readonly extension?: unknown;
}

export interface ProcessLimits {
  /** of one job, from its start */
  readonly timeMs: number;
  /** of the whole process */
  readonly memoryMib: number;
}

/** From this process to the one with limits. */
export interface JobRequest {
  readonly kind: string;
  readonly input: unknown;
  readonly timeMs: number;
}

/** From the process with limits; an answer of many parts leaves this process free between them. */
export type JobAnswer =
  | { readonly type: 'part'; readonly part: unknown }
  | { readonly type: 'done'; readonly memoryMib: number }
  | {
      readonly type: 'error';
      readonly memoryMib: number;
      readonly error: DeclaredError;
    };
