import { blobName } from '@mandate/encoding';
import type * as z from 'zod';
import { PublishedFormatError } from './errors.ts';
import { parseAs } from './reading.ts';

/**
 * Whatever a server sends in its place, it is not what was listed.
 * @param name `sha256:` and 64 hex digits
 * @throws PublishedFormatError `wrong-blob`
 */
export function verifyBlob(name: string, bytes: Uint8Array): void {
  if (blobName(bytes) !== name)
    throw new PublishedFormatError('wrong-blob', `the bytes are not those of ${name}`);
}

/**
 * What a blob says, once it is the one that was named. Schemas of the blobs are in @mandate/lists and
 * @mandate/certificate; they are read as `readAs` says.
 * @throws PublishedFormatError `wrong-blob` | `invalid` | `newer-format`
 */
export function parseBlob<T>(name: string, bytes: Uint8Array, schema: z.ZodType<T, T>): T {
  verifyBlob(name, bytes);
  return parseAs(schema, bytes, name);
}
