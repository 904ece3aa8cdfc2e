/**
 * The published files, by their path from the public root (`/data/trust-list.json`). A rejection means: not to be had
 * now. Nothing that is read here is trusted; no path ever names one certificate.
 */
export interface PublishedSource {
  read(path: string): Promise<Uint8Array>;
}

/**
 * What a verifier keeps between visits: the newest checkpoint of each log, the version of the trust list, the age of the
 * status list. In a browser e.g. localStorage. Keys and values are short text.
 */
export interface RememberedStore {
  get(key: string): Promise<string | undefined> | string | undefined;
  set(key: string, value: string): Promise<void> | void;
}

export interface VerifyOptions {
  readonly source: PublishedSource;
  /** `sha256:` + 64 hex of the raw root key: what the reader trusts from elsewhere */
  readonly rootFingerprint: string;
  readonly now: Date;
  readonly remembered?: RememberedStore | undefined;
}

/** Longer than any published file; a hostile server must not fill the memory. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

/** @param base the public root, `https://host/` or with a path */
export function fetchSource(base: string | URL): PublishedSource {
  const root = new URL(base);
  if (!root.pathname.endsWith('/')) root.pathname += '/';
  return {
    async read(path) {
      const response = await fetch(new URL(path.replace(/^\/+/, ''), root), {
        // Who reads is no one's business, and an old copy of a checkpoint or a status list is worse than none.
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-cache',
      });
      if (!response.ok) throw new SourceError('unreachable', `${path}: HTTP ${response.status}`);
      return readAtMost(response, path);
    },
  };
}

export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: 'unreachable' | 'too-large';

  constructor(code: SourceError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

async function readAtMost(response: Response, path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part?.value === undefined) break;
    parts.push(part.value);
    size += part.value.length;
    if (size > MAXIMUM_BYTES) {
      await reader?.cancel();
      throw new SourceError('too-large', `${path}: more than ${MAXIMUM_BYTES} bytes`);
    }
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
