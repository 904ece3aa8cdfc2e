import {
  canonicalBytes,
  encodeBase32,
  fromUtf8,
  parseBase32,
  parseJson,
  utf8,
  type Json,
} from '@mandate/encoding';
import { subjectCommitment } from '@mandate/certificate';
import { addProof, didKey, ed25519PublicKey, stapleProof, type JsonObject } from '@mandate/signature';
import { encodeTlogProof } from '@mandate/transparency-log';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  MemoryRegistry,
  type IssuedCertificate,
  type MemorySource,
} from '../../../test/support/memory-registry.ts';
import {
  explain,
  verifyDocument,
  verifyQr,
  type FactName,
  type Verdict,
  type VerifyOptions,
} from './index.ts';

// Files of a later version (formats §9.5): not decided, and never a way to turn a refusal into that.

const NOW = new Date('2026-06-20T02:00:00Z');
const TRUST = 'data/trust-list.json';
const STATUS = 'data/status/revocation-1.json';

let registry: MemoryRegistry;
let foreign: MemoryRegistry;
let issued: IssuedCertificate;
let source: MemorySource;

beforeAll(async () => {
  registry = await MemoryRegistry.open();
  foreign = await MemoryRegistry.open('registry.example', 'two');
  issued = await registry.issue();
  source = await registry.publish();
});

const judge = (file: Uint8Array, options: Partial<VerifyOptions> = {}) =>
  verifyDocument(file, { source, rootFingerprint: registry.rootFingerprint, now: NOW, ...options });

const factOf = ({ verdict, facts }: Verdict, name: FactName): string => {
  const { state, code } = facts.find((fact) => fact.name === name) ?? {};
  return `${verdict}: ${name} ${state} ${code ?? ''}`.trim();
};

function expectTooOld(verdict: Verdict, name: FactName): void {
  expect(factOf(verdict, name)).toBe(`indeterminate: ${name} unknown newer-format`);
  const { advice, facts } = explain(verdict);
  expect(advice?.zh).toContain('更新');
  expect(facts.find(({ fact }) => fact.name === name)?.sentence.zh).toContain('比本程序新');
}

/** Of just made JSON: an object. */
const objectOf = (bytes: Uint8Array) => parseJson(bytes) as JsonObject;

describe('a certificate of a later version', () => {
  const later = (schema: string) => fromUtf8(canonicalBytes({ ...issued.certificate, schema, holders: [] }));

  test('by a listed organ is not decided', async () => {
    const { pdf } = await registry.issue({ attachment: later('certificate/2') });
    expectTooOld(await judge(pdf), 'integrity');
  });

  test('by a stranger is a stranger’s, and one byte changed is altered still', async () => {
    const attachment = later('certificate/2');
    const theirs = await foreign.issue({ attachment });
    expect(factOf(await judge(theirs.pdf), 'issuer')).toBe(
      'untrusted-issuer: issuer fails foreign-signature',
    );
    const { pdf } = await registry.issue({ attachment });
    const at = Buffer.from(pdf).indexOf('/EmbeddedFile');
    const changed = pdf.map((byte, i) => (i === at + 1 ? byte ^ 1 : byte));
    expect(factOf(await judge(changed), 'integrity')).toBe('altered: integrity fails altered');
  });

  test.each(['certificate/0', 'certificate/02', 'certificate-type/2', 'certificate'])(
    'that calls itself %s is none',
    async (schema) => {
      const { pdf } = await registry.issue({ attachment: later(schema) });
      expect(factOf(await judge(pdf), 'integrity')).toBe('altered: integrity fails attachment-invalid');
    },
  );

  test('needs its canonical form like any other', async () => {
    const { pdf } = await registry.issue({ attachment: ` ${later('certificate/2')}` });
    expect(factOf(await judge(pdf), 'integrity')).toBe('altered: integrity fails attachment-not-canonical');
  });
});

describe('a signed file of a later version', () => {
  const resigned = (file: Uint8Array, by: { privateKey: Uint8Array }, changes: JsonObject): Uint8Array => {
    const { proof: _, ...content } = objectOf(file);
    const method = didKey(ed25519PublicKey(by.privateKey));
    const proof = { key: by, verificationMethod: method, created: '2026-06-20T01:00:00Z' };
    return canonicalBytes(addProof({ ...content, ...changes }, proof));
  };
  const named = (file: Uint8Array, changes: JsonObject) => canonicalBytes({ ...objectOf(file), ...changes });

  test.each<[string, Json]>([
    ['a newer schema', { schema: 'trust-list/2' }],
    ['a newer schema in another form', { schema: 'trust-list/3', organs: {} }],
  ])('the trust list with %s by the root is not decided, file and code alike', async (_, changes) => {
    // An object, as the table has it.
    const list = resigned(registry.trustList(), registry.secretKey('root'), changes as JsonObject);
    const options = { source: source.with({ [TRUST]: list }) };
    expectTooOld(await judge(issued.pdf, options), 'issuer');
    const code = await verifyQr(issued.qr, {
      rootFingerprint: registry.rootFingerprint,
      now: NOW,
      ...options,
    });
    expect(factOf(code, 'issuer')).toBe('indeterminate: issuer unknown newer-format');
  });

  test('the trust list says newer-format to nobody whom the root has not signed it for', async () => {
    const changes = { schema: 'trust-list/2' };
    for (const [list, code] of [
      [named(registry.trustList(), changes), 'trust-list-invalid'],
      [resigned(registry.trustList(), registry.secretKey('qr'), changes), 'trust-list-invalid'],
      [resigned(foreign.trustList(), foreign.secretKey('root'), changes), 'trust-list-foreign'],
      [
        resigned(registry.trustList(), registry.secretKey('root'), { schema: 'trust-list/0' }),
        'trust-list-invalid',
      ],
      [resigned(registry.trustList(), registry.secretKey('root'), { later: 1 }), 'trust-list-invalid'],
    ] as const)
      expect(factOf(await judge(issued.pdf, { source: source.with({ [TRUST]: list }) }), 'issuer')).toBe(
        `indeterminate: issuer unknown ${code}`,
      );
  });

  test('the status list by the status key is not decided, by another it is none', async () => {
    const list = registry.statusList('2026-06-20T01:00:00Z');
    const changes = { '@context': ['https://www.w3.org/ns/credentials/v3'], form: 'later' };
    const of = async (file: Uint8Array) => judge(issued.pdf, { source: source.with({ [STATUS]: file }) });
    expectTooOld(await of(resigned(list, registry.secretKey('status'), changes)), 'status');
    for (const other of [
      named(list, changes),
      resigned(list, registry.secretKey('qr'), changes),
      resigned(list, registry.secretKey('status'), { '@context': ['https://www.w3.org/ns/credentials/v1'] }),
      resigned(list, registry.secretKey('status'), { later: 1 }),
    ])
      expect(factOf(await of(other), 'status')).toBe('indeterminate: status unknown status-invalid');
  });
});

describe('a log proof of a later version', () => {
  /** The certificate with the leaf of another event in its staple, in the log or not. */
  const stapled = async (event: Json, inLog = true) => {
    const fresh = await MemoryRegistry.open();
    const one = await fresh.issue();
    const leaf = canonicalBytes(event);
    const index = await fresh.certificates.append(leaf);
    const proof = encodeTlogProof({ ...(await fresh.certificates.prove(inLog ? index : 0)), extra: leaf });
    return judge(stapleProof(one.pdf, utf8(proof)), {
      source: await fresh.publish(),
      rootFingerprint: fresh.rootFingerprint,
    });
  };
  const first = async () => {
    const fresh = await MemoryRegistry.open();
    await fresh.issue();
    return objectOf(fresh.certificates.leaves[0] ?? new Uint8Array());
  };

  test('is not decided where the log has the event and it is about this certificate', async () => {
    expectTooOld(await stapled({ ...(await first()), v: 2 }), 'log');
    expectTooOld(await stapled({ ...(await first()), event: 'renew' }), 'log');
  });

  test('is a fault where the log does not have it, or it is about another certificate', async () => {
    expect(factOf(await stapled({ ...(await first()), v: 2 }, false), 'log')).toBe(
      'altered: log fails proof-invalid',
    );
    expect(factOf(await stapled({ v: 2, event: 'issue', subject: '0'.repeat(64) }), 'log')).toBe(
      'altered: log fails proof-of-another-document',
    );
  });

  test('in a file of a later version says no more than one that was taken out', async () => {
    const pdf = stapleProof(issued.pdf, utf8('c2sp.org/tlog-proof@v2\nanything'));
    expectTooOld(await judge(pdf), 'log');
    const revoked = await registry.issue();
    await registry.revoke(revoked.certificate);
    const later = stapleProof(revoked.pdf, utf8('c2sp.org/tlog-proof@v2\nanything'));
    // What has ended stays ended: a staple is signed by nobody.
    expect((await judge(later, { source: await registry.publish() })).verdict).toBe('revoked');
  });

  test('an event with members that are not known holds', async () => {
    const fresh = await MemoryRegistry.open();
    const { pdf } = await fresh.issue({ event: { later: [1] } as object });
    const options = { source: await fresh.publish(), rootFingerprint: fresh.rootFingerprint };
    expect((await judge(pdf, options)).verdict).toBe('valid');
  });

  test('of the list entry, under the signature of the file, leaves the mandate undecided', async () => {
    const { mandate } = issued.certificate;
    const proof = 'c2sp.org/tlog-proof@v2\nindex 0\n\n';
    const { pdf } = await registry.issue({ certificate: { mandate: { ...mandate, proof } } });
    expectTooOld(await judge(pdf), 'mandate');
  });
});

describe('what a log holds beside', () => {
  test('registers, kinds and events of a later version change nothing for the key asked for', async () => {
    const fresh = await MemoryRegistry.open();
    for (const leaf of [
      { v: 1, register: 'drone-route', key: 'd-1', time: '2026-01-01T00:00:00Z', blob: 'later' },
      { v: 2, register: 'authority-item', key: 'o-aaaaaaaaaaaaaaaa.00001' },
      { map: 'mandate/map@1' },
    ])
      await fresh.lists.append(canonicalBytes(leaf));
    await fresh.certificates.append(canonicalBytes({ v: 2, event: 'end', subject: '0'.repeat(64) }));
    const { pdf, certificate } = await fresh.issue();
    await fresh.certificates.append(canonicalBytes({ v: 2, event: 'end', subjects: ['1'.repeat(64)] }));
    const options = { rootFingerprint: fresh.rootFingerprint };
    expect((await judge(pdf, { ...options, source: await fresh.publish() })).verdict).toBe('valid');
    await fresh.revoke(certificate);
    const verdict = await judge(pdf, { ...options, source: await fresh.publish() });
    expect(verdict.facts.find(({ name }) => name === 'status')).toMatchObject({
      code: 'revoked',
      evidence: { reason: 'withdrawn' },
    });
  });

  test('a revocation of a later version is one by its bit, without date and reason', async () => {
    const fresh = await MemoryRegistry.open();
    const { pdf, certificate } = await fresh.issue();
    const ended = [subjectCommitment(certificate.salt, certificate.identifier)];
    await fresh.certificates.append(canonicalBytes({ v: 2, event: 'end', ended }));
    const published = await fresh.publish();
    const set = fresh.statusList('2026-06-20T01:00:00Z', [certificate.status.index]);
    const verdict = await judge(pdf, {
      source: published.with({ [STATUS]: set }),
      rootFingerprint: fresh.rootFingerprint,
    });
    expect(factOf(verdict, 'status')).toBe('revoked: status fails revoked');
    expect(verdict.facts.find(({ name }) => name === 'status')?.evidence).not.toHaveProperty('revokedAt');
  });
});

describe('a code of a later version', () => {
  const renumbered = (version: number) => {
    const [, payload = ''] = issued.qr.split('#');
    return encodeBase32(Uint8Array.from([version, ...parseBase32(payload).subarray(1)]));
  };
  const judgeQr = (text: string, given: MemorySource = source) =>
    verifyQr(text, { source: given, rootFingerprint: registry.rootFingerprint, now: NOW });

  test('is not decided, shows nothing of what it says and asks nobody', async () => {
    const asked = source.with({});
    const verdict = await judgeQr(renumbered(2), asked);
    expectTooOld(verdict, 'integrity');
    expect(verdict).not.toHaveProperty('claim');
    expect(asked.requested).toEqual([]);
  });

  test.each([0, 16, 255])('does not begin with %i', async (version) => {
    expect((await judgeQr(renumbered(version))).verdict).toBe('unreadable');
  });
});
