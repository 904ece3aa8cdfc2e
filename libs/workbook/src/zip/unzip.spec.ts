import zlib, { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import fc from 'fast-check';
import { type ArchivePart, makeArchive } from '../../../../test/support/zip-archive.ts';
import { WORKBOOK_LIMITS } from '../limits.ts';
import { WorkbookError } from '../workbook.errors.ts';
import { binaryText, unzip, useNativeBytes } from './unzip.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const all = (_name: string): boolean => true;
const part = (name: string, text: string, lies: Partial<ArchivePart> = {}): ArchivePart => ({
  name,
  data: bytesOf(text),
  ...lies,
});

const unzipped = (archive: Uint8Array, wanted = all, limits = WORKBOOK_LIMITS): Map<string, Uint8Array> =>
  new Map([...unzip(archive, wanted, limits)].map(({ name, part: bytes }) => [name, bytes]));

function codeOf(archive: Uint8Array, wanted = all): string {
  try {
    unzipped(archive, wanted);
    return 'read';
  } catch (error) {
    if (error instanceof WorkbookError) return error.code;
    throw error;
  }
}

describe.each([
  ['our own way', undefined],
  [
    'the way of the computer',
    {
      crc32: zlib.crc32,
      inflateRawSync: zlib.inflateRawSync,
      binaryText: (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1'),
    },
  ],
])('unpacked in %s,', (_way, native) => {
  beforeAll(() => useNativeBytes(native));
  afterAll(() => useNativeBytes(undefined));

  describe('an archive', () => {
    test('gives every part as it was packed, by small letters', () => {
      const packed = fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.uint8Array({ maxLength: 70_000 }));
      fc.assert(
        fc.property(
          fc.array(packed, { minLength: 1, maxLength: 4 }),
          fc.constantFrom(0 as const, 6 as const),
          (parts, level) => {
            const files = Object.fromEntries(parts.map(([name, data]) => [`XL/${name}`, data]));
            const found = unzipped(zipSync(files, { level }));
            expect(Object.fromEntries(found)).toEqual(
              Object.fromEntries(Object.entries(files).map(([name, data]) => [name.toLowerCase(), data])),
            );
          },
        ),
        { numRuns: 40 },
      );
    });

    test('is read with a comment at its end, and with folders', () => {
      const files = { 'xl/': new Uint8Array(), 'xl/a': bytesOf('甲') };
      const bytes = zipSync(files);
      const comment = bytesOf('made elsewhere');
      const commented = Uint8Array.from([...bytes, ...comment]);
      commented[bytes.length - 2] = comment.length;
      expect([...unzipped(commented).keys()]).toEqual(['xl/a']);
    });

    test('makes a character of each byte', () => {
      const bytes = Uint8Array.from({ length: 20_000 }, (_, n) => n);
      expect(Uint8Array.from(binaryText(bytes), (sign) => sign.charCodeAt(0))).toEqual(bytes);
    });

    test('unpacks nothing that nobody wants, be it a bomb', () => {
      const bomb = makeArchive([
        part('xl/a', '甲'),
        { name: 'xl/media/b', data: new Uint8Array(50_000_000) },
      ]);
      expect(codeOf(bomb)).toBe('too-large');
      expect(codeOf(bomb, (name) => name === 'xl/a')).toBe('read');
    });
  });

  describe('refuses an archive that two readers may take for different ones:', () => {
    const honest = [part('xl/a', '甲'), part('xl/b', '乙')];
    test.each<[string, Uint8Array]>([
      ['a name twice', makeArchive([part('xl/a', '甲'), part('xl/a', '乙')])],
      [
        'a name twice but for its letters and slashes',
        makeArchive([part('xl/a', '甲'), part('\\XL\\A', '乙')]),
      ],
      ['another name at its own place', makeArchive([part('xl/a', '甲', { localName: 'xl/c' })])],
      [
        'two parts in one place',
        makeArchive([part('xl/a', '甲'), part('xl/b', '甲', { at: 0, localName: 'xl/b' })]),
      ],
      ['entries that are not counted', makeArchive(honest, { uncounted: 1 })],
      ['something behind its end', makeArchive(honest, { tail: bytesOf('PK') })],
      ['a checksum of other bytes', makeArchive([part('xl/a', '甲', { crc: 1 })])],
      [
        'a stored part with a checksum of other bytes',
        makeArchive([part('xl/a', '甲', { method: 0, crc: 1 })]),
      ],
      ['more in a part than stated', makeArchive([part('xl/a', '甲甲甲', { stated: 3 })])],
      ['less in a part than stated', makeArchive([part('xl/a', '甲', { stated: 30 })])],
      [
        'less in a part than stated, with the checksum of what zeros would make of it',
        makeArchive([part('xl/a', '甲', { stated: 30, crc: crc32(Buffer.concat([bytesOf('甲')], 30)) })]),
      ],
      ['packed in a way of its own', makeArchive([part('xl/a', '甲', { method: 12 })])],
      ['cut', makeArchive(honest).subarray(0, 60)],
    ])('%s', (_name, archive) => {
      expect(codeOf(archive)).toBe('damaged-workbook');
    });

    test('overlapping parts, each of which is whole', () => {
      // The quine's trick: the second part begins inside the first one, which is stored.
      const inner = makeArchive([part('xl/b', '乙')]);
      const outer = makeArchive([{ name: 'xl/a', data: inner, method: 0 }, part('xl/b', '乙')]);
      const view = new DataView(outer.buffer);
      const central = outer.length - 22 - (46 + 4);
      expect(codeOf(outer)).toBe('read');
      view.setUint32(central + 42, 30 + 'xl/a'.length, true);
      expect(codeOf(outer)).toBe('damaged-workbook');
    });
  });

  test('a part that reaches into the directory is refused, though it unpacks to what it states', () => {
    const archive = makeArchive([part('xl/a', '甲'.repeat(50))]);
    const view = new DataView(archive.buffer);
    const central = archive.length - 22 - (46 + 4);
    expect(codeOf(archive)).toBe('read');
    // Behind the last block of its DEFLATE stream nothing is read: only the place gives it away.
    view.setUint32(central + 20, view.getUint32(central + 20, true) + 10, true);
    expect(codeOf(archive)).toBe('damaged-workbook');
  });

  test('a stored part is measured by its bytes, whatever it states', () => {
    const archive = makeArchive([{ name: 'xl/a', data: new Uint8Array(40), method: 0, stated: 3 }]);
    expect(() => unzipped(archive, all, { ...WORKBOOK_LIMITS, partBytes: 20 })).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });

  test('an encrypted part is a password, not damage, also where only its own place says so', () => {
    expect(codeOf(makeArchive([part('xl/a', '甲', { flags: 1 })]))).toBe('password-protected');
    const archive = makeArchive([part('xl/a', '甲')]);
    new DataView(archive.buffer).setUint16(6, 1, true);
    expect(codeOf(archive)).toBe('password-protected');
  });

  test('whatever stands in it, an archive is read or refused with a code', () => {
    const archive = makeArchive([part('xl/a', '甲'.repeat(200)), part('xl/b', '乙')]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1 }),
        (changes) => {
          const changed = Uint8Array.from(archive);
          for (const [at, value] of changes) changed[at] = value;
          expect(typeof codeOf(changed)).toBe('string');
        },
      ),
    );
  });
});

test('the computer is given room for what a part states, and for no more', () => {
  const rooms: number[] = [];
  useNativeBytes({
    inflateRawSync: (packed, options) => {
      rooms.push(options.maxOutputLength);
      return zlib.inflateRawSync(packed, options);
    },
    binaryText,
    crc32,
  });
  try {
    expect(codeOf(makeArchive([part('xl/a', '甲'.repeat(50), { stated: 10 })]))).toBe('damaged-workbook');
  } finally {
    useNativeBytes(undefined);
  }
  expect(rooms).toEqual([10]);
});
