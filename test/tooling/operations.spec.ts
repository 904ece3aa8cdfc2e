import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { REPOSITORY } from './house-copy.ts';

const FOLDER = join(REPOSITORY, 'docs/operations');
const PAGES = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
const read = (path: string): string => readFileSync(path, 'utf8');

/** The names of the schema that all variables go through. */
function variables(): readonly string[] {
  const source = read(join(REPOSITORY, 'apps/registry/src/config/config.ts'));
  const [, schema = ''] = /const EnvSchema = z\.object\(\{\n(.*?)^\}\)/ms.exec(source) ?? [];
  return [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name);
}

describe('the pages of the operator', () => {
  test('name every variable that is read, and no other', () => {
    const rows = [...read(join(FOLDER, 'settings.md')).matchAll(/^\| `([A-Z0-9_]+)` +\|/gm)].map(
      ([, name]) => name,
    );
    expect(variables().length).toBeGreaterThan(8);
    expect([...rows].sort()).toEqual([...variables()].sort());
  });

  test.each(PAGES)('%s leads only to what is there', (page) => {
    const links = [...read(join(FOLDER, page)).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(
      ([, to = '']) => to,
    );
    expect(links.filter((to) => !existsSync(join(FOLDER, to)))).toEqual([]);
  });

  test('are all found from their index', () => {
    const index = read(join(FOLDER, 'README.md'));
    const files = readdirSync(FOLDER).filter((name) => name !== 'README.md');
    expect(files.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });

  test('name only commands that there are', () => {
    const program = read(join(REPOSITORY, 'apps/registry/src/commands/register-commands.ts'));
    const named = PAGES.flatMap((page) =>
      [...read(join(FOLDER, page)).matchAll(/npx mandate ([a-z][a-z-]*)/g)].map(
        ([, command = '']) => command,
      ),
    );
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(named)].filter((name) => !new RegExp(`\\[\\s*'${name}[ ']`).test(program))).toEqual(
      [],
    );
  });
});
