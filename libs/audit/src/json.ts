import { canonicalBytes, EncodingError, equalBytes, type Json, parseJson } from '@mandate/encoding';

export type JsonObject = { readonly [name: string]: Json | undefined };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is a text; undefined for another, and where there is none. */
export function textOf(value: Json | undefined, member: string): string | undefined {
  const found = isObject(value) ? value[member] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** A member that is a list; empty for another, and where there is none. */
export function listOf(value: Json | undefined, member: string): readonly Json[] {
  const found = isObject(value) ? value[member] : undefined;
  // Array.isArray gives any[]; its elements are JSON as the rest.
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** Bytes that are JSON in its one canonical spelling → the value; else what they are not, in words. */
export function readCanonical(bytes: Uint8Array): { readonly value: Json } | { readonly fault: string } {
  try {
    const value = parseJson(bytes);
    return equalBytes(canonicalBytes(value), bytes) ? { value } : { fault: '不是规范的 JSON' };
  } catch (error) {
    if (error instanceof EncodingError) return { fault: '不是规范的 JSON' };
    throw error;
  }
}

/** `name/2` and above, where `name/1` is known. */
export function isNewer(schema: Json | undefined, name: string): boolean {
  if (typeof schema !== 'string' || !schema.startsWith(`${name}/`)) return false;
  const version = /^[1-9]\d{0,8}$/.exec(schema.slice(name.length + 1));
  return version !== null && Number(version[0]) > 1;
}
