import { expect, test } from '@jest/globals';
import { MemoryRegistry } from '../../../test/support/memory-registry.ts';
import { runReadmeExample } from '../../../test/support/readme-example.ts';
import * as verification from './index.ts';

test('the example of the README judges a certificate', async () => {
  const registry = await MemoryRegistry.open();
  const { pdf } = await registry.issue();
  const now = new Date();
  const from = new Date(now.getTime() - 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const published = (await registry.publish()).with({
    'data/status/revocation-1.json': registry.statusList(from),
  });
  const names = {
    ...verification,
    fetchSource: () => published,
    pdf,
    rootFingerprint: registry.rootFingerprint,
  };
  expect(await runReadmeExample(import.meta.url, names, '[title.zh, facts.length]')).toEqual(['真实有效', 6]);
});
