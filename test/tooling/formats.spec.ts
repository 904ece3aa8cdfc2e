import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  CertificateFormatError,
  findEventOf,
  parseCertificateJson,
  parseQrPayload,
  subjectCommitment,
} from '@mandate/certificate';
import { formatCertificateIdentifier } from '@mandate/codes';
import {
  blobName,
  canonicalBytes,
  encodeHex,
  fromUtf8,
  parseJson,
  sha256,
  utf8,
  type Json,
} from '@mandate/encoding';
import { AuthorityItemSchema, ListEntrySchema, NegativeListItemSchema } from '@mandate/lists';
import { readSignedPdf } from '@mandate/signature';
import { hashLeaf } from '@mandate/transparency-log';
import { z } from 'zod';
import { openLog } from '../vectors/tiny-registry.ts';
import { PUBLISHED, readPublished, readVectors, VECTORS } from '../vectors/read-vectors.ts';
import { REPOSITORY } from './house-copy.ts';

// Every chapter of docs/formats.md has one worked example, its only block of JSON; here each is computed again.

const text = readFileSync(join(REPOSITORY, 'docs/formats.md'), 'utf8');
const chapters = new Map(
  text
    .split(/^## (?=\d+ )/m)
    .slice(1)
    .map((chapter) => [Number.parseInt(chapter, 10), chapter]),
);

function exampleOf<T>(chapter: number, schema: z.ZodType<T>): T {
  const blocks = [...(chapters.get(chapter) ?? '').matchAll(/^```json\n(.*?)^```$/gms)];
  expect(blocks).toHaveLength(1);
  return schema.parse(JSON.parse(blocks[0]?.[1] ?? ''));
}

const Text = z.string();
const readJson = (path: string): Json => parseJson(readPublished(path));
const entries = readVectors(
  'entries',
  z.object({
    leaves: z.array(z.object({ log: Text, index: z.number(), leaf: Text, leafHash: Text })),
    timeline: z.object({ inForce: z.array(z.object({ day: Text, index: z.number().nullable() })) }),
  }),
);
const certificate = readVectors(
  'certificate',
  z.looseObject({ attachment: Text, commitment: Text, cases: z.array(z.looseObject({ now: Text })) }),
);
const data = parseCertificateJson(parseJson(utf8(certificate.attachment)));

test('chapters are 1 to 11, their clauses in order, each chapter with its worked example last', () => {
  expect([...chapters.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  for (const [number, chapter] of chapters) {
    const clauses = [...chapter.matchAll(/^### (\S+) (.*)$/gm)].map(([, clause = '', title = '']) => ({
      clause,
      title,
    }));
    expect(clauses.map(({ clause }) => clause)).toEqual(clauses.map((_, at) => `${number}.${at + 1}`));
    expect(clauses.at(-1)?.title).toBe('Worked example');
  }
});

test('1: canonical form and name of a blob', () => {
  const example = exampleOf(1, z.object({ json: Text, canonical: Text, blob: Text }));
  const bytes = canonicalBytes(parseJson(utf8(example.json)));
  expect(fromUtf8(bytes)).toBe(example.canonical);
  expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(example.blob);
});

test('2: a leaf, its hash, its blob, and which entry is in force', () => {
  const example = exampleOf(
    2,
    z.object({
      leaf: Text,
      leafHash: Text,
      blob: Text,
      inForce: z.array(z.object({ day: Text, index: z.number() })),
      recorded: Text,
    }),
  );
  expect(encodeHex(hashLeaf(utf8(example.leaf)))).toBe(example.leafHash);
  expect(parseJson(utf8(example.leaf))).toHaveProperty('blob', blobName(utf8(example.blob)));
  expect(entries.leaves[0]).toEqual({
    log: 'lists',
    index: 0,
    leaf: example.leaf,
    leafHash: example.leafHash,
  });
  expect(entries.timeline.inForce).toEqual(expect.arrayContaining(example.inForce));
  const growth = readVectors(
    'growth',
    z.looseObject({ entries: z.looseObject({ cases: z.array(z.unknown()) }) }),
  );
  expect(growth.entries.cases).toContainEqual({ leaf: example.recorded, expect: 'read' });
  const recorded = ListEntrySchema.parse(parseJson(utf8(example.recorded)));
  expect(fromUtf8(canonicalBytes(recorded))).toBe(example.recorded);
  expect([recorded.kind, recorded.overruled?.length]).toEqual(['recorded', 1]);
});

test.each([
  ['2.9', AuthorityItemSchema],
  ['2.10', NegativeListItemSchema],
])('%s names every member of an item', (clause, schema) => {
  const said = text.split(/^### /m).find((part) => part.startsWith(`${clause} `)) ?? '';
  const members = [
    ...JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' })).matchAll(/"(\w+)":\{/g),
  ]
    .map(([, member = '']) => member)
    // Words of JSON Schema; `schema` is said once for all blobs, §2.4.
    .filter((member) => !['properties', 'items', 'additionalProperties', 'schema'].includes(member));
  expect(members.length).toBeGreaterThan(5);
  expect([...new Set(members)].filter((member) => !new RegExp(`\\b${member}\\b`).test(said))).toEqual([]);
});

test('3: a log after its first three entries', async () => {
  const example = exampleOf(
    3,
    z.object({ origin: Text, vkey: Text, checkpoint: Text, proofOfLeaf1: Text, files: z.array(Text) }),
  );
  const { origin, vkey, log } = openLog('lists');
  for (const { leaf } of entries.leaves.slice(0, 3)) log.append(utf8(leaf));
  expect({
    origin,
    vkey,
    checkpoint: await log.checkpoint(),
    proofOfLeaf1: await log.proofOf(1),
    files: [...(await log.files()).keys()],
  }).toEqual(example);
});

test('4: an identifier and a commitment', () => {
  const example = exampleOf(4, z.record(Text, Text));
  const { type = '', serial = '', version = '', salt = '', identifier = '' } = example;
  expect(formatCertificateIdentifier({ type, issuer: type.slice(0, 18), serial, version })).toBe(identifier);
  expect(subjectCommitment(salt, identifier)).toBe(example['commitment']);
  expect({ identifier: data.identifier, salt: data.salt, organ: data.issuer.organ }).toEqual({
    identifier,
    salt,
    organ: example['organ'],
  });
});

test('5: ranges and digest of the sample certificate', async () => {
  const pdf = readFileSync(join(VECTORS, 'certificate.pdf'));
  const { byteRange, documentDigest, signerCertificate } = await readSignedPdf(pdf);
  expect(exampleOf(5, z.json())).toEqual({
    bytes: pdf.length,
    byteRange,
    documentDigest: encodeHex(documentDigest),
    signerCertificate: encodeHex(sha256(signerCertificate)),
  });
});

test('6: what a Data Integrity proof signs', () => {
  const file = z
    .looseObject({
      credentialSubject: z.looseObject({ encodedList: Text }),
      proof: z.looseObject({ proofValue: Text }),
    })
    .parse(readJson('data/status/revocation-1.json'));
  const {
    proof: { proofValue, ...config },
    ...document
  } = file;
  const hash = (value: unknown): string => encodeHex(sha256(canonicalBytes(value as Json)));
  const list = readVectors('status-list', z.looseObject({ key: Text, set: z.array(z.number()) }));
  expect(exampleOf(6, z.json())).toEqual({
    key: list.key,
    configHash: hash(config),
    documentHash: hash(document),
    proofValue,
    encodedList: file.credentialSubject.encodedList,
    set: list.set,
  });
});

test('7: a QR code and its fields', () => {
  const qr = readVectors('qr', z.looseObject({ text: Text, payload: Text, identifierLength: z.number() }));
  const { identifier, validFrom, validUntil, statusIndex, keyId } = parseQrPayload(qr.text).claim;
  const { text: code, payload, identifierLength } = qr;
  expect(exampleOf(7, z.json())).toEqual({
    text: code,
    payload,
    identifierLength,
    identifier,
    validFrom,
    validUntil,
    statusIndex,
    keyId,
  });
});

test('8: root and times of the trust list', () => {
  const list = z
    .looseObject({ proof: z.looseObject({ verificationMethod: Text }) })
    .parse(readJson('data/trust-list.json'));
  const { rootKey, version, issued, nextUpdate } = list;
  const { rootFingerprint } = readVectors('trust-list', z.looseObject({ rootFingerprint: Text }));
  const { verificationMethod } = list.proof;
  expect(exampleOf(8, z.json())).toEqual({
    rootKey,
    rootFingerprint,
    version,
    issued,
    nextUpdate,
    verificationMethod,
  });
});

describe('9', () => {
  const example = exampleOf(9, z.record(Text, z.array(z.record(Text, z.json()))));

  /** As a reader who looks for the sample certificate. */
  const outcomeOf = (json: Record<string, Json>): string => {
    try {
      if (json['schema'] !== undefined) parseCertificateJson(json);
      else if (findEventOf(canonicalBytes(json), certificate.commitment) === undefined) return 'passed-over';
      return 'read';
    } catch (error) {
      if (!(error instanceof CertificateFormatError)) throw error;
      return error.code.replace(/^invalid-.*/, 'invalid');
    }
  };

  test.each(Object.entries(example))('%s', (expected, cases) => {
    expect(cases.map(outcomeOf)).toEqual(cases.map(() => expected));
  });
});

test('10: paths of the tiny registry', () => {
  const { organ, items, blob, bundle, entriesOfItem } = exampleOf(
    10,
    z.object({ organ: Text, items: Text, blob: Text, bundle: Text, entriesOfItem: z.array(z.number()) }),
  );
  const file = z
    .looseObject({
      organ: Text,
      items: z.array(z.looseObject({ entries: z.array(z.looseObject({ index: z.number() })) })),
    })
    .parse(readJson(items));
  expect(file.organ).toBe(organ);
  expect(file.items[0]?.entries.map(({ index }) => index)).toEqual(entriesOfItem);
  expect(blobName(readPublished(blob))).toBe(`sha256:${blob.slice(-69, -5)}`);
  expect(readFileSync(join(PUBLISHED, bundle)).length).toBeGreaterThan(0);
});

test('11: the verdicts are those of the vectors, which the judge is held against', () => {
  const cases = exampleOf(11, z.array(z.record(Text, z.json())));
  for (const one of cases) expect(certificate.cases).toContainEqual(expect.objectContaining(one));
});
