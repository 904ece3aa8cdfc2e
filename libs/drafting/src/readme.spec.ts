import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as drafting from './index.ts';

test('the example of the README shows the buttons it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  // The example as it stands in the README, which is ours.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function(...Object.keys(drafting), `${example}\nreturn buttons;`) as (
    ...args: unknown[]
  ) => unknown;
  const said = /\/\/ buttons: (\[.*?\])/.exec(example)?.[1] ?? '';
  expect(run(...Object.values(drafting))).toEqual(JSON.parse(said.replaceAll("'", '"')));
});
