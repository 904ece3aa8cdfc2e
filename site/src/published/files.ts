import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PublishedError } from './errors.ts';
import { getSettings } from './settings.ts';

/** Bytes of a published file, by its path under the public root. @throws PublishedError `missing-file` */
export function readPublished(path: string): Buffer {
  try {
    return readFileSync(join(getSettings().publishedDir, path));
  } catch (cause) {
    throw new PublishedError('missing-file', `cannot read ${path}`, { cause });
  }
}

/** @throws PublishedError `missing-file` | `malformed-file` */
export function parsePublished<T extends z.ZodType>(path: string, schema: T): z.infer<T> {
  return parseAs(path, readPublished(path), schema);
}

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
