import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { damage } from './damage.ts';
import { DamagedReader, LIMITS } from './read-damaged.ts';
import { KINDS, ownSamples } from './samples.ts';

/** Few and the same ones: `npm run fuzz` has thousands. */
const SEEDS = Array.from({ length: 60 }, (_, n) => n + 1);
/** A file that is read at all is read in some milliseconds. */
const TIME_MS = 2_000;

/** How late an answer is, `npm run fuzz` measures; here a reader that never ends is found by the patience of the test. */
const ON_A_BUSY_MACHINE_MS = 200_000;

describe.each(KINDS)('a damaged .%s', (kind) => {
  let reader: DamagedReader;
  beforeAll(async () => {
    reader = new DamagedReader(kind, await ownSamples(kind), TIME_MS, ON_A_BUSY_MACHINE_MS);
  });
  afterAll(() => reader.close());

  test('is read, or refused by a known code, or ended at a limit', async () => {
    const codes = new Set<string>();
    for (const seed of SEEDS) {
      const { code, broken } = await reader.read(seed);
      expect({ seed, broken }).toEqual({ seed, broken: undefined });
      codes.add(code);
    }
    // Damage that no reader notices, or that every reader does, would test nothing.
    expect([...codes].filter((code) => !LIMITS.includes(code)).length).toBeGreaterThan(1);
  });
});

test('damage is the same for the same seed, and no file is the one it was made of', async () => {
  const [whole = new Uint8Array()] = await ownSamples('xlsx');
  for (const seed of SEEDS) {
    expect(damage(whole, seed)).toEqual(damage(whole, seed));
    expect(damage(whole, seed)).not.toEqual(whole);
  }
});
