import { expect, test } from '@jest/globals';
import { runReadmeExample } from '../../../test/support/readme-example.ts';
import { makeSamplePage } from '../../../test/support/sample-page.ts';
import { makeTestAuthority } from '../../../test/support/test-authority.ts';
import * as signature from './index.ts';

test('the example of the README signs a page and reads it again', async () => {
  const { signer, root } = makeTestAuthority('p256');
  const names = { ...signature, page: await makeSamplePage(), signer, root: root.der };
  expect(
    await runReadmeExample(
      import.meta.url,
      names,
      '[signed.documentDigest.join() === documentDigest.join(), path.length]',
    ),
  ).toEqual([true, 2]);
});
