import { describe, expect, test } from '@jest/globals';
import { concatBytes, encodeHex, sha256, utf8 } from '@mandate/encoding';
import fc from 'fast-check';
import {
  emptyRoot,
  hashesToStore,
  hashLeaf,
  hashNode,
  LogError,
  proveConsistency,
  proveInclusion,
  RightEdge,
  rootHash,
  storedHashCoordinate,
  storedHashCount,
  storedHashPosition,
  verifyConsistency,
  verifyInclusion,
  type HashReader,
} from './index.ts';

const SIZE = 70;
const leafHashes = Array.from({ length: SIZE }, (_, i) => hashLeaf(utf8(`leaf ${i}`)));
const stored: Uint8Array[] = [];
const edge = RightEdge.empty();
for (const hash of leafHashes) stored.push(...edge.append(hash));
const read: HashReader = (positions) => Promise.resolve(positions.map((i) => stored[i] ?? new Uint8Array()));

/** MTH of RFC 6962 §2.1, word for word: the definition the fast code must agree with. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(concatBytes(Uint8Array.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k))));
}

const flip = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

describe('hashes of RFC 6962', () => {
  test('the empty tree and the empty leaf have the hashes of the published known answers', () => {
    expect(encodeHex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(encodeHex(hashLeaf(new Uint8Array()))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  test('a leaf that looks like a node does not hash like one', () => {
    const [a, b] = [hashLeaf(utf8('a')), hashLeaf(utf8('b'))];
    expect(hashLeaf(concatBytes(Uint8Array.of(1), a, b))).not.toEqual(hashNode(a, b));
  });
});

describe('storage', () => {
  test('positions count up without gap in append order', () => {
    const positions: number[] = [];
    for (let leaf = 0; leaf < 1000; leaf += 1) {
      expect(storedHashCount(leaf)).toBe(positions.length);
      for (let level = 0, n = leaf + 1; ; level += 1, n /= 2) {
        positions.push(storedHashPosition(level, n - 1));
        if (n % 2 === 1) break;
      }
    }
    expect(positions).toEqual(positions.map((_, i) => i));
  });

  test('a position leads back to its subtree, also beyond 32 bits', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.nat(), (level, n) => {
        const index = n % 2 ** (49 - level);
        expect(storedHashCoordinate(storedHashPosition(level, index))).toEqual({ level, index });
      }),
    );
  });

  test('one leaf at a time stores the same hashes as the right edge', async () => {
    for (let index = 0; index < SIZE; index += 1) {
      const hashes = await hashesToStore(index, leafHashes[index] ?? new Uint8Array(), read);
      const from = storedHashCount(index);
      expect(hashes).toEqual(stored.slice(from, from + hashes.length));
    }
  });

  test('an edge read from storage goes on as the one that built it', async () => {
    for (let size = 0; size < SIZE; size += 1) {
      const resumed = await RightEdge.read(size, read);
      expect(resumed.root()).toEqual(mth(leafHashes.slice(0, size)));
      expect(resumed.append(leafHashes[size] ?? new Uint8Array())).toEqual(
        stored.slice(storedHashCount(size), storedHashCount(size + 1)),
      );
    }
  });

  test('refuses a storage that returns too little or something else', async () => {
    await expect(rootHash(3, () => Promise.resolve([]))).rejects.toMatchObject({ code: 'invalid-hash' });
    const short: HashReader = (positions) => Promise.resolve(positions.map(() => new Uint8Array(31)));
    await expect(rootHash(3, short)).rejects.toMatchObject({ code: 'invalid-hash' });
  });
});

describe('proofs', () => {
  test('the root is that of the definition, for every size', async () => {
    for (let size = 0; size <= SIZE; size += 1) {
      expect(await rootHash(size, read)).toEqual(mth(leafHashes.slice(0, size)));
    }
  });

  test('every leaf of every tree proves and verifies, and no other index, size, leaf or bit does', async () => {
    for (let size = 1; size <= SIZE; size += 1) {
      const root = await rootHash(size, read);
      for (let index = 0; index < size; index += 1) {
        const leafHash = leafHashes[index] ?? new Uint8Array();
        const proof = await proveInclusion(index, size, read);
        const claim = { index, size, leafHash, root, proof };
        verifyInclusion(claim);
        const bit = (size * 71 + index * 13) % 256;
        const wrong = [
          { ...claim, leafHash: flip(leafHash, bit) },
          { ...claim, root: flip(root, bit) },
          { ...claim, proof: [...proof, root] },
          { ...claim, proof: [root, ...proof] },
          ...proof.map((_, at) => ({ ...claim, proof: proof.map((h, i) => (i === at ? flip(h, bit) : h)) })),
          ...proof.map((_, at) => ({ ...claim, proof: proof.filter((__, i) => i !== at) })),
          ...[index - 1, index + 1].map((other) => ({ ...claim, index: other })),
        ];
        for (const claimed of wrong) expect(() => verifyInclusion(claimed)).toThrow(LogError);
      }
    }
  });

  test('a proof with a hash too many is refused, even where it leads to the root that is claimed', async () => {
    const more = hashLeaf(utf8('one above'));
    for (let size = 1; size <= 8; size += 1) {
      const root = await rootHash(size, read);
      const longer = { size, root: hashNode(more, root) };
      for (let index = 0; index < size; index += 1) {
        const leafHash = leafHashes[index] ?? new Uint8Array();
        const proof = [...(await proveInclusion(index, size, read)), more];
        expect(() => verifyInclusion({ ...longer, index, leafHash, proof })).toThrow(
          expect.objectContaining({ code: 'not-included' }),
        );
      }
      for (let oldSize = 1; oldSize < size; oldSize += 1) {
        const proof = [...(await proveConsistency(oldSize, size, read)), more];
        const oldRoot = hashNode(more, await rootHash(oldSize, read));
        const claim = { oldSize, newSize: size, oldRoot, newRoot: longer.root, proof };
        expect(() => verifyConsistency(claim)).toThrow(expect.objectContaining({ code: 'inconsistent' }));
      }
    }
  });

  test('every older tree proves its place in every newer one, and no flipped bit does', async () => {
    for (let newSize = 1; newSize <= SIZE; newSize += 1) {
      const newRoot = await rootHash(newSize, read);
      for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
        const oldRoot = await rootHash(oldSize, read);
        const proof = await proveConsistency(oldSize, newSize, read);
        const claim = { oldSize, newSize, oldRoot, newRoot, proof };
        verifyConsistency(claim);
        const bit = (newSize * 71 + oldSize * 13) % 256;
        const wrong = [
          { ...claim, oldRoot: flip(oldRoot, bit) },
          { ...claim, newRoot: flip(newRoot, bit) },
          { ...claim, proof: [...proof, newRoot] },
          ...proof.map((_, at) => ({ ...claim, proof: proof.map((h, i) => (i === at ? flip(h, bit) : h)) })),
          ...proof.map((_, at) => ({ ...claim, proof: proof.filter((__, i) => i !== at) })),
        ];
        for (const claimed of wrong) expect(() => verifyConsistency(claimed)).toThrow(LogError);
      }
    }
  });

  test.each([
    [0, 0],
    [5, 5],
    [-1, 5],
    [0.5, 5],
    [Number.NaN, 5],
    [0, Number.NaN],
    [0, Infinity],
    [0, 2 ** 53],
  ])('refuses to prove leaf %p of %p', async (index, size) => {
    await expect(proveInclusion(index, size, read)).rejects.toMatchObject({ code: 'out-of-range' });
  });

  test.each([
    [0, 5],
    [6, 5],
    [-1, 5],
    [1.5, 5],
    [1, Number.NaN],
  ])('refuses to prove %p leaves within %p', async (oldSize, newSize) => {
    await expect(proveConsistency(oldSize, newSize, read)).rejects.toMatchObject({ code: 'out-of-range' });
  });

  test('whatever the numbers and bytes, a verifier throws a LogError or holds', () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    const number = fc.oneof(fc.nat({ max: 9 }), fc.double(), fc.integer(), fc.maxSafeNat());
    fc.assert(
      fc.property(number, number, bytes, bytes, fc.array(bytes, { maxLength: 5 }), (a, b, x, y, proof) => {
        for (const verify of [
          () => verifyInclusion({ index: a, size: b, leafHash: x, root: y, proof }),
          () => verifyConsistency({ oldSize: a, newSize: b, oldRoot: x, newRoot: y, proof }),
        ]) {
          try {
            verify();
          } catch (error) {
            expect(error).toBeInstanceOf(LogError);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
