import { encodeBase32, parseBase32 } from '@mandate/encoding';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  MemoryRegistry,
  type IssuedCertificate,
  type MemorySource,
} from '../../../test/support/memory-registry.ts';
import type { TrustList } from '@mandate/trust';
import { explain, verifyQr, type VerifyOptions } from './index.ts';

const NOW = new Date('2026-06-20T02:00:00Z');
const TRUST = 'data/trust-list.json';

let registry: MemoryRegistry;
let issued: IssuedCertificate;
let source: MemorySource;

beforeAll(async () => {
  registry = await MemoryRegistry.open();
  issued = await registry.issue();
  source = await registry.publish();
});

function verify(text: string, options: Partial<VerifyOptions> = {}) {
  return verifyQr(text, { source, rootFingerprint: registry.rootFingerprint, now: NOW, ...options });
}

async function outcome(text: string, options: Partial<VerifyOptions> = {}): Promise<string[]> {
  const { verdict, facts, claim } = await verify(text, options);
  const integrity = facts.find(({ name }) => name === 'integrity');
  expect(claim === undefined).toBe(integrity?.state !== 'holds');
  const others = facts.filter(({ code }) => code && !/-first$|^not-in-code$/.test(code));
  return [verdict, ...others.map(({ name, state, code }) => `${name} ${state} ${code}`)];
}

function withQrKey(changes: Partial<TrustList['keys']['qr'][number]>): MemorySource {
  const { status, qr } = registry.trustContent().keys;
  const keys = { status, qr: qr.map((key) => ({ ...key, ...changes })) };
  return source.with({ [TRUST]: registry.trustList({ keys }) });
}

describe('a code', () => {
  test('proves its own content, sends the reader to the PDF and is never valid', async () => {
    const verdict = await verify(issued.qr);
    expect(await outcome(issued.qr)).toEqual(['indeterminate']);
    expect(verdict.claim).toMatchObject({ identifier: issued.certificate.identifier });
    expect(explain(verdict).advice?.zh).toContain('PDF');
    expect(verdict.facts.map(({ state }) => state)).toEqual([
      'holds',
      'holds',
      'unknown',
      'unknown',
      'holds',
      'holds',
    ]);
  });

  test('asks for the trust list and the status list, and for nothing that names the certificate', async () => {
    const asked = source.with({});
    await verify(issued.qr, { source: asked });
    expect(asked.requested).toEqual([TRUST, 'data/status/revocation-1.json']);
  });

  test('tells what ended', async () => {
    const other = await registry.issue();
    await registry.revoke(other.certificate);
    const published = await registry.publish();
    expect(await outcome(other.qr, { source: published })).toEqual(['revoked', 'status fails revoked']);
    const late = { now: new Date('2031-06-15T00:00:00Z') };
    expect((await outcome(issued.qr, late))[0]).toBe('expired');
    expect((await outcome(issued.qr, { now: new Date('2026-06-14T00:00:00Z') }))[0]).toBe('not-yet-valid');
  });

  test('of another registry, or by a key that is revoked, is not taken for ours', async () => {
    const foreign = await MemoryRegistry.open('other.example', 'two');
    const { qr } = await foreign.issue();
    expect(await outcome(qr)).toEqual([
      'untrusted-issuer',
      'integrity unknown code-unverified',
      'issuer fails key-not-listed',
    ]);
    const revoked = withQrKey({ revokedAt: '2026-06-18T00:00:00Z' });
    expect(await outcome(issued.qr, { source: revoked })).toEqual([
      'indeterminate',
      'issuer unknown key-revoked',
    ]);
  });

  test.each<[string, (source: MemorySource) => MemorySource, string]>([
    ['no trust list', (all) => all.without(TRUST), 'trust-list-unreachable'],
    ['a trust list that is a page', (all) => all.with({ [TRUST]: new Uint8Array(9) }), 'trust-list-invalid'],
    [
      'a trust list that is out of date',
      (all) => all.with({ [TRUST]: registry.trustList({ nextUpdate: '2026-06-20T01:00:00Z' }) }),
      'trust-list-stale',
    ],
  ])('is undecided with %s', async (_, change, code) => {
    expect(await outcome(issued.qr, { source: change(source) })).toEqual([
      'indeterminate',
      'integrity unknown code-unverified',
      `issuer unknown ${code}`,
    ]);
  });

  test('with any bit changed is never believed', async () => {
    const payload = issued.qr.split('#')[1] ?? '';
    const bytes = parseBase32(payload);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, xor) => {
        const other = Uint8Array.from(bytes);
        other[at] = (other[at] ?? 0) ^ xor;
        const { verdict, claim } = await verify(encodeBase32(other));
        expect(claim).toBeUndefined();
        // The first byte is the version: of a later one nothing can be told.
        const isLater = at === 0 && other[0] !== undefined && other[0] > 1 && other[0] < 16;
        expect(isLater ? ['indeterminate'] : ['unreadable', 'altered', 'untrusted-issuer']).toContain(
          verdict,
        );
      }),
      { numRuns: 100 },
    );
  });

  test('that is any text is unreadable, without asking anybody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const asked = source.with({});
        expect((await verify(text, { source: asked })).verdict).toBe('unreadable');
        expect(asked.requested).toEqual([]);
      }),
    );
  });
});
