import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '../..');

/** The folder of real lists and vectors that stands beside the repository: MANDATE_SHARED_DATA, or ../shared/data. */
export const SHARED_DATA = process.env['MANDATE_SHARED_DATA'] ?? resolve(ROOT, '../shared/data');

/** A suite over real data; where the data is absent it is skipped and says so. */
export function describeWithSharedData(folder: string, name: string, suite: (path: string) => void): void {
  const path = resolve(SHARED_DATA, folder);
  if (existsSync(path))
    describe(name, () => {
      suite(path);
    });
  else
    describe.skip(`${name} (skipped: no ${folder} in MANDATE_SHARED_DATA)`, () => {
      suite(path);
    });
}
