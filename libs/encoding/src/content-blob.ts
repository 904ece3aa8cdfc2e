import { utf8 } from './bytes.ts';
import { blobName, canonicalText, cleanText, type Json, parseJsonText } from './canonical-json.ts';

/**
 * A value on its way into a blob: its text cleaned, its bytes canonical, its name their hash. It is made once and handed on,
 * so whoever is given one need not do any of it again.
 */
export class ContentBlob {
  /** canonical JSON, of which the bytes are the UTF-8 */
  readonly text: string;
  /** what the bytes say; no object that its maker may still change */
  readonly value: Json;
  #bytes: Uint8Array | undefined;
  #name: string | undefined;

  private constructor(value: Json, text: string) {
    this.value = value;
    this.text = text;
  }

  /** made for whoever asks first, as is the name: for many changes nobody does */
  get bytes(): Uint8Array {
    return (this.#bytes ??= utf8(this.text));
  }

  /** `sha256:…`, of what the bytes are */
  get name(): string {
    return (this.#name ??= blobName(this.#bytes ?? utf8(this.text)));
  }

  /** @throws EncodingError `invalid-json` for what JSON has no word for */
  static of(value: Json): ContentBlob {
    const cleaned = cleanJson(value);
    return new ContentBlob(cleaned, canonicalText(cleaned));
  }

  /** One that was made and stored before. @param text as `of` made it, from where nobody can have changed it */
  static stored(text: string): ContentBlob {
    return new ContentBlob(parseJsonText(text), text);
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
