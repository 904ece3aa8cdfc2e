import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  MemoryRegistry,
  type IssuedCertificate,
  type MemorySource,
} from '../../../test/support/memory-registry.ts';
import { verifyDocument, type PublishedSource, type RememberedStore, type Verdict } from './index.ts';

const NOW = new Date('2026-06-20T02:00:00Z');

let registry: MemoryRegistry;
let issued: IssuedCertificate;
let source: MemorySource;

beforeAll(async () => {
  registry = await MemoryRegistry.open();
  issued = await registry.issue();
  source = await registry.publish();
});

const verify = (
  file: Uint8Array,
  options: { source?: PublishedSource; now?: Date; remembered?: RememberedStore } = {},
): Promise<Verdict> =>
  verifyDocument(file, { source, rootFingerprint: registry.rootFingerprint, now: NOW, ...options });

describe('a certificate as it was issued', () => {
  test('is valid', async () => {
    const verdict = await verify(issued.pdf);
    expect(verdict.facts.map(({ name, state, code, evidence }) => [name, state, code, evidence])).toEqual([]);
  });
});
