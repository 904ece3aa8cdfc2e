import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  MemoryRegistry,
  ORGAN,
  ORGAN_NAME,
  OTHER_ORGAN,
  type IssuedCertificate,
  type MemorySource,
} from '../../../test/support/memory-registry.ts';
import type { TrustListContent } from '@mandate/trust';
import { verifyDocument, type VerifyOptions } from './index.ts';

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

/** Verdict and what became of the issuer, under a trust list with changes that the root signed. */
async function issuerOf(
  changes: Partial<TrustListContent>,
  pdf = issued.pdf,
  options: Partial<VerifyOptions> = {},
): Promise<string> {
  const verdict = await verifyDocument(pdf, {
    source: source.with({ [TRUST]: registry.trustList(changes) }),
    rootFingerprint: registry.rootFingerprint,
    now: NOW,
    ...options,
  });
  const { state, code } = verdict.facts.find(({ name }) => name === 'issuer') ?? {};
  return `${verdict.verdict}: ${state} ${code ?? ''}`.trim();
}

type Organ = TrustListContent['organs'][number];

/** The trust list with another entry for the issuing organ. */
function withOrgan(change: (organ: Organ) => Partial<Organ>): Partial<TrustListContent> {
  const organs = registry.trustContent().organs;
  return { organs: organs.map((organ) => (organ.key === ORGAN ? { ...organ, ...change(organ) } : organ)) };
}

function withPeriod(period: Partial<Organ['certificates'][number]>): Partial<TrustListContent> {
  return withOrgan(({ certificates }) => ({
    certificates: certificates.map((one) => ({ ...one, ...period })),
  }));
}

describe('the issuer', () => {
  test('must be on the list, under its own name or one it had', async () => {
    const without = { organs: registry.trustContent().organs.filter(({ key }) => key !== ORGAN) };
    expect(await issuerOf(without)).toBe('untrusted-issuer: fails organ-not-listed');
    expect(await issuerOf(withOrgan(() => ({ name: '示例市新局' })))).toBe(
      'untrusted-issuer: fails organ-name-differs',
    );
    expect(await issuerOf(withOrgan(() => ({ name: '示例市新局', formerNames: [ORGAN_NAME] })))).toBe(
      'valid: holds',
    );
  });

  test('signs with a certificate that is listed for it, not for a sister organ', async () => {
    expect(await issuerOf(withOrgan(() => ({ certificates: [] })))).toBe(
      'untrusted-issuer: fails certificate-not-listed',
    );
    const { organs } = registry.trustContent();
    const [ours, theirs] = [ORGAN, OTHER_ORGAN].map((key) => organs.find((organ) => organ.key === key));
    const swapped = organs.map((organ) => ({
      ...organ,
      certificates: (organ === ours ? theirs : ours)?.certificates ?? [],
    }));
    expect(await issuerOf({ organs: swapped })).toBe('untrusted-issuer: fails certificate-not-listed');
  });

  test('must chain to an authority of the list, even when its certificate is listed itself', async () => {
    const [own, other] = registry.trustContent().authorities;
    if (own === undefined || other === undefined) throw new Error('two authorities expected');
    expect(await issuerOf({ authorities: [other] })).toBe('untrusted-issuer: fails chain-broken');
    expect(await issuerOf({ authorities: [] })).toBe('untrusted-issuer: fails chain-broken');
    expect(await issuerOf({ authorities: [own] })).toBe('valid: holds');
  });

  test('had a certificate that was good when the issue was logged, whatever became of it later', async () => {
    const after = '2026-06-15T02:00:01Z';
    expect(await issuerOf(withPeriod({ revokedAt: after, reason: 'key-compromise' }))).toBe('valid: holds');
    expect(await issuerOf(withPeriod({ revokedAt: '2026-06-15T02:00:00Z' }))).toBe(
      'untrusted-issuer: fails certificate-revoked',
    );
    expect(await issuerOf(withPeriod({ notAfter: '2026-06-15T01:59:59Z' }))).toBe(
      'untrusted-issuer: fails certificate-not-valid-then',
    );
    expect(await issuerOf(withPeriod({ notBefore: after }))).toBe(
      'untrusted-issuer: fails certificate-not-valid-then',
    );
    expect(await issuerOf(withPeriod({ notAfter: after }))).toBe('valid: holds');
  });

  test('whose key was stolen and revoked gives nothing to a page dated back: without the log it proves nothing', async () => {
    const revoked = withPeriod({ revokedAt: '2026-06-18T00:00:00Z' });
    const backdated = await registry.issue({ withoutProof: true });
    expect(await issuerOf(revoked, backdated.pdf)).toBe('indeterminate: holds');
    const loggedLate = await registry.issue({
      at: '2026-06-18T02:00:00Z',
      certificate: { issueDate: '2026-06-15' },
    });
    expect(await issuerOf(revoked, loggedLate.pdf)).toMatch(/^(altered|untrusted-issuer): /);
  });

  test('is undecided while the trust list is missing, forged, foreign or out of date', async () => {
    const read = (bytes?: Uint8Array) => ({ source: source.with({ [TRUST]: bytes }) });
    expect(await issuerOf({}, issued.pdf, read())).toBe('indeterminate: unknown trust-list-unreachable');
    expect(await issuerOf({}, issued.pdf, read(new Uint8Array(3)))).toBe(
      'indeterminate: unknown trust-list-invalid',
    );
    expect(await issuerOf({ nextUpdate: '2026-06-20T01:59:59Z' })).toBe(
      'indeterminate: unknown trust-list-stale',
    );
    const foreign = new MemoryRegistry('registry.example', 'two').trustList();
    expect(await issuerOf({}, issued.pdf, read(foreign))).toBe('indeterminate: unknown trust-list-foreign');
  });

  test('that is not known leaves an expired certificate undecided: what is not proven genuine did not end', async () => {
    const late = { now: new Date('2032-01-01T00:00:00Z'), source: source.without(TRUST) };
    expect(await issuerOf({}, issued.pdf, late)).toBe('indeterminate: unknown trust-list-unreachable');
  });
});
