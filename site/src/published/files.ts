import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { PublishedError } from './errors.ts';
import { parseAs } from './parse.ts';
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

export { parseAs };
