import { beforeAll, describe, expect, test } from '@jest/globals';
import { utf8 } from '@mandate/encoding';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import {
  encodeVerifierKey,
  hashLeaf,
  LogError,
  MemoryLog,
  parseTlogProof,
  proveConsistency,
  proveInclusion,
  PublishedLog,
  rootHash,
  signerFromSeed,
  verifierKey,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  verifyTlogProof,
  encodeTlogProof,
} from './index.ts';

const origin = 'registry.example/lists';
const seed = new Uint8Array(32).fill(1);
const signer = signerFromSeed(verifierKey(origin, ed25519.getPublicKey(seed)), seed);
const identity = { origin, vkey: encodeVerifierKey(signer.key) };
const leafAt = (i: number) => utf8(`{"entry":${i}}`);

const SIZE = 66_000;
const whole = new MemoryLog(origin, signer);
let files = new Map<string, Uint8Array>();
const from = (served: ReadonlyMap<string, Uint8Array>) => (path: string) => {
  const bytes = served.get(path);
  return bytes === undefined ? Promise.reject(new Error(`404 ${path}`)) : Promise.resolve(bytes);
};

beforeAll(async () => {
  for (let i = 0; i < SIZE; i += 1) whole.append(leafAt(i));
  files = await whole.files();
});

describe('a log read from its published files', () => {
  test('gives verified leaves and proofs, through three levels of tiles', async () => {
    const { log, checkpoint } = await PublishedLog.open(from(files), identity);
    expect(checkpoint.size).toBe(SIZE);
    expect(await rootHash(SIZE, log.readHashes)).toEqual(checkpoint.root);
    for (const index of [0, 255, 256, 65_535, 65_536, SIZE - 1]) {
      expect(await log.readLeaf(index)).toEqual(leafAt(index));
      const proof = await proveInclusion(index, SIZE, log.readHashes);
      verifyInclusion({ index, size: SIZE, leafHash: hashLeaf(leafAt(index)), root: checkpoint.root, proof });
    }
    for (const oldSize of [1, 256, 300, 65_536, 65_999]) {
      const proof = await proveConsistency(oldSize, SIZE, log.readHashes);
      const oldRoot = await rootHash(oldSize, whole.readHashes);
      verifyConsistency({ oldSize, newSize: SIZE, oldRoot, newRoot: checkpoint.root, proof });
    }
  });

  test('works for every small size', async () => {
    const small = new MemoryLog(origin, signer);
    for (let size = 0; size <= 70; size += 1) {
      const { log } = await PublishedLog.open(from(await small.files()), identity);
      expect(log.head.size).toBe(size);
      if (size > 0) expect(await log.readBundle(0)).toHaveLength(size);
      await expect(log.readLeaf(size)).rejects.toMatchObject({ code: 'out-of-range' });
      small.append(leafAt(size));
    }
  });

  test('any changed byte of any file it reads is found', async () => {
    const index = 3_000;
    const read = new Set<string>();
    const recording = (path: string) => {
      read.add(path);
      return from(files)(path);
    };
    await (await PublishedLog.open(recording, identity)).log.readLeaf(index);
    expect([...read].sort()).toEqual([
      'checkpoint',
      'tile/0/011',
      'tile/0/257.p/208',
      'tile/1/000',
      'tile/1/001.p/1',
      'tile/2/000.p/1',
      'tile/entries/011',
    ]);
    for (const path of read) {
      const good = files.get(path) ?? new Uint8Array();
      const at = Math.floor(good.length / 2);
      for (const bad of [
        good.map((byte, i) => (i === at ? byte ^ 1 : byte)),
        good.subarray(1),
        Uint8Array.of(...good, 0),
        new Uint8Array(),
      ]) {
        const open = PublishedLog.open(from(new Map(files).set(path, bad)), identity);
        const reading = open.then(({ log }) => log.readLeaf(index));
        await expect(reading).rejects.toThrow(LogError);
        // The checkpoint and the tiles along the edge hold each other up: which of them is false cannot be told.
        if (path === 'tile/0/011' || path === 'tile/entries/011')
          await expect(reading).rejects.toMatchObject({ path });
      }
    }
  });

  test('a missing file is unavailable, not false; and a later try may succeed', async () => {
    const served = new Map(files);
    const { log } = await PublishedLog.open(from(served), identity);
    served.delete('tile/1/000');
    await expect(log.readLeaf(0)).rejects.toMatchObject({ code: 'unavailable' });
    served.set('tile/1/000', files.get('tile/1/000') ?? new Uint8Array());
    expect(await log.readLeaf(0)).toEqual(leafAt(0));
  });

  test('a reader with an older checkpoint goes on when full tiles have replaced its partial ones', async () => {
    const old = new MemoryLog(origin, signer);
    for (let i = 0; i < 300; i += 1) old.append(leafAt(i));
    const head = verifyCheckpoint(await old.checkpoint(), identity);
    const log = new PublishedLog(from(files), head);
    const served = new Map(files);
    // Level 1 of the newer tree has a full tile 0; level 0 a full tile 1.
    expect(served.has('tile/0/001.p/44')).toBe(false);
    expect(await log.readLeaf(299)).toEqual(leafAt(299));
  });

  test('a leaf that was changed in its bundle alone does not pass', async () => {
    const served = new Map(files);
    const bundle = Uint8Array.from(files.get('tile/entries/000') ?? []);
    // Behind the two bytes of its length: {"entry":0} becomes {"Entry":0}.
    bundle[4] = (bundle[4] ?? 0) ^ 0x20;
    served.set('tile/entries/000', bundle);
    const { log } = await PublishedLog.open(from(served), identity);
    await expect(log.readLeaf(0)).rejects.toMatchObject({ code: 'hash-mismatch' });
  });

  test('files of a forked log do not pass under the checkpoint', async () => {
    const fork = new MemoryLog(origin, signer);
    for (let i = 0; i < 300; i += 1) fork.append(utf8(`fork ${i}`));
    const forked = await fork.files();
    const straight = new MemoryLog(origin, signer);
    for (let i = 0; i < 300; i += 1) straight.append(leafAt(i));
    const head = verifyCheckpoint(await straight.checkpoint(), identity);
    await expect(new PublishedLog(from(forked), head).readLeaf(0)).rejects.toMatchObject({
      code: 'hash-mismatch',
    });
  });
});

describe('tlog-proof', () => {
  test('proves a leaf and nothing else', async () => {
    const text = await whole.proofOf(65_535);
    expect(verifyTlogProof(leafAt(65_535), text, identity)).toMatchObject({
      index: 65_535,
      checkpoint: { size: SIZE, origin },
    });
    expect(() => verifyTlogProof(leafAt(65_534), text, identity)).toThrow(
      expect.objectContaining({ code: 'not-included' }),
    );
    expect(() => verifyTlogProof(leafAt(65_535), text, { ...identity, origin: 'other' })).toThrow(
      expect.objectContaining({ code: 'wrong-origin' }),
    );
  });

  test('has the lines of the specification', async () => {
    const one = new MemoryLog(origin, signer);
    one.append(leafAt(0));
    expect((await one.proofOf(0)).split('\n').slice(0, 4)).toEqual([
      'c2sp.org/tlog-proof@v1',
      'index 0',
      '',
      origin,
    ]);
    verifyTlogProof(leafAt(0), await one.proofOf(0), identity);
  });

  test('any flipped bit is refused', async () => {
    const bytes = utf8(await whole.proofOf(5));
    for (let bit = 0; bit < bytes.length * 8; bit += 3) {
      const changed = bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(() => verifyTlogProof(leafAt(5), new TextDecoder().decode(changed), identity)).toThrow(LogError);
    }
  });

  test('carries extra data along and does not trust it', async () => {
    const proof = { ...parseTlogProof(await whole.proofOf(5)), extra: utf8('盐') };
    const text = encodeTlogProof(proof);
    expect(text.split('\n')[1]).toBe('extra 55uQ');
    expect(parseTlogProof(text)).toEqual(proof);
    verifyTlogProof(leafAt(5), text, identity);
  });

  test.each([
    '',
    'c2sp.org/tlog-proof@v1',
    'c2sp.org/tlog-proof@v1\n\n',
    'c2sp.org/tlog-proof@v0\nindex 0\n\nx',
    'c2sp.org/tlog-proof@v02\nindex 0\n\nx',
    'c2sp.org/tlog-proof@v2 \nindex 0\n\nx',
    'c2sp.org/tlog-proof@version-2\nindex 0\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 00\n\nx',
    'c2sp.org/tlog-proof@v1\nindex -1\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 18446744073709551615\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\nx',
    'c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nx',
    'c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\nx',
  ])('refuses %j', (text) => {
    expect(() => parseTlogProof(text)).toThrow(expect.objectContaining({ code: 'invalid-proof-file' }));
  });

  test.each([
    'c2sp.org/tlog-proof@v2\nindex 0\n\nx',
    'c2sp.org/tlog-proof@v12\n{}',
    'c2sp.org/tlog-proof@v3',
  ])('says newer-format of %j, in whatever form it goes on', (text) => {
    expect(() => parseTlogProof(text)).toThrow(expect.objectContaining({ code: 'newer-format' }));
  });

  test('whatever the text, parsing throws a LogError or encodes back to it', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'c2sp.org/tlog-proof@v1\n',
        'index 1',
        'extra ',
        '\n',
        '\n\n',
        'A'.repeat(43) + '=',
        'AAAA',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = `c2sp.org/tlog-proof@v1\n${pieces.join('')}`;
        try {
          expect(encodeTlogProof(parseTlogProof(text))).toBe(text);
        } catch (error) {
          if (!(error instanceof LogError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
