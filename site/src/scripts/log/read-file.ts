import { fetchSource, logPath, type LogName } from '@mandate/published';
import type { FetchFile } from '@mandate/transparency-log';

/** Reads the files of a log of this site. */
export function logFiles(log: LogName): FetchFile {
  return (path) => readFile(`/${logPath(log, path)}`);
}

/** @param address of a published file of this site, from its root @throws SourceError */
export function readFile(address: string): Promise<Uint8Array> {
  return fetchSource(new URL('/', location.href)).read(address.replace(/^\/+/, ''));
}
