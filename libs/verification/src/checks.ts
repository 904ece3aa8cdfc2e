import { parseBase64 } from '@mandate/encoding';
import { parsePublicKey } from '@mandate/signature';

/** For schemas: whether `text` is a multibase Ed25519 key. */
export function isPublicKey(text: string): boolean {
  return parses(() => parsePublicKey(text));
}

/** For schemas: whether `text` is base64. */
export function isBase64Of(text: string): boolean {
  return parses(() => parseBase64(text));
}

function parses(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
