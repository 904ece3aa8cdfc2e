import { SourceError } from './errors.ts';
import { isImmutable } from './paths.ts';

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
const CHECKPOINT: ReadLimits = { maximumBytes: 64 * 1024, timeoutMs: 30_000 };
/** 256 hashes of 32 bytes */
const TILE: ReadLimits = { maximumBytes: 8_192, timeoutMs: 30_000 };
/** 256 leaves of at most 65,535 bytes, each with its length before it */
const BUNDLE: ReadLimits = { maximumBytes: 256 * 65_537, timeoutMs: 60_000 };
const BLOB: ReadLimits = { maximumBytes: 16 * MIB, timeoutMs: 60_000 };
/** items, summaries: some kilobytes for each item of an organ */
const ITEMS: ReadLimits = { maximumBytes: 192 * MIB, timeoutMs: 300_000 };
const OTHER: ReadLimits = { maximumBytes: 64 * MIB, timeoutMs: 60_000 };

/** Limits of the kind of file that a path names. */
export function limitsOf(path: string): ReadLimits {
  if (path.startsWith('data/blobs/')) return BLOB;
  if (/^data\/(items|summaries|negative)\//.test(path)) return ITEMS;
  if (!path.startsWith('log/')) return OTHER;
  if (path.endsWith('/checkpoint')) return CHECKPOINT;
  return path.includes('/tile/entries/') ? BUNDLE : TILE;
}

/** @param base the public root, `https://host/` or with a path */
export function fetchSource(base: string | URL): PublishedSource {
  const root = new URL(base);
  if (!root.pathname.endsWith('/')) root.pathname += '/';
  return {
    read: (path) =>
      fetchBounded(new URL(path, root), {
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
  signal?.throwIfAborted();
  const ending = new AbortController();
  const timedOut = new SourceError('timed-out', `${String(address)}: not read within ${timeoutMs} ms`);
  const timer = setTimeout(() => ending.abort(timedOut), timeoutMs);
  const stop = (): void => ending.abort(signal?.reason);
  signal?.addEventListener('abort', stop);
  try {
    const response = await fetch(address, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      cache,
      signal: ending.signal,
    });
    if (response.ok) return await readAtMost(response, maximumBytes, String(address));
    await response.body?.cancel();
    const gone = response.status === 404 || response.status === 410;
    throw new SourceError(gone ? 'not-found' : 'unreachable', `${String(address)}: HTTP ${response.status}`);
  } catch (cause) {
    signal?.throwIfAborted();
    if (ending.signal.aborted) throw timedOut;
    if (cause instanceof SourceError) throw cause;
    throw new SourceError('unreachable', `${String(address)}: ${String(cause)}`, { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** Counted as they come, after any decompression: a small answer may swell. */
async function readAtMost(response: Response, maximumBytes: number, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part?.value === undefined) break;
    size += part.value.length;
    if (size > maximumBytes) {
      await reader?.cancel();
      throw new SourceError('too-large', `${name}: more than ${maximumBytes} bytes`);
    }
    parts.push(part.value);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
