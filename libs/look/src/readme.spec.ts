import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { runReadmeExample } from '../../../test/support/readme-example.ts';
import * as look from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the example of the README draws a state as a shape and a word', async () => {
  expect(await runReadmeExample(import.meta.url, look, 'html')).toBe(
    '<svg viewBox="0 0 16 16" aria-hidden="true">' +
      '<path d="m3 3 10 10M13 3 3 13" stroke="currentColor" stroke-width="2.6" fill="none" /></svg> 已取消',
  );
});

test('the style sheets it names are those that can be imported', () => {
  const named = [...readme.matchAll(/'@mandate\/look\/([^']+)'/g)].map(([, name]) => `./${name ?? ''}`);
  const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(['.', ...named]).toEqual(Object.keys(exports));
});
