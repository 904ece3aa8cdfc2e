import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorityItemSchema, type AuthorityItem } from '@mandate/lists';
import { blobPath, parseAs as parseJsonAs } from '@mandate/published';
import type { z } from 'zod';
import { PublishedError } from './errors.ts';
import { findPublished, parseAs } from './files.ts';
import { defineInput, recordRead } from './reads.ts';
import { getSettings } from './settings.ts';

/** The item a blob holds; see `findBlob`. */
export function findItemBlob(name: string): AuthorityItem | undefined {
  return findBlob(name, AuthorityItemSchema);
}

/**
 * What a blob holds; undefined where the blob was redacted (formats §2.4: the hash stays, the blob goes).
 * @throws PublishedError `wrong-blob` when the bytes are not those the name promises: better no page than a page that
 * says what no entry says
 */
export function findBlob<T>(name: string, schema: z.ZodType<T, T>): T | undefined {
  recordRead(`blob:${name}`);
  const path = blobPath(name);
  const bytes = findPublished(path);
  if (bytes === undefined) return undefined;
  // By Node itself, which hashes some ten times faster: a build reads every blob there is.
  if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== name) {
    throw new PublishedError('wrong-blob', `${path} is not what its name says`);
  }
  return parseAs(path, bytes, () => parseJsonAs(schema, bytes, 'the blob'));
}

/** Whether a blob is there; its bytes follow from its name. */
export function hasBlob(name: string): boolean {
  return existsSync(join(getSettings().publishedDir, blobPath(name)));
}

defineInput('blob', (name) => ({ digest: hasBlob(name) ? 'there' : 'none' }));
