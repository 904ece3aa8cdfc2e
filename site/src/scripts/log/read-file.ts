import type { FetchFile } from '@mandate/transparency-log';

/** Largest published file of a log: a bundle of 256 leaves of 64 KiB. */
const MAX_FILE_BYTES = 256 * 65_537;

/** Reads files below `prefix` of this site, e.g. `/log/lists/`. */
export function fetchFrom(prefix: string): FetchFile {
  return async (path) => {
    // A checkpoint from the cache would hide what the log says now; tiles never change, but their partial ones go.
    const response = await fetch(`${prefix}${path}`, {
      cache: path === 'checkpoint' ? 'no-cache' : 'default',
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > MAX_FILE_BYTES) throw new Error(`${path}: too long`);
    return bytes;
  };
}
