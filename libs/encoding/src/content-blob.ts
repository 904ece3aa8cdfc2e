import { blobName, canonicalBytes, cleanText, type Json, parseJson } from './canonical-json.ts';

/**
 * A value on its way into a blob: its text cleaned, its bytes canonical, its name their hash. It is made once and handed on,
 * so whoever is given one need not do any of it again.
 */
export class ContentBlob {
  readonly bytes: Uint8Array;
  /** what the bytes say; no object that its maker may still change */
  readonly value: Json;
  #name: string | undefined;

  private constructor(value: Json, bytes: Uint8Array) {
    this.value = value;
    this.bytes = bytes;
  }

  /** `sha256:…`, of what the bytes are; worked out for whoever asks first, for many changes nobody does */
  get name(): string {
    return (this.#name ??= blobName(this.bytes));
  }

  /** @throws EncodingError `invalid-json` for what JSON has no word for */
  static of(value: Json): ContentBlob {
    const cleaned = cleanJson(value);
    return new ContentBlob(cleaned, canonicalBytes(cleaned));
  }

  /** One that was made and stored before. @param bytes as `of` made them, from where nobody can have changed them */
  static stored(bytes: Uint8Array): ContentBlob {
    return new ContentBlob(parseJson(bytes), bytes);
  }
}

/** Every text as it enters a blob (formats §1.2); what is `undefined` is absent. */
function cleanJson(value: Json): Json {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(cleanJson);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      one === undefined ? [] : [[cleanText(name), cleanJson(one)]],
    ),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
