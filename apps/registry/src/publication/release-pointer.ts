import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { systemCode } from '../files/system-code.ts';
import { syncFolder } from './published-folder.ts';
import type { PublishedPaths } from './published-paths.ts';

const Name = z.string().regex(/^[0-9a-z][0-9a-z-]{0,80}$/);

const PointerSchema = z.object({
  /** folder below `pages/` */
  release: Name,
  /** the one before: pages that are open in a browser still ask for its files */
  previous: Name.optional(),
  /** the lists log that the pages were built from */
  lists: z.object({ size: z.number().int().min(0), root: z.string() }),
  /** first day on which pages have to say something else though no entry has come */
  nextDay: z.string().optional(),
});

/** Which release of the pages is served. */
export type ReleasePointer = z.infer<typeof PointerSchema>;

/** Undefined before the first release, and for a file that is none: no pages are better than a crash of the server. */
export async function findPointer({ pointer }: PublishedPaths): Promise<ReleasePointer | undefined> {
  let text: string;
  try {
    text = await readFile(pointer, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return PointerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The switch: before it the old release is served, after it the new one, at no moment a mixture. */
export async function writePointer({ pointer }: PublishedPaths, value: ReleasePointer): Promise<void> {
  const folder = dirname(pointer);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.new`);
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(`${JSON.stringify(value)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, pointer);
  await syncFolder(folder);
}
