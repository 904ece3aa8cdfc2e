import { SourceError } from './source-error.ts';

/**
 * The published files. Nothing that is read here is trusted; no path ever names one certificate.
 */
export interface PublishedSource {
  /**
   * @param path from the public root, without a slash before it: `data/trust-list.json`
   * @throws SourceError; of another source a rejection means: not to be had now
   */
  read(path: string): Promise<Uint8Array>;
}

/** How much of a file is read, and for how long: a hostile server must fill neither memory nor time. */
export interface ReadLimits {
  readonly maximumBytes: number;
  readonly timeoutMs: number;
}

const MIB = 1024 * 1024;
const limits = (maximumBytes: number, timeoutMs: number): ReadLimits => ({ maximumBytes, timeoutMs });

const CHECKPOINT = limits(65_536, 30_000);
/** 256 hashes of 32 bytes */
const TILE = limits(8_192, 30_000);
/** 256 leaves of at most 65,535 bytes, each with its length before it; more than any blob has */
const BUNDLE = limits(256 * 65_537, 60_000);
/** items, summaries: some kilobytes for each item of an organ */
const ITEMS = limits(192 * MIB, 300_000);
const OTHER = limits(64 * MIB, 60_000);

/** Limits of the kind of file that a path names. */
export function limitsOf(path: string): ReadLimits {
  if (path.endsWith('/checkpoint')) return CHECKPOINT;
  if (/^data\/blobs\/|\/entries\//.test(path)) return BUNDLE;
  if (path.startsWith('log/')) return TILE;
  return /^data\/(items|summaries|negative)\//.test(path) ? ITEMS : OTHER;
}

/** Whether what a path holds is the same for ever: blobs are named by their content, tiles are never rewritten. */
export function isImmutable(path: string): boolean {
  return /^data\/blobs\/|^log\/.*\/tile\//.test(path);
}

/** @param base the public root, `https://host/` or with a path */
export function fetchSource(base: string | URL): PublishedSource {
  // Without a base: of the site that the script is from.
  const root = String(base).replace(/\/*$/, '/');
  return {
    read: (path) =>
      fetchBounded(root + path, {
        ...limitsOf(path),
        // An old copy of a checkpoint or a status list is worse than none.
        cache: isImmutable(path) ? 'default' : 'no-cache',
      }),
  };
}

export interface FetchOptions extends ReadLimits {
  readonly cache: 'default' | 'no-cache';
  /** the caller's own; its reason is what is thrown then */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A published file by its address, in Node, a browser or a worker. Who reads is no one's business: no credentials and no
 * referrer go along. No published file is elsewhere than where it is asked for, so a server that sends its reader on,
 * perhaps into the reader's own network, is not followed.
 * @throws SourceError
 */
export async function fetchBounded(address: string | URL, options: FetchOptions): Promise<Uint8Array> {
  const { maximumBytes, timeoutMs, cache, signal } = options;
  const name = String(address);
  signal?.throwIfAborted();
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  const timer = setTimeout(stop, timeoutMs);
  signal?.addEventListener('abort', stop);
  try {
    const response = await fetch(address, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      cache,
      signal: ending.signal,
    });
    if (response.ok) return await readAtMost(response, maximumBytes, name);
    await response.body?.cancel();
    const { status } = response;
    const code = status === 404 || status === 410 ? 'not-found' : 'unreachable';
    throw new SourceError(code, `${name}: HTTP ${status}`);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof SourceError) throw cause;
    const code = ending.signal.aborted ? 'timed-out' : 'unreachable';
    throw new SourceError(code, name, { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** Counted as they come, after any decompression: a small answer may swell. */
async function readAtMost(response: Response, maximumBytes: number, name: string): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part?.value === undefined) break;
    size += part.value.length;
    if (size > maximumBytes) {
      await reader?.cancel();
      throw new SourceError('too-large', name);
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
