import { CertificateTypeSchema, type Certificate, type CertificateType } from '@mandate/certificate';
import { AuthorityItemSchema, type AuthorityItem } from '@mandate/lists';
import { blobPath, parseBlob, PublishedFormatError, type PublishedSource } from '@mandate/published';
import type * as z from 'zod';
import { Finding, unknown } from './facts.ts';
import { refuse } from './history.ts';

/** @param blob its name, from an entry that is proven @throws Finding */
export async function getItem(blob: string, source: PublishedSource): Promise<AuthorityItem> {
  const item = await readBlob(blob, AuthorityItemSchema, source);
  if (item === undefined) throw refuse('item-differs', { blob });
  return item;
}

/** The type as the certificate names it, which must be what its blob says. @throws Finding */
export async function getType({ type }: Certificate, source: PublishedSource): Promise<CertificateType> {
  const listed = await readBlob(type.blob, CertificateTypeSchema, source);
  if (listed?.code !== type.code || listed.name !== type.name)
    throw refuse('type-differs', { blob: type.blob, type: type.code });
  return listed;
}

/**
 * The hash of the bytes is judged before what they say (formats §2.4): a server cannot name a later version in them.
 * @returns undefined for what was listed, but says nothing of the kind. @throws Finding
 */
async function readBlob<T>(
  name: string,
  schema: z.ZodType<T, T>,
  source: PublishedSource,
): Promise<T | undefined> {
  const file = blobPath(name);
  const path = `/${file}`;
  let bytes: Uint8Array;
  try {
    bytes = await source.read(file);
  } catch (cause) {
    throw new Finding(unknown('mandate', 'blob-unreachable', { path, reason: String(cause) }));
  }
  try {
    return parseBlob(name, bytes, schema);
  } catch (error) {
    if (!(error instanceof PublishedFormatError)) throw error;
    switch (error.code) {
      case 'wrong-blob':
        throw new Finding(unknown('mandate', 'blob-invalid', { path }));
      case 'newer-format':
        throw new Finding(unknown('mandate', 'newer-format', { path, reason: error.message }));
      case 'invalid':
      case 'invalid-key':
        return undefined;
    }
  }
}
