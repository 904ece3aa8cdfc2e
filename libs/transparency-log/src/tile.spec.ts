import { describe, expect, test } from '@jest/globals';
import { utf8 } from '@mandate/encoding';
import fc from 'fast-check';
import {
  edgeTiles,
  encodeEntryBundle,
  entryBundlePath,
  findTileByPath,
  LogError,
  MAX_LEAF_BYTES,
  parseEntryBundle,
  parseTile,
  tilePath,
  tilesFor,
  tileWidth,
} from './index.ts';

describe('paths of tlog-tiles', () => {
  test('are those of the specification', () => {
    expect(tilePath(0, 1234067)).toBe('tile/0/x001/x234/067');
    expect(tilePath(2, 0, 1)).toBe('tile/2/000.p/1');
    expect(entryBundlePath(273, 112)).toBe('tile/entries/273.p/112');
    expect(entryBundlePath(1000)).toBe('tile/entries/x001/000');
  });

  test('lead back to the tile, and only in their one spelling', () => {
    fc.assert(
      fc.property(fc.nat({ max: 6 }), fc.nat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        expect(findTileByPath(tilePath(level, index, width))).toEqual({ level, index, width });
        expect(findTileByPath(entryBundlePath(index, width))).toEqual({ level: 'entries', index, width });
      }),
    );
    for (const path of [
      '',
      'checkpoint',
      'tile/0/0',
      'tile/0/x000/001',
      'tile/0/001.p/0',
      'tile/0/001.p/256',
      'tile/0/001.p/01',
      'tile/00/001',
      'tile/9/001',
      'tile/0/../001',
      'tile/0/001/',
      'tile/entries/x01/001',
    ])
      expect(findTileByPath(path)).toBeUndefined();
  });

  test.each([
    [7, 0, 1],
    [-1, 0, 1],
    [0, -1, 1],
    [0, 0.5, 1],
    [0, 0, 0],
    [0, 0, 257],
    [0, Number.NaN, 1],
  ])('refuses tile %p/%p of width %p', (level, index, width) => {
    expect(() => tilePath(level, index, width)).toThrow(LogError);
  });
});

describe('tiles of a tree', () => {
  test('70,000 leaves make the tiles of the example in the specification', () => {
    const tiles = tilesFor(0, 70_000);
    const count = (level: number, full: boolean) =>
      tiles.filter((tile) => tile.level === level && (tile.width === 256) === full).length;
    expect([count(0, true), count(0, false), count(1, true), count(1, false)]).toEqual([273, 1, 1, 1]);
    expect(edgeTiles(70_000)).toEqual([
      { level: 2, index: 0, width: 1 },
      { level: 1, index: 1, width: 17 },
      { level: 0, index: 273, width: 112 },
    ]);
    expect(tilesFor(0, 256)).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
  });

  test('growing in steps writes what growing at once does, and no full tile twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 6 }), (steps) => {
        let size = 0;
        const full = new Set<string>();
        for (const step of steps) {
          for (const { level, index, width } of tilesFor(size, size + step)) {
            expect(width).toBe(tileWidth(level, index, size + step));
            if (width < 256) continue;
            expect(full.has(`${level}/${index}`)).toBe(false);
            full.add(`${level}/${index}`);
          }
          size += step;
        }
        const atOnce = tilesFor(0, size).filter(({ width }) => width === 256);
        expect([...full].sort()).toEqual(atOnce.map(({ level, index }) => `${level}/${index}`).sort());
      }),
      { numRuns: 30 },
    );
  });

  test('no growth writes nothing', () => {
    expect(tilesFor(0, 0)).toEqual([]);
    expect(tilesFor(70_000, 70_000)).toEqual([]);
  });

  test('refuses a tile that is a byte too long or too short', () => {
    expect(parseTile(new Uint8Array(64), 2)).toHaveLength(2);
    for (const length of [0, 63, 65, 32])
      expect(() => parseTile(new Uint8Array(length), 2)).toThrow(LogError);
  });
});

describe('entry bundles', () => {
  test('give back the leaves, also empty and the longest ones', () => {
    const leaves = [utf8(''), utf8('甲'), new Uint8Array(MAX_LEAF_BYTES).fill(7)];
    const bundle = encodeEntryBundle(leaves);
    expect([...bundle.subarray(0, 7)]).toEqual([0, 0, 0, 3, 0xe7, 0x94, 0xb2]);
    expect(parseEntryBundle(bundle, 3)).toEqual(leaves);
  });

  test('refuse a leaf that is a byte too long', () => {
    expect(() => encodeEntryBundle([new Uint8Array(MAX_LEAF_BYTES + 1)])).toThrow(
      expect.objectContaining({ code: 'leaf-too-long' }),
    );
  });

  test('refuse to hold no leaf or 257', () => {
    expect(() => encodeEntryBundle([])).toThrow(LogError);
    expect(() => encodeEntryBundle(new Array(257).fill(new Uint8Array()))).toThrow(LogError);
  });

  test('cut anywhere or with a leaf too many are refused', () => {
    const bundle = encodeEntryBundle([utf8('one'), utf8('two')]);
    for (let length = 0; length < bundle.length; length += 1)
      expect(() => parseEntryBundle(bundle.subarray(0, length), 2)).toThrow(LogError);
    expect(() => parseEntryBundle(bundle, 1)).toThrow(LogError);
    expect(() => parseEntryBundle(bundle, 3)).toThrow(LogError);
  });

  test('whatever the bytes, parsing throws a LogError or encodes back to them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (bytes, width) => {
        try {
          expect([...encodeEntryBundle(parseEntryBundle(bytes, width))]).toEqual([...bytes]);
        } catch (error) {
          if (!(error instanceof LogError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
