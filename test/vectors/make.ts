import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  blobName,
  canonicalBytes,
  encodeBase64,
  encodeHex,
  sha256,
  utf8,
  type Json,
} from '@mandate/encoding';
import { summarize } from '@mandate/lists';
import { encodePublicKey, keyFingerprint, parseCertificate, stapleProof } from '@mandate/signature';
import { parseTlogProof } from '@mandate/transparency-log';
import {
  encodeStaple,
  encodeStatusBits,
  encodeStatusList,
  encodeTrustList,
  type TrustListContent,
} from '@mandate/trust';
import { makeTestAuthority, type TestCertificate } from '../support/test-authority.ts';
import { certificateUnder, drawAndSign, issueEvent, qrOf } from './make-certificate.ts';
import { writeVectors } from './write-vectors.ts';
import {
  HOST,
  item,
  ITEM,
  KEY_NAMES,
  laterItem,
  listActs,
  NEGATIVE_LIST,
  openLog,
  organ,
  ORGAN,
  ORGAN_NAME,
  PUBLIC_URL,
  region,
  seconds,
  testKey,
  testSeed,
  type,
  type Act,
  type TinyLog,
} from './tiny-registry.ts';

// Run by hand, never by a test: node --import ./apps/registry/bin/typescript-hooks.js test/vectors/make.ts
// The organ's key and the order in which its signature comes out are new each time, so all files change with each run.

const FOLDER = import.meta.dirname;
const PUBLISHED = join(FOLDER, 'published');
/** Entries that are there when the certificate is issued. */
const LISTED_AT_ISSUE = 6;
const REVOKED_PLACE = 131_071;
const PUBLISHED_AT = '2026-06-20T02:00:00Z';
const A_DAY_MS = 86_400_000;

const authority = makeTestAuthority('p256');
const acts = listActs(authority.organ);
const lists = openLog('lists');
const certificates = openLog('certificates');

for (const { entry } of acts.slice(0, LISTED_AT_ISSUE)) lists.log.append(canonicalBytes(entry));
const mandate = at(acts, 4);
const certificate = certificateUnder(mandate, await lists.log.proofOf(4));
const signed = await drawAndSign(certificate, authority);
const issue = issueEvent(certificate, signed.documentDigest);
// Another certificate, of which the vectors hold no more than the log does.
const subject = encodeHex(sha256(utf8('commitment to a certificate that nobody sees')));
const events = [
  issue,
  { ...issue, subject, document: '5d'.repeat(32), time: '2026-06-16T03:00:00Z' },
  { v: 1, event: 'revoke', subject, time: '2026-06-19T08:30:00Z', reason: 'withdrawn' },
].map((event) => canonicalBytes(event));
for (const event of events) certificates.log.append(event);
const staple = encodeStaple(issue, parseTlogProof(await certificates.log.proofOf(0)));
const pdf = stapleProof(signed.pdf, staple);
// A checkpoint that travels in a proof keeps its partial tiles (formats §3.4).
const atIssue = await lists.log.files();
for (const { entry } of acts.slice(LISTED_AT_ISSUE)) lists.log.append(canonicalBytes(entry));

const trustList = trustListContent();
const statusList = {
  set: [REVOKED_PLACE],
  url: `${PUBLIC_URL}/data/status/revocation-1.json`,
  validFrom: PUBLISHED_AT,
  validUntil: seconds(new Date(Date.parse(PUBLISHED_AT) + A_DAY_MS)),
  key: testKey('status'),
};

rmSync(PUBLISHED, { recursive: true, force: true });
await publishLogs();
publishRecords();
await publishSigned();
writeFileSync(join(FOLDER, 'certificate.pdf'), pdf);
writeFileSync(
  join(FOLDER, 'secret-test-keys.json'),
  `${JSON.stringify(
    {
      warning: 'Keys of tests, known to everybody: what they sign is worth nothing.',
      ed25519Seeds: Object.fromEntries(KEY_NAMES.map((name) => [name, encodeHex(testSeed(name))])),
    },
    null,
    2,
  )}\n`,
);
await writeVectors(FOLDER, {
  acts,
  lists,
  certificates,
  events,
  certificate,
  pdf,
  unstapled: signed.pdf,
  documentDigest: signed.documentDigest,
  staple,
  qr: qrOf(certificate),
  statusList,
  trustList,
  now: '2026-06-20T03:00:00Z',
  rootFingerprint: keyFingerprint(testKey('root').publicKey),
});

async function publishLogs(): Promise<void> {
  for (const [path, bytes] of atIssue) publish(`log/lists/${path}`, bytes);
  for (const [name, { log }] of Object.entries({ lists, certificates }))
    for (const [path, bytes] of await log.files()) publish(`log/${name}/${path}`, bytes);
}

function publishRecords(): void {
  for (const { blob } of acts) {
    const bytes = canonicalBytes(blob);
    const hex = blobName(bytes).slice('sha256:'.length);
    publish(`data/blobs/${hex.slice(0, 2)}/${hex}.json`, bytes);
  }
  const versions = [4, 7].map((index, n) => ({
    index,
    entry: at(acts, index).entry,
    item: n === 0 ? item : laterItem,
  }));
  const json: Readonly<Record<string, Json>> = {
    [`data/items/${ORGAN}.json`]: { organ: ORGAN, items: [{ key: ITEM, entries: entriesAt(4, 7) }] },
    [`data/summaries/${ORGAN}.json`]: { organ: ORGAN, items: [summarize(ITEM, versions)] },
    'data/organs.json': {
      organs: [{ key: ORGAN, organ, entries: entriesAt(0), items: 1, categories: { '01': 1 } }],
    },
    'data/regions.json': { regions: [{ key: region.code, region, entries: entriesAt(1) }] },
    'data/types.json': { types: [{ code: type.code, type, entries: entriesAt(2) }] },
    'data/negative-lists.json': {
      lists: [{ key: NEGATIVE_LIST, list: at(acts, 5).blob, items: 1, entries: entriesAt(5) }],
    },
    [`data/negative/${NEGATIVE_LIST}.json`]: {
      list: NEGATIVE_LIST,
      items: [{ key: `${NEGATIVE_LIST}.100004`, entries: entriesAt(6) }],
    },
    'data/editions.json': {
      editions: [{ key: at(acts, 8).entry.key, edition: at(acts, 8).blob, entries: entriesAt(8) }],
    },
  };
  for (const [path, value] of Object.entries(json)) publish(path, canonicalBytes(value));
}

function trustListContent(): TrustListContent {
  const key = (name: 'status' | 'qr') => ({
    key: encodePublicKey(testKey(name).publicKey),
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2046-01-01T00:00:00Z',
  });
  const log = (kind: 'lists' | 'certificates', { origin, vkey }: TinyLog) => ({ kind, origin, vkey });
  const der = ({ der: bytes }: TestCertificate) => ({
    sha256: encodeHex(sha256(bytes)),
    der: encodeBase64(bytes),
  });
  const { validFrom, validUntil } = parseCertificate(authority.organ.der);
  const period = { notBefore: seconds(validFrom), notAfter: seconds(validUntil) };
  return {
    version: 3,
    issued: PUBLISHED_AT,
    nextUpdate: seconds(new Date(Date.parse(PUBLISHED_AT) + 7 * A_DAY_MS)),
    registry: { name: '示例登记簿', publicUrl: PUBLIC_URL },
    organs: [{ key: ORGAN, name: ORGAN_NAME, certificates: [{ ...der(authority.organ), ...period }] }],
    authorities: [der(authority.root)],
    logs: [log('lists', lists), log('certificates', certificates)],
    keys: { status: [key('status')], qr: [key('qr')] },
    sample: true,
  };
}

async function publishSigned(): Promise<void> {
  const root = testKey('root');
  publish('data/trust-list.json', encodeTrustList(trustList, root));
  publish('data/status/revocation-1.json', encodeStatusList(encodeStatusBits(statusList.set), statusList));
  const about = async ({ log: tree, origin, vkey }: TinyLog): Promise<Json> => {
    const checkpoint = await tree.checkpoint();
    return { origin, vkey, size: tree.size, root: checkpoint.split('\n')[2] ?? '', checkpoint };
  };
  publish(
    'data/registry.json',
    canonicalBytes({
      schema: 'registry/1',
      name: '示例登记簿',
      publicUrl: `https://${HOST}`,
      rootKey: encodePublicKey(root.publicKey),
      rootFingerprint: keyFingerprint(root.publicKey),
      logs: { lists: await about(lists), certificates: await about(certificates) },
      asOf: at(acts, acts.length - 1).entry.time,
      sample: true,
    }),
  );
}

function entriesAt(...indexes: readonly number[]): Json {
  return indexes.map((index) => ({ index, entry: at(acts, index).entry }));
}

function publish(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(PUBLISHED, path)), { recursive: true });
  writeFileSync(join(PUBLISHED, path), bytes);
}

function at(all: readonly Act[], index: number): Act {
  const act = all[index];
  if (act === undefined) throw new Error(`no act ${index}`);
  return act;
}
