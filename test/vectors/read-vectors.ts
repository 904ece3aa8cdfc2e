import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VerifyOptions } from '@mandate/verification';
import type { z } from 'zod';

export const VECTORS = import.meta.dirname;
export const PUBLISHED = join(VECTORS, 'published');

export function readVectors<T>(name: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(join(VECTORS, `${name}.json`), 'utf8')));
}

/** A published file of the tiny registry, `data/registry.json`. */
export function readPublished(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(PUBLISHED, path)));
}

export const publishedSource: VerifyOptions['source'] = {
  read: async (path) => new Uint8Array(await readFile(join(PUBLISHED, path))),
};

/** `holds`, or the code of what was thrown: an error of another kind fails the test. */
export async function outcomeOf(act: () => unknown): Promise<string> {
  try {
    await act();
    return 'holds';
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
    throw error;
  }
}
