import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('the style sheets that the README names are those that can be imported', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const named = [...readme.matchAll(/'@mandate\/look\/([^']+)'/g)].map(([, name]) => `./${name ?? ''}`);
  const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(['.', ...named]).toEqual(Object.keys(exports));
});
