import { unzipSync, zipSync } from 'fflate';

/** The same numbers for the same seed, everywhere. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not begin alike.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0 || 1;
    for (let n = 0; n < 8; n += 1) this.below(2);
  }

  /** a whole number from 0, below this one */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }

  of<T>(choices: readonly T[]): T {
    const chosen = choices[this.below(choices.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }
}

/** What a length, a count or an offset of a file may wrongly say. */
const EXTREMES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

type Damage = (bytes: Uint8Array, chance: Chance) => Uint8Array;

const DAMAGES: readonly Damage[] = [
  (bytes, chance) => changed(bytes, chance, 1 + chance.below(8)),
  (bytes, chance) => changed(bytes, chance, 200),
  (bytes, chance) => changed(bytes, chance, 1 + Math.floor(bytes.length / 50)),
  function extremes(bytes, chance) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let n = chance.below(20); n >= 0; n -= 1)
      if (bytes.length > 4) view.setUint32(chance.below(bytes.length - 4), chance.of(EXTREMES), true);
    return bytes;
  },
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length)),
  function moved(bytes, chance) {
    const [from, to] = [chance.below(bytes.length), chance.below(bytes.length)];
    return bytes.copyWithin(to, from, from + chance.below(4_096));
  },
  function blanked(bytes, chance) {
    const at = chance.below(bytes.length);
    return bytes.fill(chance.of([0, 0xff]), at, at + chance.below(4_096));
  },
];

/** A copy of a file, damaged as this seed says. */
export function damage(whole: Uint8Array, seed: number): Uint8Array {
  const chance = new Chance(seed);
  const bytes = Uint8Array.from(whole);
  // Checksums of a ZIP archive would find nearly all of it before a reader of sheets saw any.
  const inside = bytes[0] === 0x50 && chance.below(4) > 0;
  return inside ? damagedPart(bytes, chance) : chance.of(DAMAGES)(bytes, chance);
}

function damagedPart(bytes: Uint8Array, chance: Chance): Uint8Array {
  const parts = unzipSync(bytes);
  for (let n = chance.below(2); n >= 0; n -= 1) {
    const name = chance.of(Object.keys(parts).sort());
    const part = parts[name];
    if (part && part.length > 0) parts[name] = Uint8Array.from(chance.of(DAMAGES)(part, chance));
  }
  return zipSync(parts, { level: 1, mtime: '2026-01-01' });
}

function changed(bytes: Uint8Array, chance: Chance, count: number): Uint8Array {
  for (let n = 0; n < count; n += 1) bytes[chance.below(bytes.length)] = chance.below(256);
  return bytes;
}
