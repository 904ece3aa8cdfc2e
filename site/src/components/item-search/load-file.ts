import { SearchIndexError, type LoadFile } from '@mandate/search';

/** Files of the index from the web server. */
export const loadFile: LoadFile = async (path, signal) => {
  // What tells everything else is asked for anew; the rest keeps as long as the server says.
  const cache = /\/(manifest\.json|columns\.bin)$/.test(path) ? 'no-cache' : 'default';
  let response: Response;
  try {
    response = await fetch(`/${path}`, { signal, cache });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    signal.throwIfAborted();
    throw new SearchIndexError('unreachable', `cannot load ${path}`, { cause });
  }
  const gone = response.status === 404;
  throw new SearchIndexError(gone ? 'stale' : 'unreachable', `${path}: ${response.status}`);
};
