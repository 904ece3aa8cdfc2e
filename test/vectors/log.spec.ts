import { describe, expect, test } from '@jest/globals';
import {
  blobName,
  canonicalBytes,
  cleanText,
  encodeBase64,
  encodeHex,
  fromUtf8,
  parseBase64,
  parseHex,
  parseJson,
  utf8,
} from '@mandate/encoding';
import { CertificateEventSchema } from '@mandate/certificate';
import { entryInForceOn, entryListedAt, ListEntrySchema } from '@mandate/lists';
import {
  hashLeaf,
  PublishedLog,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  verifyTlogProof,
} from '@mandate/transparency-log';
import { z } from 'zod';
import { outcomeOf, readPublished, readVectors } from './read-vectors.ts';

const Text = z.string();

describe('formats §1: canonical JSON and hash', () => {
  const vectors = readVectors(
    'canonical-json',
    z.object({
      values: z.array(z.object({ json: Text, canonical: Text, blob: Text })),
      refused: z.array(z.object({ json: Text, reason: Text })),
      texts: z.array(z.object({ typed: Text, kept: Text })),
    }),
  );

  test.each(vectors.values)('$json has one form and one name', ({ json, canonical, blob }) => {
    const bytes = canonicalBytes(parseJson(utf8(json)));
    expect(fromUtf8(bytes)).toBe(canonical);
    expect(blobName(bytes)).toBe(blob);
  });

  test.each(vectors.refused)('$json has none: $reason', async ({ json }) => {
    expect(await outcomeOf(() => canonicalBytes(parseJson(utf8(json))))).toBe('invalid-json');
  });

  test.each(vectors.texts)('$typed is kept as $kept', ({ typed, kept }) => {
    expect(cleanText(typed)).toBe(kept);
  });
});

const entries = readVectors(
  'entries',
  z.object({
    leaves: z.array(
      z.object({ log: z.enum(['lists', 'certificates']), index: z.number(), leaf: Text, leafHash: Text }),
    ),
    timeline: z.object({
      key: Text,
      inForce: z.array(z.object({ day: Text, index: z.number().nullable() })),
      listed: z.array(z.object({ time: Text, index: z.number().nullable() })),
    }),
  }),
);

describe('formats §2: entries', () => {
  test.each(entries.leaves)('leaf $index of $log is canonical, of its schema, and has its hash', (vector) => {
    const bytes = utf8(vector.leaf);
    const json = parseJson(bytes);
    expect(canonicalBytes(json)).toEqual(bytes);
    expect(encodeHex(hashLeaf(bytes))).toBe(vector.leafHash);
    const schema = vector.log === 'lists' ? ListEntrySchema : CertificateEventSchema;
    expect(schema.parse(json)).toEqual(json);
  });

  const { key, inForce, listed } = entries.timeline;
  const history = entries.leaves.flatMap(({ log, index, leaf }) => {
    if (log !== 'lists') return [];
    const entry = ListEntrySchema.parse(parseJson(utf8(leaf)));
    return entry.key === key ? [{ index, entry }] : [];
  });

  test.each(inForce)('on $day the entry in force is $index', ({ day, index }) => {
    expect(entryInForceOn(history, day)?.index ?? null).toBe(index);
  });

  test.each(listed)('at $time the list said $index', ({ time, index }) => {
    expect(entryListedAt(history, time)?.index ?? null).toBe(index);
  });
});

describe('formats §3: log', () => {
  const log = readVectors(
    'log',
    z.object({
      origin: Text,
      vkey: Text,
      size: z.number(),
      root: Text,
      checkpoint: Text,
      files: z.record(Text, Text),
      withExtension: Text,
      withCosignature: Text,
      lenientKey: z.object({ vkey: Text, checkpoint: Text, reason: Text }),
      refused: z.array(z.object({ checkpoint: Text, reason: Text })),
    }),
  );

  test.each(['checkpoint', 'withExtension', 'withCosignature'] as const)('%s says size and root', (name) => {
    const { origin, size, root } = verifyCheckpoint(log[name], log);
    expect({ origin, size, root: encodeHex(root) }).toEqual({
      origin: log.origin,
      size: log.size,
      root: log.root,
    });
  });

  test.each(log.refused)(
    'a twin of the checkpoint is refused, %#: $reason',
    async ({ checkpoint, reason }) => {
      expect(await outcomeOf(() => verifyCheckpoint(checkpoint, log))).toBe(reason);
    },
  );

  test('a signature that only lenient Ed25519 accepts is none', async () => {
    const { vkey, checkpoint, reason } = log.lenientKey;
    expect(await outcomeOf(() => verifyCheckpoint(checkpoint, { origin: log.origin, vkey }))).toBe(reason);
  });

  test('tiles and bundles give each leaf, and are the published files', async () => {
    const files = new Map(Object.entries(log.files).map(([path, base64]) => [path, parseBase64(base64)]));
    const fetch = async (path: string) => files.get(path) ?? Promise.reject(new Error(path));
    const { log: published } = await PublishedLog.open(fetch, log);
    for (const { log: name, index, leaf } of entries.leaves)
      if (name === 'lists') expect(fromUtf8(await published.readLeaf(index))).toBe(leaf);
    for (const [path, bytes] of files)
      expect(encodeBase64(readPublished(`log/lists/${path}`))).toBe(encodeBase64(bytes));
  });

  const proofs = readVectors(
    'proofs',
    z.object({
      inclusion: z.array(
        z.object({
          index: z.number(),
          size: z.number(),
          leafHash: Text,
          root: Text,
          proof: z.array(Text),
          expect: Text,
        }),
      ),
      consistency: z.array(
        z.object({
          oldSize: z.number(),
          newSize: z.number(),
          oldRoot: Text,
          newRoot: Text,
          proof: z.array(Text),
          expect: Text,
        }),
      ),
      tlogProof: z.object({ index: z.number(), leaf: Text, proof: Text }),
    }),
  );

  test.each(proofs.inclusion)('inclusion of $index in $size, %#: $expect', async (vector) => {
    const { index, size } = vector;
    const [leafHash, root] = [parseHex(vector.leafHash), parseHex(vector.root)];
    const claim = { index, size, leafHash, root, proof: vector.proof.map(parseHex) };
    expect(await outcomeOf(() => verifyInclusion(claim))).toBe(vector.expect);
  });

  test.each(proofs.consistency)('consistency of $oldSize and $newSize, %#: $expect', async (vector) => {
    const { oldSize, newSize } = vector;
    const [oldRoot, newRoot] = [parseHex(vector.oldRoot), parseHex(vector.newRoot)];
    const claim = { oldSize, newSize, oldRoot, newRoot, proof: vector.proof.map(parseHex) };
    expect(await outcomeOf(() => verifyConsistency(claim))).toBe(vector.expect);
  });

  test('the tlog-proof proves its leaf, and no other', async () => {
    const { leaf, proof, index } = proofs.tlogProof;
    expect(verifyTlogProof(utf8(leaf), proof, log).index).toBe(index);
    expect(await outcomeOf(() => verifyTlogProof(utf8(`${leaf} `), proof, log))).toBe('not-included');
  });
});
