import { expect, test } from '@jest/globals';
import { REVOCATIONS_PATH, TRUST_LIST_PATH } from '@mandate/published';
import { parsePublicKey } from '@mandate/signature';
import { MemoryRegistry } from '../../../test/support/memory-registry.ts';
import { runReadmeExample } from '../../../test/support/readme-example.ts';
import * as trust from './index.ts';

test('the example of the README tells a certificate that has ended from one that has not', async () => {
  const registry = await MemoryRegistry.open();
  const [ended, standing] = [await registry.issue(), await registry.issue()];
  await registry.revoke(ended.certificate);
  const names = {
    ...trust,
    REVOCATIONS_PATH,
    TRUST_LIST_PATH,
    parsePublicKey,
    source: await registry.publish(),
    rootFingerprint: registry.rootFingerprint,
    now: new Date('2026-06-20T02:00:00Z'),
  };
  const hasEnded = ({ certificate }: typeof ended) =>
    runReadmeExample(import.meta.url, { ...names, certificate }, 'hasEnded');
  expect([await hasEnded(ended), await hasEnded(standing)]).toEqual([true, false]);
});
