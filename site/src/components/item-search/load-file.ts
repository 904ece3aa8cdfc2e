import { fetchBounded, SourceError } from '@mandate/published';
import { SearchIndexError, type LoadFile } from '@mandate/search';

/** Far beyond the largest file of an index. */
const LIMITS = { maximumBytes: 64 * 1024 * 1024, timeoutMs: 60_000 };

/** Files of the index from the web server. */
export const loadFile: LoadFile = async (path, signal) => {
  // What tells everything else is asked for anew; the rest keeps as long as the server says.
  const cache = /\/(manifest\.json|columns\.bin)$/.test(path) ? 'no-cache' : 'default';
  try {
    return await fetchBounded(`/${path}`, { ...LIMITS, cache, signal });
  } catch (cause) {
    if (!(cause instanceof SourceError)) throw cause;
    const gone = cause.code === 'not-found';
    throw new SearchIndexError(gone ? 'stale' : 'unreachable', `cannot load ${path}`, { cause });
  }
};
