import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';

const FOLDER = import.meta.dirname;

test('a verifier that knows docs/formats.md alone agrees with every vector', () => {
  const output = execFileSync(process.execPath, [join(FOLDER, 'run.mjs')], { encoding: 'utf8' });
  const { held, wrong } = z
    .object({ held: z.number(), wrong: z.array(z.string()) })
    .parse(JSON.parse(output));
  expect(wrong).toEqual([]);
  expect(held).toBeGreaterThan(150);
});

test('it imports Node and itself, nothing of ours and no package', () => {
  const imported = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.mjs'))
    .flatMap((name) => [...readFileSync(join(FOLDER, name), 'utf8').matchAll(/from '([^']+)'/g)])
    .map(([, from]) => from);
  expect(imported.length).toBeGreaterThan(5);
  expect(imported.filter((from) => !/^(node:(crypto|fs|zlib)|\.\/[a-z]+\.mjs)$/.test(from ?? ''))).toEqual(
    [],
  );
});
