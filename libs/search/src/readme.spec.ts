import { expect, test } from '@jest/globals';
import { runReadmeExample } from '../../../test/support/readme-example.ts';
import * as search from './index.ts';

test('the example of the README finds a document by a question with a wrong character', async () => {
  expect(await runReadmeExample(import.meta.url, search, 'found')).toEqual([
    { name: '食品经营许可', tail: '00001' },
  ]);
});
