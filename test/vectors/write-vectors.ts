import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  blobName,
  canonicalBytes,
  cleanText,
  encodeBase64,
  encodeHex,
  fromUtf8,
  sha256,
  utf8,
  type Json,
} from '@mandate/encoding';
import { readSignedPdf } from '@mandate/signature';
import {
  encodeNote,
  encodeVerifierKey,
  hashLeaf,
  parseCheckpoint,
  parseNote,
  proveConsistency,
  proveInclusion,
  rootHash,
  signNote,
  verifierKey,
} from '@mandate/transparency-log';
import { certificateCases, qrCases, stapleCases, statusCases, trustCases } from './hostile-twins.ts';
import type { Material } from './material.ts';
import { HOST, ITEM, openLog } from './tiny-registry.ts';

export async function writeVectors(folder: string, material: Material): Promise<void> {
  const files: Readonly<Record<string, Json>> = {
    'canonical-json': canonicalVectors(),
    entries: entryVectors(material),
    log: await logVectors(material),
    proofs: await proofVectors(material),
    staple: stapleCases(material),
    certificate: await certificateVectors(material),
    qr: qrCases(material),
    'status-list': statusCases(material),
    'trust-list': trustCases(material),
  };
  for (const [name, value] of Object.entries(files))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
}

function canonicalVectors(): Json {
  const spellings = [
    '{ "b": 1, "a": "食品", "Z": [true, null, 1.50], "10": 1e21, "2": -0 }',
    '{"text":"\\u0061\\n\\u2028\\ud83d\\ude00\\u0007\\/"}',
    '{"é":1,"é":2,"ﬃ":3,"😀":4}',
    '[]',
  ];
  const texts = [' e\u0301tat\r\n第一条\u2028第二条\u0007\t完 ', '\ufeff一\r二', 'A\u0000B'];
  return {
    values: spellings.map((json) => {
      // Of spellings written above.
      const bytes = canonicalBytes(JSON.parse(json) as Json);
      return { json, canonical: fromUtf8(bytes), blob: blobName(bytes) };
    }),
    refused: [{ json: '"\\ud800"', reason: 'half of a surrogate pair has no UTF-8' }],
    texts: texts.map((typed) => ({ typed, kept: cleanText(typed) })),
  };
}

function entryVectors({ acts, events }: Material): Json {
  const leaf = (log: string, index: number, bytes: Uint8Array): Json => ({
    log,
    index,
    leaf: fromUtf8(bytes),
    leafHash: encodeHex(hashLeaf(bytes)),
  });
  return {
    leaves: [
      ...acts.map(({ entry }, index) => leaf('lists', index, canonicalBytes(entry))),
      ...events.map((bytes, index) => leaf('certificates', index, bytes)),
    ],
    timeline: {
      key: ITEM,
      inForce: [
        { day: '2026-01-04', index: null },
        { day: '2026-01-05', index: 4 },
        { day: '2026-12-31', index: 4 },
        { day: '2027-01-01', index: 7 },
      ],
      listed: [
        { time: '2026-01-05T00:59:59Z', index: null },
        { time: '2026-01-05T01:00:00Z', index: 4 },
        { time: '2026-06-18T01:00:00Z', index: 7 },
      ],
    },
  };
}

async function logVectors({ lists }: Material): Promise<Json> {
  const { origin, vkey, signer, log } = lists;
  const checkpoint = await log.checkpoint();
  const { size, root } = parseCheckpoint(parseNote(checkpoint).text);
  const text = (changes: { origin?: string; size?: string; root?: string }): string =>
    `${changes.origin ?? origin}\n${changes.size ?? String(size)}\n${changes.root ?? encodeBase64(root)}\n`;
  const [line = ''] = checkpoint.split('\n\n').slice(-1);
  const flipped = checkpoint.replace(
    / ([A-Za-z0-9+/])([A-Za-z0-9+/=]*)\n$/,
    (_, first: string, rest: string) => {
      const last = rest.charAt(20) === 'A' ? 'B' : 'A';
      return ` ${first}${rest.slice(0, 20)}${last}${rest.slice(21)}\n`;
    },
  );
  const stranger = openLog('certificates');
  const files = [...(await log.files())].map(([path, bytes]): [string, Json] => [path, encodeBase64(bytes)]);
  return {
    origin,
    vkey,
    size,
    root: encodeHex(root),
    checkpoint,
    files: Object.fromEntries(files),
    withExtension: await signNote(`${text({})}extension line\n`, signer),
    withCosignature: `${checkpoint}— witness.example/w ${encodeBase64(new Uint8Array(76).fill(7))}\n`,
    lenientKey: lenientCheckpoint(text({})),
    refused: [
      { checkpoint: flipped, reason: 'bad-signature' },
      { checkpoint: `${text({ size: '8' })}\n${line}`, reason: 'bad-signature' },
      { checkpoint: await signNote(text({ origin: 'other.example/lists' }), signer), reason: 'wrong-origin' },
      { checkpoint: await stranger.log.checkpoint(0), reason: 'unknown-signer' },
      { checkpoint: await signNote(text({ size: '09' }), signer), reason: 'invalid-checkpoint' },
      { checkpoint: await signNote(text({ root: 'AAAA' }), signer), reason: 'invalid-checkpoint' },
      { checkpoint: text({}), reason: 'invalid-note' },
    ],
  };
}

/** The neutral point as key and as R, with S = 0: lenient readers take it for a signature of every text. */
function lenientCheckpoint(text: string): Json {
  const key = verifierKey(
    `${HOST}/lists`,
    Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0)),
  );
  const signature = Uint8Array.from({ length: 64 }, (_, i) => (i === 0 ? 1 : 0));
  const { name, id } = key;
  return {
    vkey: encodeVerifierKey(key),
    checkpoint: encodeNote({ text, signatures: [{ name, id, signature }] }),
    reason: 'bad-signature',
  };
}

async function proofVectors({ acts, lists }: Material): Promise<Json> {
  const { log } = lists;
  const { size } = log;
  const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map(encodeHex);
  const root = encodeHex(await rootHash(size, log.readHashes));
  const inclusion = async (index: number): Promise<Record<string, Json>> => ({
    index,
    size,
    leafHash: encodeHex(hashLeaf(canonicalBytes(acts[index]?.entry ?? null))),
    root,
    proof: hex(await proveInclusion(index, size, log.readHashes)),
  });
  const consistency = async (oldSize: number): Promise<Record<string, Json>> => ({
    oldSize,
    newSize: size,
    oldRoot: encodeHex(await rootHash(oldSize, log.readHashes)),
    newRoot: root,
    proof: hex(await proveConsistency(oldSize, size, log.readHashes)),
  });
  const four = await inclusion(4);
  const six = await consistency(6);
  return {
    inclusion: [
      ...(await Promise.all(
        [0, 4, 7, 8].map(async (index) => ({ ...(await inclusion(index)), expect: 'holds' })),
      )),
      { ...four, index: 5, expect: 'not-included' },
      { ...four, leafHash: '00'.repeat(32), expect: 'not-included' },
      { ...four, proof: hex(await proveInclusion(4, 8, log.readHashes)), expect: 'not-included' },
      { ...four, index: 9, expect: 'out-of-range' },
    ],
    consistency: [
      ...(await Promise.all(
        [1, 6, 8, 9].map(async (old) => ({ ...(await consistency(old)), expect: 'holds' })),
      )),
      { ...six, oldRoot: root, expect: 'inconsistent' },
      { ...six, proof: [], expect: 'inconsistent' },
      { ...six, oldSize: 0, expect: 'out-of-range' },
    ],
    tlogProof: {
      index: 4,
      leaf: fromUtf8(canonicalBytes(acts[4]?.entry ?? null)),
      proof: await log.proofOf(4),
    },
  };
}

async function certificateVectors(material: Material): Promise<Json> {
  const { certificate, pdf, documentDigest, now, rootFingerprint } = material;
  const { byteRange, signerCertificate, attachment = new Uint8Array() } = await readSignedPdf(pdf);
  return {
    file: 'certificate.pdf',
    bytes: pdf.length,
    byteRange,
    documentDigest: encodeHex(documentDigest),
    signerCertificate: encodeHex(sha256(signerCertificate)),
    attachment: fromUtf8(attachment),
    dataDigest: encodeHex(sha256(canonicalBytes(certificate))),
    commitment: encodeHex(
      sha256(Uint8Array.from([...Buffer.from(certificate.salt, 'hex'), ...utf8(certificate.identifier)])),
    ),
    rootFingerprint,
    now,
    cases: certificateCases(material),
  };
}
