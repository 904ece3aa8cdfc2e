import type { z } from 'zod';
import { PublishedError } from './errors.ts';

/** @throws PublishedError `malformed-file`, naming the first thing that is wrong */
export function parseAs<T extends z.ZodType>(path: string, bytes: Buffer, schema: T): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new PublishedError('malformed-file', `${path} is not JSON`, { cause });
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new PublishedError(
      'malformed-file',
      `${path} at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    );
  }
  return result.data;
}
