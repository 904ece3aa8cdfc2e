import { PublishedFormatError } from '@mandate/published';
import { PublishedError } from './errors.ts';

/** @throws PublishedError `malformed-file` | `newer-format`, naming the first thing that is wrong */
export function parseAs<T>(path: string, bytes: Uint8Array, parse: (bytes: Uint8Array) => T): T {
  try {
    return parse(bytes);
  } catch (cause) {
    if (!(cause instanceof PublishedFormatError)) throw cause;
    const code = cause.code === 'newer-format' ? 'newer-format' : 'malformed-file';
    throw new PublishedError(code, `${path} ${cause.detail}`, { cause });
  }
}
