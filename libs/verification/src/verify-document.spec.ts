import { canonicalBytes, fromUtf8, utf8 } from '@mandate/encoding';
import type { PublishedSource } from '@mandate/published';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeSamplePage } from '../../../test/support/sample-page.ts';
import {
  MemoryRegistry,
  ORGAN,
  type IssuedCertificate,
  type MemorySource,
} from '../../../test/support/memory-registry.ts';
import { explain, FACTS, verifyDocument, type Verdict, type VerifyOptions } from './index.ts';

const NOW = new Date('2026-06-20T02:00:00Z');
const STATUS = 'data/status/revocation-1.json';

let registry: MemoryRegistry;
let issued: IssuedCertificate;
let source: MemorySource;

beforeAll(async () => {
  registry = await MemoryRegistry.open();
  issued = await registry.issue();
  source = await registry.publish();
});

function verify(file: Uint8Array, options: Partial<VerifyOptions> = {}): Promise<Verdict> {
  return verifyDocument(file, { source, rootFingerprint: registry.rootFingerprint, now: NOW, ...options });
}

/** The verdict and every fact that does not hold: `revoked`, `status fails revoked`. */
async function outcome(file: Uint8Array, options: Partial<VerifyOptions> = {}): Promise<string[]> {
  const { verdict, facts } = await verify(file, options);
  expect(facts.map(({ name }) => name)).toEqual(FACTS);
  const others = facts.filter(({ code }) => code !== 'integrity-first' && code !== 'issuer-first');
  return [verdict, ...others.flatMap(({ name, state, code }) => (code ? [`${name} ${state} ${code}`] : []))];
}

describe('a dropped PDF', () => {
  test('is valid as it was issued, and shows the power it was issued under', async () => {
    const verdict = await verify(issued.pdf);
    expect(verdict.verdict).toBe('valid');
    expect(verdict.facts.map(({ state }) => state)).toEqual(FACTS.map(() => 'holds'));
    expect(verdict.certificate).toEqual(issued.certificate);
    expect(verdict.mandate).toMatchObject({ organ: ORGAN, name: '食品经营许可', entryIndex: 0 });
    expect(verdict).toMatchObject({ checkedAt: NOW.toISOString() });
    expect(verdict).not.toHaveProperty('advice');
  });

  test('asks for no file that names the certificate, its holder or the document', async () => {
    const asked = source.with({});
    await verify(issued.pdf, { source: asked });
    const { identifier, number, holder, salt } = issued.certificate;
    const secrets = [
      identifier,
      number,
      holder.name,
      holder.code,
      salt,
      Buffer.from(issued.documentDigest).toString('hex'),
    ];
    expect(asked.requested.length).toBeGreaterThan(6);
    for (const path of asked.requested)
      for (const secret of secrets) expect(decodeURIComponent(path)).not.toContain(secret);
    // The same files are asked for whichever certificate of this type is looked at.
    const other = await registry.issue();
    const all = await registry.publish();
    const [one, two] = [all.with({}), all.with({})];
    await verify(issued.pdf, { source: one });
    await verify(other.pdf, { source: two });
    expect([...one.requested].sort()).toEqual([...two.requested].sort());
  });

  test.each<[string, (pdf: Uint8Array) => Uint8Array, string]>([
    ['one changed byte in the page', (pdf) => changed(pdf, 'stream\n'), 'altered'],
    ['one changed byte in the attached data', (pdf) => changed(pdf, '/EmbeddedFile'), 'altered'],
    ['a byte appended', (pdf) => Uint8Array.from([...pdf, 0x0a]), 'altered'],
    ['a whole update appended', (pdf) => Uint8Array.from([...pdf, ...pdf]), 'altered'],
    ['its last byte gone', (pdf) => pdf.subarray(0, -1), 'altered'],
    ['nothing', () => new Uint8Array(), 'unreadable'],
    ['a text', () => utf8('这是证照'), 'unreadable'],
  ])('%s', async (_, alter, verdict) => {
    const { verdict: found, facts, certificate } = await verify(alter(issued.pdf), { source: nowhere });
    expect(found).toBe(verdict);
    expect(facts[0]?.state).toBe('fails');
    expect(certificate).toBeUndefined();
  });

  test('never passes with any one byte changed', async () => {
    const stapled = issued.pdf;
    await fc.assert(
      fc.asyncProperty(fc.nat(stapled.length - 1), fc.integer({ min: 1, max: 255 }), async (at, xor) => {
        const pdf = Uint8Array.from(stapled);
        pdf[at] = (pdf[at] ?? 0) ^ xor;
        const { verdict } = await verify(pdf);
        expect(verdict).not.toBe('valid');
      }),
      { numRuns: 150 },
    );
  });

  test('an ordinary PDF is unsigned', async () => {
    expect(await outcome(await makeSamplePage(), { source: nowhere })).toEqual([
      'unsigned',
      'integrity fails unsigned',
    ]);
  });

  test('never throws and never passes for random bytes, also behind the head of a PDF', async () => {
    const bytes = fc.uint8Array({ maxLength: 2_000 });
    const head = fc.constantFrom(
      '',
      '%PDF-1.7\n',
      fromUtf8(utf8('%PDF-1.7\n1 0 obj\n<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>')),
    );
    await fc.assert(
      fc.asyncProperty(head, bytes, async (start, rest) => {
        const { verdict } = await verify(Uint8Array.from([...utf8(start), ...rest]), { source: nowhere });
        expect(['unreadable', 'unsigned', 'altered', 'untrusted-issuer']).toContain(verdict);
      }),
      { numRuns: 200 },
    );
  });

  test('of another registry is by no issuer of this one', async () => {
    const foreign = await MemoryRegistry.open('other.example', 'two');
    const { pdf } = await foreign.issue();
    expect(await outcome(pdf)).toEqual(['untrusted-issuer', 'issuer fails certificate-not-listed']);
    const theirs = { source: await foreign.publish(), rootFingerprint: foreign.rootFingerprint };
    expect(await outcome(pdf, theirs)).toEqual(['valid']);
    // Their trust list is as well signed as ours, but not by the root that is pinned.
    expect(await outcome(pdf, { source: theirs.source })).toEqual([
      'indeterminate',
      'issuer unknown trust-list-foreign',
    ]);
  });

  test('signed by a listed key over something that is no certificate is altered, by another key foreign', async () => {
    const foreign = await MemoryRegistry.open('other.example', 'two');
    for (const [attachment, code] of [
      ['{"hello":1}', 'attachment-invalid'],
      ['{', 'attachment-invalid'],
      [JSON.stringify(issued.certificate, null, 1), 'attachment-not-canonical'],
      [
        `{"schema":"certificate/1",${fromUtf8(canonicalBytes(issued.certificate)).slice(1)}`,
        'attachment-not-canonical',
      ],
      [json({ ...issued.certificate, validUntil: '2031-02-30' }), 'attachment-invalid'],
      [json({ ...issued.certificate, validUntil: '2001-01-01' }), 'attachment-invalid'],
      [
        json({ ...issued.certificate, identifier: `${issued.certificate.identifier}1` }),
        'identifier-invalid',
      ],
      [
        json({ ...issued.certificate, issuer: { organ: 'o-aaaaaaaaaaaaaaaa', name: '别的机关' } }),
        'identifier-invalid',
      ],
    ] as const) {
      const { pdf } = await registry.issue({ attachment });
      expect(await outcome(pdf)).toEqual(['altered', `integrity fails ${code}`]);
      const theirs = await foreign.issue({ attachment });
      expect((await outcome(theirs.pdf))[0]).toBe('untrusted-issuer');
      expect((await outcome(pdf, { source: nowhere }))[0]).toBe('indeterminate');
    }
  });
});

describe('time and state', () => {
  test('has ended or not begun by the days of Shanghai, the first and the last included', async () => {
    const on = async (instant: string) => {
      const now = new Date(instant);
      const fresh = registry.statusList(`${instant.slice(0, 11)}00:00:00Z`);
      return (await outcome(issued.pdf, { now, source: source.with({ [STATUS]: fresh }) })).join(' · ');
    };
    expect(await on('2026-06-14T15:59:59Z')).toMatch(/^not-yet-valid/);
    expect(await on('2026-06-14T16:00:00Z')).toBe('valid');
    expect(await on('2031-06-14T15:59:59Z')).toBe('valid');
    expect(await on('2031-06-14T16:00:00Z')).toBe('expired · validity fails expired');
  });

  test('revoked says when and why, and that it was genuine', async () => {
    const { pdf, certificate } = await registry.issue();
    await registry.revoke(certificate);
    const verdict = await verify(pdf, { source: await registry.publish() });
    expect(verdict.verdict).toBe('revoked');
    expect(verdict.facts.find(({ name }) => name === 'status')).toMatchObject({
      state: 'fails',
      code: 'revoked',
      evidence: { revokedAt: '2026-06-16T02:00:00Z', reason: 'withdrawn' },
    });
    expect(explain(verdict).sentence.zh).toContain('曾经真实');
    // Of what had already expired, too: revoked comes first.
    const later = new Date('2032-01-01T00:00:00Z');
    expect((await outcome(pdf, { source: await registry.publish(later.toISOString()), now: later }))[0]).toBe(
      'revoked',
    );
  });

  test('a revocation in a list that is out of date is a revocation still', async () => {
    const old = registry.statusList('2026-06-01T00:00:00Z', [issued.certificate.status.index]);
    expect(await outcome(issued.pdf, { source: source.with({ [STATUS]: old }) })).toEqual([
      'revoked',
      'status fails revoked',
    ]);
  });

  test.each<[string, () => Uint8Array | undefined, string]>([
    ['cannot be had', () => undefined, 'status-unreachable'],
    ['is of yesterday', () => registry.statusList('2026-06-19T01:00:00Z'), 'status-stale'],
    ['is of tomorrow', () => registry.statusList('2026-06-21T01:00:00Z'), 'status-stale'],
    ['is no JSON', () => utf8('<html>'), 'status-invalid'],
    ['is by another key', () => foreignStatusList(), 'status-invalid'],
    [
      'is another list by the same key',
      () => registry.statusList('2026-06-20T01:00:00Z', [], 'revocation-2'),
      'status-other-list',
    ],
    [
      'is too short for the place',
      () => registry.statusList('2026-06-20T01:00:00Z').subarray(1),
      'status-invalid',
    ],
  ])('is indeterminate when the status list %s', async (_, list, code) => {
    expect(await outcome(issued.pdf, { source: source.with({ [STATUS]: list() }) })).toEqual([
      'indeterminate',
      `status unknown ${code}`,
    ]);
  });

  test.each([
    [
      'another file',
      { list: 'https://registry.example/data/status/../x.json', index: 1 },
      'status-other-list',
    ],
    ['a list that is not there', { list: 'revocation-2', index: 1 }, 'status-unreachable'],
    ['a place that no list has', { list: 'revocation-1', index: 131_072 }, 'status-invalid'],
  ])('is indeterminate when the certificate names %s', async (_, status, code) => {
    const { pdf } = await registry.issue({ certificate: { status } });
    const facts = await outcome(pdf, { source: await registry.publish() });
    expect(facts).toEqual(['indeterminate', `status unknown ${code}`]);
  });

  test.each([
    ['revoked', { revokedAt: '2026-06-20T01:30:00Z' }, '2026-06-20T01:29:59Z'],
    ['out of its time', { notAfter: '2026-06-20T01:30:00Z' }, '2026-06-20T01:30:00Z'],
  ])('believes no status list by a key that is %s by now', async (_, change, before) => {
    const { keys } = registry.trustContent();
    const trust = registry.trustList({
      keys: { ...keys, status: keys.status.map((key) => ({ ...key, ...change })) },
    });
    const signed = source.with({ 'data/trust-list.json': trust });
    expect(await outcome(issued.pdf, { source: signed, now: new Date(before) })).toEqual(['valid']);
    expect(await outcome(issued.pdf, { source: signed })).toEqual([
      'indeterminate',
      'status unknown status-invalid',
    ]);
  });
});

const nowhere: PublishedSource = { read: () => Promise.reject(new Error('offline')) };

function json(value: typeof issued.certificate): string {
  return fromUtf8(canonicalBytes(value));
}

function changed(pdf: Uint8Array, marker: string): Uint8Array {
  const at = Buffer.from(pdf).indexOf(marker);
  if (at < 0) throw new Error(`no ${marker} in the file`);
  const bytes = Uint8Array.from(pdf);
  bytes[at + marker.length] = (bytes[at + marker.length] ?? 0) ^ 1;
  return bytes;
}

function foreignStatusList(): Uint8Array {
  return new MemoryRegistry('registry.example', 'two').statusList('2026-06-20T01:00:00Z');
}
