import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorityItemSchema, type AuthorityItem } from '@mandate/lists';
import type { z } from 'zod';
import { PublishedError } from './errors.ts';
import { findPublished, parseAs } from './files.ts';
import { defineInput, recordRead } from './reads.ts';
import { getSettings } from './settings.ts';

/** `sha256:…` → path under the public root. */
export function blobPath(name: string): string {
  const hex = name.slice('sha256:'.length);
  return `data/blobs/${hex.slice(0, 2)}/${hex}.json`;
}

/** The item a blob holds; see `findBlob`. */
export function findItemBlob(name: string): AuthorityItem | undefined {
  return findBlob(name, AuthorityItemSchema);
}

/**
 * What a blob holds; undefined where the blob was redacted (formats §2.4: the hash stays, the blob goes).
 * @throws PublishedError `wrong-blob` when the bytes are not those the name promises: better no page than a page that
 * says what no entry says
 */
export function findBlob<T extends z.ZodType>(name: string, schema: T): z.infer<T> | undefined {
  recordRead(`blob:${name}`);
  const path = blobPath(name);
  const bytes = findPublished(path);
  if (bytes === undefined) return undefined;
  if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== name) {
    throw new PublishedError('wrong-blob', `${path} is not what its name says`);
  }
  return parseAs(path, bytes, schema);
}

/** Whether a blob is there; its bytes follow from its name. */
export function hasBlob(name: string): boolean {
  return existsSync(join(getSettings().publishedDir, blobPath(name)));
}

defineInput('blob', (name) => ({ digest: hasBlob(name) ? 'there' : 'none' }));
