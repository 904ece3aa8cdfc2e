import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PublishedError } from './errors.ts';
import { parseAs } from './parse.ts';
import { defineInput, type InputState, recordRead } from './reads.ts';
import { getSettings } from './settings.ts';

/** Bytes of a published file, by its path under the public root; not recorded. @throws PublishedError `missing-file` */
export function readPublished(path: string): Buffer {
  try {
    return readFileSync(join(getSettings().publishedDir, path));
  } catch (cause) {
    throw new PublishedError('missing-file', `cannot read ${path}`, { cause });
  }
}

/** The same, undefined for a file that is not there. @throws PublishedError `missing-file` for one that cannot be read */
export function findPublished(path: string): Buffer | undefined {
  try {
    return readFileSync(join(getSettings().publishedDir, path));
  } catch (cause) {
    // In the code of Node itself; errors of other realms are no instance of ours.
    if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT')
      return undefined;
    throw new PublishedError('missing-file', `cannot read ${path}`, { cause });
  }
}

/**
 * Content of a published file; the page depends on all of it.
 * @throws PublishedError `missing-file` | `malformed-file` | `newer-format`
 */
export function parsePublished<T>(path: string, parse: (bytes: Uint8Array) => T): T {
  recordRead(`file:${path}`);
  return parseAs(path, readPublished(path), parse);
}

const EFFECTIVE = Buffer.from('"effectiveDate":"');

defineInput('file', (path) => {
  let bytes: Buffer;
  try {
    bytes = readPublished(path);
  } catch {
    return { digest: 'none' };
  }
  const days: string[] = [];
  for (let at = bytes.indexOf(EFFECTIVE); at >= 0; at = bytes.indexOf(EFFECTIVE, at + EFFECTIVE.length)) {
    days.push(bytes.toString('latin1', at + EFFECTIVE.length, at + EFFECTIVE.length + 10));
  }
  return stateOn(digestOf(bytes), days);
});

/** Of content with entries: the same content says something else once a scheduled entry's day has come. */
export function stateOn(digest: string, effectiveDates: readonly string[]): InputState {
  const { day } = getSettings();
  const scheduled = effectiveDates.filter((date) => date > day);
  if (scheduled.length === 0) return { digest };
  const nextDay = scheduled.reduce((first, date) => (date < first ? date : first));
  return { digest: `${digest}+${scheduled.length}`, nextDay };
}

/** Short: what is compared are states of one's own files, no secret and no promise. */
export function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}

export { parseAs };
