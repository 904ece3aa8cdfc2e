import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { blobName, canonicalBytes, cleanText, fromUtf8, parseHex, utf8 } from '@mandate/encoding';
import {
  encodeVerifierKey,
  MemoryLog,
  parseNote,
  parseVerifierKey,
  signerFromSeed,
  storedHashCoordinate,
  storedHashCount,
  storedHashPosition,
  verifierKey,
  verifyTlogProof,
} from '@mandate/transparency-log';
import { FACTS, VERDICTS } from '@mandate/verification';
import { ed25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';
import { REPOSITORY } from './house-copy.ts';

const FOLDER = join(REPOSITORY, 'docs/decisions');
const FILES = readdirSync(FOLDER).sort();

function textOf(number: string): string {
  const file = FILES.find((name) => name.startsWith(number));
  if (file === undefined) throw new Error(`no decision ${number}`);
  return readFileSync(join(FOLDER, file), 'utf8');
}

/** The worked example of a decision: its one block of JSON. */
function exampleOf<T>(number: string, schema: z.ZodType<T>): T {
  const blocks = [...textOf(number).matchAll(/^```json\n(.*?)^```$/gms)];
  expect(blocks).toHaveLength(1);
  return schema.parse(JSON.parse(blocks[0]?.[1] ?? ''));
}

describe('a decision record', () => {
  test('has its number once, without a gap', () => {
    expect(FILES.map((name) => Number(name.slice(0, 3)))).toEqual(FILES.map((_, at) => at + 1));
    for (const name of FILES) expect(name).toMatch(/^\d{3}-[a-z0-9-]+\.md$/);
  });

  test.each(FILES)('%s says context, decision and consequences on one page', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    expect(text).toMatch(new RegExp(`^# ${name.slice(0, 3)} \\S`));
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings.filter((heading) => heading !== 'Worked example')).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
    expect(text.split('\n').length).toBeLessThan(70);
  });
});

test('001: value, canonical text, hash and cleaned text follow from each other', () => {
  const { value, canonical, blob, typed, kept } = exampleOf(
    '001',
    z.object({
      value: z.record(z.string(), z.json()),
      canonical: z.string(),
      blob: z.string(),
      typed: z.string(),
      kept: z.string(),
    }),
  );
  expect(fromUtf8(canonicalBytes(value))).toBe(canonical);
  expect(fromUtf8(canonicalBytes(JSON.parse(canonical)))).toBe(canonical);
  expect(blobName(utf8(canonical))).toBe(blob);
  // Not with our own SHA-256 alone.
  expect(`sha256:${createHash('sha256').update(canonical, 'utf8').digest('hex')}`).toBe(blob);
  expect(cleanText(typed)).toBe(kept);
});

describe('002', () => {
  const example = exampleOf(
    '002',
    z.object({
      origin: z.string(),
      seed: z.string(),
      vkey: z.string(),
      leaves: z.array(z.string()),
      checkpoint: z.string(),
      proofOfLeaf1: z.string(),
      files: z.array(z.string()),
    }),
  );
  const { origin, seed, vkey, leaves, checkpoint, proofOfLeaf1 } = example;

  test('key, checkpoint, proof and file names follow from origin, seed and leaves', async () => {
    const key = verifierKey(origin, ed25519.getPublicKey(parseHex(seed)));
    expect(encodeVerifierKey(key)).toBe(vkey);
    const log = new MemoryLog(origin, signerFromSeed(key, parseHex(seed)));
    for (const leaf of leaves) log.append(utf8(leaf));
    expect(await log.checkpoint()).toBe(checkpoint);
    expect(await log.proofOf(1)).toBe(proofOfLeaf1);
    expect([...(await log.files()).keys()]).toEqual(example.files);
  });

  test('the proof convinces a verifier who knows origin and key only', () => {
    const { index } = verifyTlogProof(utf8(leaves[1] ?? ''), proofOfLeaf1, { origin, vkey });
    expect(index).toBe(1);
    expect(() => verifyTlogProof(utf8(leaves[2] ?? ''), proofOfLeaf1, { origin, vkey })).toThrow();
  });

  test('the leaves are canonical, and the root and signature are those of another implementation', () => {
    for (const leaf of leaves) expect(fromUtf8(canonicalBytes(JSON.parse(leaf)))).toBe(leaf);
    const hash = (prefix: number, ...parts: readonly Buffer[]): Buffer =>
      createHash('sha256')
        .update(Buffer.concat([Buffer.of(prefix), ...parts]))
        .digest();
    const [a, b, c] = leaves.map((leaf) => hash(0, Buffer.from(leaf, 'utf8')));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three leaves');
    const { text, signatures } = parseNote(checkpoint);
    expect(text).toBe(`${origin}\n3\n${hash(1, hash(1, a, b), c).toString('base64')}\n`);
    const raw = Buffer.from(parseVerifierKey(vkey).publicKey);
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
      format: 'jwk',
    });
    expect(signatures.map(({ signature }) => verify(null, utf8(text), key, signature))).toEqual([true]);
  });
});

test('003: the pins are those of package.json', () => {
  const pins = exampleOf('003', z.record(z.string(), z.json()));
  const { type, engines, workspaces, optionalDependencies } = z
    .record(z.string(), z.json())
    .parse(JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')));
  expect(pins).toEqual({ type, engines, workspaces, optionalDependencies });
});

test('004: the words and their order are those of the library', () => {
  const rows = [...textOf('004').matchAll(/^\| `([a-z-]+)`/gm)].map(([, word]) => word);
  expect(rows).toEqual([...VERDICTS]);
  expect(exampleOf('004', z.object({ facts: z.array(z.string()) })).facts).toEqual([...FACTS]);
});

test('006: positions and counts of stored hashes are those of the library', () => {
  const { positions, count } = exampleOf(
    '006',
    z.object({ positions: z.array(z.tuple([z.number(), z.number()])), count: z.array(z.number()) }),
  );
  expect(positions).toHaveLength(storedHashCount(5));
  for (const [position, [level, index]] of positions.entries()) {
    expect(storedHashCoordinate(position)).toEqual({ level, index });
    expect(storedHashPosition(level, index)).toBe(position);
  }
  expect(count).toEqual(count.map((_, size) => storedHashCount(size)));
});
