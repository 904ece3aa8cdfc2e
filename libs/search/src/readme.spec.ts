import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as search from './index.ts';

test('the example of the README finds a document by a question with a wrong character', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const body = `return (async () => {\n${example}\nreturn found;\n})();`;
  // The example as it stands in the README, which is ours.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function(...Object.keys(search), body) as (...args: unknown[]) => Promise<unknown>;
  expect(await run(...Object.values(search))).toEqual([{ name: '食品经营许可', tail: '00001' }]);
});
