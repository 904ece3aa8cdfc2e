import { expect, test } from '@jest/globals';
import { readmeExample, runReadmeExample } from '../../../test/support/readme-example.ts';
import * as drafting from './index.ts';

test('the example of the README shows the buttons it says', async () => {
  const said = /\/\/ buttons: (\[.*?\])/.exec(readmeExample(import.meta.url))?.[1] ?? '';
  expect(await runReadmeExample(import.meta.url, drafting, 'buttons')).toEqual(
    JSON.parse(said.replaceAll("'", '"')),
  );
});
