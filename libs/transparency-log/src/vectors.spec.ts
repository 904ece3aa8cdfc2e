import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseBase64 } from '@mandate/encoding';
import { LogError, verifyConsistency, verifyInclusion } from './index.ts';

const shared =
  process.env['MANDATE_SHARED_DATA'] ?? new URL('../../../../shared/data', import.meta.url).pathname;
const folder = `${shared}/vectors/merkle`;
const found = existsSync(folder);
if (!found) console.warn(`skipped: no Merkle vectors at ${folder} (MANDATE_SHARED_DATA names their folder)`);

interface Vector {
  leafIdx: number;
  treeSize: number;
  leafHash: string;
  root: string;
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

const vectors = (kind: string) =>
  globSync(`${kind}/**/*.json`, { cwd: folder }).map((file) => {
    // The README beside the vectors gives their shape.
    const vector = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Vector;
    return { file, vector, proof: (vector.proof ?? []).map(parseBase64) };
  });

const accepts = (verify: () => void): boolean => {
  try {
    verify();
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(LogError);
    return false;
  }
};

(found ? describe : describe.skip)('the vectors of transparency-dev/merkle', () => {
  test('inclusion: agrees with every one', () => {
    const all = vectors('inclusion');
    expect(all.length).toBeGreaterThan(90);
    for (const { file, vector, proof } of all) {
      const accepted = accepts(() =>
        verifyInclusion({
          index: vector.leafIdx,
          size: vector.treeSize,
          leafHash: parseBase64(vector.leafHash),
          root: parseBase64(vector.root),
          proof,
        }),
      );
      expect({ file, accepted }).toEqual({ file, accepted: !vector.wantErr });
    }
  });

  test('consistency: agrees with every one', () => {
    const all = vectors('consistency');
    expect(all.length).toBeGreaterThan(90);
    for (const { file, vector, proof } of all) {
      const accepted = accepts(() =>
        verifyConsistency({
          oldSize: vector.size1,
          newSize: vector.size2,
          oldRoot: parseBase64(vector.root1),
          newRoot: parseBase64(vector.root2),
          proof,
        }),
      );
      expect({ file, accepted }).toEqual({ file, accepted: !vector.wantErr });
    }
  });
});
