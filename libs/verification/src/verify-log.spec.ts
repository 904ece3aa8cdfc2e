import { subjectCommitment } from '@mandate/certificate';
import { canonicalBytes, utf8 } from '@mandate/encoding';
import { stapleProof } from '@mandate/signature';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  MemoryRegistry,
  type IssuedCertificate,
  type IssueOptions,
  type MemorySource,
} from '../../../test/support/memory-registry.ts';
import type { PublishedSource } from '@mandate/published';
import { encodeStaple } from '@mandate/trust';
import { verifyDocument, type RememberedStore } from './index.ts';

const NOW = new Date('2026-06-20T02:00:00Z');

let registry: MemoryRegistry;
let issued: IssuedCertificate;
let source: MemorySource;

beforeAll(async () => {
  registry = await MemoryRegistry.open();
  issued = await registry.issue();
  source = await registry.publish();
});

async function logOf(
  pdf: Uint8Array,
  options: { source?: PublishedSource; remembered?: RememberedStore } = {},
): Promise<string> {
  const verdict = await verifyDocument(pdf, {
    source,
    rootFingerprint: registry.rootFingerprint,
    now: NOW,
    ...options,
  });
  const { state, code } = verdict.facts.find(({ name }) => name === 'log') ?? {};
  return `${verdict.verdict}: ${state} ${code ?? ''}`.trim();
}

function memory(): RememberedStore & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) };
}

describe('the stapled proof', () => {
  test('of another certificate is no proof of this one', async () => {
    const other = await registry.issue();
    const index = registry.certificates.leaves.length - 1;
    const event = JSON.parse(new TextDecoder().decode(registry.certificates.leaves[index])) as Parameters<
      typeof encodeStaple
    >[0];
    const staple = encodeStaple(event, await registry.certificates.prove(index));
    expect(await logOf(stapleProof(other.pdf, staple), { source: await registry.publish() })).toBe(
      'valid: holds',
    );
    expect(await logOf(stapleProof(issued.pdf, staple))).toBe('altered: fails proof-of-another-document');
  });

  test.each<[string, IssueOptions]>([
    ['a revocation', { event: { event: 'revoke' } }],
    ['another subject', { event: { subject: '0'.repeat(64) } }],
    ['another file of the same certificate', { event: { document: '0'.repeat(64) } }],
    ['no file', { event: { document: undefined } }],
    ['another power', { event: { mandate: '0'.repeat(64) } }],
  ])('of %s does not count', async (_, options) => {
    const { pdf } = await registry.issue(options);
    expect(await logOf(pdf)).toBe('altered: fails proof-of-another-document');
  });

  test.each<[string, string, string]>([
    ['2026-06-15T16:05:00Z', '2026-06-15', 'valid: holds'],
    ['2026-06-15T16:15:00Z', '2026-06-15', 'altered: fails issue-date-differs'],
    ['2026-06-14T15:59:00Z', '2026-06-15', 'altered: fails issue-date-differs'],
    ['2026-06-18T02:00:00Z', '2026-06-15', 'altered: fails issue-date-differs'],
  ])('logged at %s does not let a page be dated %s', async (time, issueDate, expected) => {
    const fresh = await MemoryRegistry.open();
    const { pdf } = await fresh.issue({ at: time, certificate: { issueDate } });
    const theirs = { source: await fresh.publish(), rootFingerprint: fresh.rootFingerprint };
    expect(await logOf(pdf, theirs)).toBe(expected);
  });

  test('missing leaves the certificate undecided', async () => {
    const { pdf } = await registry.issue({ withoutProof: true });
    expect(await logOf(pdf)).toBe('indeterminate: unknown proof-missing');
  });

  test('that does not lead into this log is none', async () => {
    const { certificate, documentDigest, pdf } = issued;
    const elsewhere = new MemoryRegistry('registry.example', 'two');
    const leaf = registry.certificates.leaves[0] ?? new Uint8Array();
    await elsewhere.certificates.append(leaf);
    const event = JSON.parse(new TextDecoder().decode(leaf)) as Parameters<typeof encodeStaple>[0];
    expect(event.subject).toBe(subjectCommitment(certificate.salt, certificate.identifier));
    expect(documentDigest).toHaveLength(32);
    const honest = await registry.certificates.prove(0);
    for (const staple of [
      encodeStaple(event, await elsewhere.certificates.prove(0)),
      encodeStaple(event, await registry.lists.prove(0)),
      encodeStaple(event, { ...honest, index: 1 }),
      encodeStaple({ ...event, time: '2026-06-15T02:00:01Z' }, honest),
      encodeStaple({ ...event, time: '2026-99-15T02:00:01Z' }, honest),
      utf8('c2sp.org/tlog-proof@v1'),
      utf8(`c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\n\n${honest.checkpoint}`),
      Uint8Array.of(255, 0, 1),
    ])
      expect(await logOf(stapleProof(pdf, staple))).toBe('altered: fails proof-invalid');
  });
});

describe('the published logs', () => {
  test.each(['lists', 'certificates'])('the %s log must be there to be compared with', async (kind) => {
    expect(await logOf(issued.pdf, { source: source.without(`log/${kind}/`) })).toBe(
      'indeterminate: unknown log-unreachable',
    );
    const page = source.with({ [`log/${kind}/checkpoint`]: utf8('<html>') });
    expect(await logOf(issued.pdf, { source: page })).toBe('indeterminate: unknown log-invalid');
  });

  test('a checkpoint that parts from the one in the proof is a fork, and is told as one', async () => {
    // The same keys, another history of the same length.
    const fork = await MemoryRegistry.open();
    await fork.issue({ event: { subject: '1'.repeat(64) } });
    const files = [...(await fork.publish()).files].filter(([path]) => path.startsWith('log/certificates'));
    const forked = source.with(Object.fromEntries(files));
    expect(await logOf(issued.pdf, { source: forked })).toBe('indeterminate: fails log-forked');
  });

  test('a forked lists log is found out by the proof in the certificate', async () => {
    const fork = new MemoryRegistry();
    for (let i = 0; i < 3; i += 1) await fork.lists.append(utf8(`another ${i}`));
    const files = [...(await fork.lists.files())].map(([path, bytes]) => [`log/lists/${path}`, bytes]);
    const forked = source.with(Object.fromEntries(files) as Record<string, Uint8Array>);
    expect(await logOf(issued.pdf, { source: forked })).toBe('indeterminate: fails log-forked');
  });

  test('a tree older than the proof proves nothing yet', async () => {
    const behind = await MemoryRegistry.open();
    const before = await behind.publish();
    const { pdf } = await behind.issue();
    expect(await logOf(pdf, { source: before })).toBe('indeterminate: unknown log-older-than-proof');
  });
});

describe('memory between visits', () => {
  test('keeps the newest checkpoints and goes along as the logs grow', async () => {
    const growing = await MemoryRegistry.open();
    const first = await growing.issue();
    const remembered = memory();
    expect(await logOf(first.pdf, { source: await growing.publish(), remembered })).toBe('valid: holds');
    const kept = new Map(remembered.kept);
    for (let i = 0; i < 300; i += 1) await growing.certificates.append(utf8(`event ${i}`));
    expect(await logOf(first.pdf, { source: await growing.publish(), remembered })).toBe('valid: holds');
    expect(remembered.kept.size).toBe(4);
    expect(remembered.kept).not.toEqual(kept);
  });

  test('finds a history that was changed since, although every signature in it is right', async () => {
    const remembered = memory();
    const first = await MemoryRegistry.open();
    const { pdf } = await first.issue();
    for (let i = 0; i < 5; i += 1) await first.certificates.append(utf8(`event ${i}`));
    expect(await logOf(pdf, { source: await first.publish(), remembered })).toBe('valid: holds');
    const kept = new Map(remembered.kept);
    const second = new MemoryRegistry();
    for (const leaf of first.certificates.leaves.slice(0, 4)) await second.certificates.append(leaf);
    for (let i = 0; i < 5; i += 1) await second.certificates.append(utf8(`rewritten ${i}`));
    const files = [...(await second.certificates.files())].map(([path, bytes]) => [
      `log/certificates/${path}`,
      bytes,
    ]);
    const rewritten = (await first.publish()).with(Object.fromEntries(files) as Record<string, Uint8Array>);
    expect(await logOf(pdf, { source: rewritten })).toBe('valid: holds');
    expect(await logOf(pdf, { source: rewritten, remembered })).toBe('indeterminate: fails log-forked');
    // The fork is not taken over into the memory.
    expect(remembered.kept).toEqual(kept);
  });

  test('notices that it is shown an older tree, list of revocations or trust list', async () => {
    const remembered = memory();
    const growing = await MemoryRegistry.open();
    const { pdf } = await growing.issue();
    const old = await growing.publish();
    await growing.certificates.append(canonicalBytes({ any: 'event' }));
    const now = await growing.publish();
    expect(await logOf(pdf, { source: now, remembered })).toBe('valid: holds');
    expect(await logOf(pdf, { source: old, remembered })).toBe('indeterminate: unknown log-older-than-seen');

    const status = { 'data/status/revocation-1.json': growing.statusList('2026-06-20T00:59:59Z') };
    expect(await logOf(pdf, { source: now.with(status) })).toBe('valid: holds');
    expect(await logOf(pdf, { source: now.with(status), remembered })).toBe('indeterminate: holds');

    const newer = now.with({ 'data/trust-list.json': growing.trustList({ version: 2 }) });
    expect(await logOf(pdf, { source: newer, remembered })).toBe('valid: holds');
    expect(await logOf(pdf, { source: now, remembered })).toBe('indeterminate: unknown issuer-first');
  });

  test('that was damaged is as if there were none', async () => {
    const remembered = memory();
    await logOf(issued.pdf, { remembered });
    for (const key of remembered.kept.keys()) if (key.startsWith('checkpoint')) remembered.kept.set(key, 'x');
    expect(await logOf(issued.pdf, { remembered })).toBe('valid: holds');
  });
});
