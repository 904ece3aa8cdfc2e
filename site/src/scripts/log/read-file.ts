import { fetchSource, logPath, type LogName } from '@mandate/published';
import type { FetchFile } from '@mandate/transparency-log';

/** Reads the files of a log of this site. */
export function logFiles(log: LogName): FetchFile {
  return (path) => readFile(logPath(log, path));
}

/** @param path of a published file of this site @throws SourceError */
export function readFile(path: string): Promise<Uint8Array> {
  return fetchSource('').read(path);
}
