/** What the log says of an error: where it happened and of what kind, nothing of what a person sent. */
export interface DescribedError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly stack: string;
  readonly database?: Readonly<Record<string, string>>;
  readonly cause?: DescribedError | string;
}

const DEPTH = 4;
const FRAMES = 30;
/** What PostgreSQL says about where, without the values: its messages and details quote them. */
const DATABASE_FIELDS = ['schema', 'table', 'column', 'constraint', 'dataType', 'routine'] as const;

/**
 * Messages quote what could not be read: «invalid input syntax for type date: "张三"», «Unexpected token … in JSON».
 * Of the database's and the parser's errors only kind and place are kept; in others, what stands in quotation marks is
 * left out. Properties are never copied: they hold parameters of queries, addresses, bodies.
 */
export function describeError(error: unknown, depth = DEPTH): DescribedError | string {
  if (!isErrorLike(error)) return typeof error;
  const code = textOf(error, 'code');
  const quotesInput = isOfDatabase(error) || error.name === 'SyntaxError' || error.name === 'ZodError';
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(!quotesInput && { message: withoutQuotes(error.message) }),
    stack: framesOf(error.stack),
    ...(isOfDatabase(error) && { database: placeOf(error) }),
    ...('cause' in error &&
      error.cause !== undefined &&
      depth > 1 && { cause: describeError(error.cause, depth - 1) }),
  };
}

/** The lines of a stack that name places in the program; what comes before them is the message. */
export function framesOf(stack: unknown): string {
  if (typeof stack !== 'string') return '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.slice(0, FRAMES).join('\n');
}

export function withoutQuotes(text: string): string {
  return text
    .replace(/"[^"]*"?|'[^']*'?|`[^`]*`?|“[^”]*”?|‘[^’]*’?|«[^»]*»?|「[^」]*」?/gu, '"…"')
    .slice(0, 500);
}

export interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly stack?: unknown;
}

// Not `instanceof Error`: an error of Node itself is of another realm where code runs in a vm context.
export function isErrorLike(error: unknown): error is ErrorLike {
  return (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    typeof error.name === 'string' &&
    'message' in error &&
    typeof error.message === 'string'
  );
}

/** Of pg itself, or TypeORM’s around it. */
function isOfDatabase(error: object): boolean {
  return 'driverError' in error || 'severity' in error || 'parameters' in error;
}

function placeOf(error: object): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of DATABASE_FIELDS) {
    const value = textOf(error, field);
    if (value !== undefined) found[field] = value;
  }
  return found;
}

function textOf(error: object, field: string): string | undefined {
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' && /^[\w.:-]{1,80}$/.test(value) ? value : undefined;
}
