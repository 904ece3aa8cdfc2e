import { isInstant } from '@mandate/certificate';
import { parseBase64 } from '@mandate/encoding';
import { parsePublicKey } from '@mandate/signature';
import * as z from 'zod';

/** An instant, UTC to the second, that exists: with 2026-02-30 a period would silently be another one. */
export const InstantSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  .refine(isInstant, 'no such time');

/** For schemas: whether `text` is a multibase Ed25519 key. */
export function isPublicKey(text: string): boolean {
  return parses(() => parsePublicKey(text));
}

/** For schemas: whether `text` is base64. */
export function isBase64Of(text: string): boolean {
  return parses(() => parseBase64(text));
}

const Members = z.record(z.string(), z.unknown()).catch({});

/**
 * Whether a document names a later version of `<name>/1` (formats §9.2). Its signature is verified before it is asked, or
 * anybody could name one.
 */
export function isNewerSchema(document: unknown, name: string): boolean {
  const { schema } = Members.parse(document);
  const [, found, version] = (typeof schema === 'string' && /^([a-z-]+)\/([1-9]\d{0,8})$/.exec(schema)) || [];
  return found === name && Number(version) > 1;
}

function parses(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
