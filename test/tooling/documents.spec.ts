import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { REPOSITORY } from './house-copy.ts';

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md', 'docs/glossary.md'];
const [README = '', CONTRIBUTING = '', , ARCHITECTURE = '', GLOSSARY = ''] = DOCUMENTS.map(read);

const isThere = (path: string): boolean => existsSync(join(REPOSITORY, path));

/** In the text, between accents: what begins with a folder of the house, or lies in its root. */
function pathsIn(text: string): string[] {
  const named = [...text.matchAll(/`([\w.@/-]+)`/g)].map(([, path = '']) => path);
  const folders = /^(apps|docs|libs|migrations|site|test|\.ci)\//;
  return named.filter((path) => folders.test(path) || /^[.\w-]+\.(md|mjs)$/.test(path));
}

/** Where the links of a document lead, from the root of the repository. */
function linksIn(document: string): string[] {
  return [...read(document).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = '']) =>
    join(dirname(document), to).replaceAll('\\', '/'),
  );
}

/** Rows of the tables of a text, a cell each. */
const rowsOf = (text: string): string[][] =>
  [...text.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));

const codeIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

function partOf(text: string, heading: string): string {
  return text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
}

describe.each(DOCUMENTS)('%s', (document) => {
  test('names only paths that are there', () => {
    const named = [...pathsIn(read(document)), ...linksIn(document)];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });
});

test('the README is short enough to be read to its end', () => {
  expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(130);
});

test('the README names only commands that there are', () => {
  const commands = readdirSync(join(REPOSITORY, 'apps/registry/src/commands'))
    .filter((file) => file.endsWith('.command.ts'))
    .map((file) => read(join('apps/registry/src/commands', file)))
    .join('\n');
  const named = new Set([...README.matchAll(/^npx mandate ([a-z][a-z-]*)/gm)].map(([, command]) => command));
  expect(named.size).toBeGreaterThan(7);
  expect([...named].filter((command) => !new RegExp(`'${command ?? ''}[ ']`).test(commands))).toEqual([]);
});

test('whoever contributes is told how long the subject of a commit may be', () => {
  expect(partOf(CONTRIBUTING, 'Commits')).toContain('at most 72 characters');
});

describe('the architecture', () => {
  test('draws every folder of the registry, every lib and every folder of the tests', () => {
    const house = partOf(ARCHITECTURE, 'The house');
    const rooms = ['apps/registry/src', 'apps/registry', 'libs', 'test'].flatMap((folder) =>
      readdirSync(join(REPOSITORY, folder), { withFileTypes: true })
        .filter((found) => found.isDirectory() && found.name !== 'node_modules')
        .map(({ name }) => name),
    );
    expect(rooms.filter((room) => !new RegExp(`(^|[\\s/])${room}([\\s/·]|$)`, 'm').test(house))).toEqual([]);
  });

  test('names rules that the checkers have', () => {
    const checkers = ['.dependency-cruiser.mjs', '.dependency-cruiser.folders.mjs', 'eslint.config.mjs'];
    const text = checkers.map(read).join('\n');
    const rules = rowsOf(partOf(ARCHITECTURE, 'Who may import whom'))
      .flatMap(([, heldBy = '']) => codeIn(heldBy))
      .filter((code) => /^[a-z]+(-[a-z]+)+$/.test(code));
    expect(rules.length).toBeGreaterThan(15);
    expect(rules.filter((rule) => !text.includes(rule))).toEqual([]);
  });

  test('gives every table and view to a feature', () => {
    const migrations = readdirSync(join(REPOSITORY, 'migrations')).map((file) =>
      read(join('migrations', file)),
    );
    const made = [...migrations.join('\n').matchAll(/CREATE (?:TABLE|VIEW) ([a-z_]+)/g)].map(
      ([, name]) => name,
    );
    const given = rowsOf(partOf(ARCHITECTURE, 'Tables and their owners')).flatMap(([, tables = '']) =>
      codeIn(tables),
    );
    expect(made.filter((table) => !given.includes(table ?? ''))).toEqual([]);
  });

  test('tells where each thing is added that people come to add', () => {
    const headings = [...ARCHITECTURE.matchAll(/^### … (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      ...['a new field of an item', 'a new fact of a verdict', 'a new operation of the API'],
      ...['a new published file', 'a new role'],
      ...[
        'a new column of an import',
        'a new page',
        'a new register of a draft',
        'a new command',
        'a new table',
      ],
    ]);
  });
});

describe('the glossary', () => {
  const rows = rowsOf(GLOSSARY).filter(([, , where = '']) => where.startsWith('`'));

  test('gives every word its place in the code', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(rowsOf(GLOSSARY).length - rows.length).toBe(2 * 3);
  });

  test.each(rows.map(([word = '', , where = '']) => [word, ...codeIn(where)] as const))(
    '%s is `%s` in %s',
    (_word, symbol = '', path = '') => {
      expect(new RegExp(`(?<![\\w-])${symbol}(?![\\w-])`).test(read(path))).toBe(true);
    },
  );
});
