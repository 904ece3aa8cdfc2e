import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fetchAuditSource, type AuditSource } from '@mandate/audit';
import { limitsOf } from '@mandate/published';
import { BoundedReadError, readBounded } from '../files/read-bounded.ts';
import { systemCode } from '../files/system-code.ts';

/** A folder, or an http(s) address. */
export function openAuditSource(place: string): AuditSource {
  return /^https?:\/\//i.test(place) ? fetchAuditSource(place) : folderSource(place);
}

function folderSource(folder: string): AuditSource {
  return {
    name: folder,
    async read(path) {
      try {
        return await readBounded(folder, path, limitsOf(path).maximumBytes);
      } catch (error) {
        // A pipe, a device, a link that leads out: nothing that the registry published.
        if (error instanceof BoundedReadError && error.code !== 'too-large') return undefined;
        if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return undefined;
        throw error;
      }
    },
    async list() {
      const found = await stat(folder).catch(() => undefined);
      if (found?.isDirectory() !== true) return [];
      return listFiles(folder);
    },
  };
}

/** Paths of all files of a folder, relative to it, with `/`. */
export async function listFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true, recursive: true });
  return found
    .filter((one) => !one.isDirectory())
    .map((one) => relative(folder, join(one.parentPath, one.name)).replaceAll(sep, '/'));
}
