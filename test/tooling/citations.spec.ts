import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { REPOSITORY } from './house-copy.ts';

const FOLDERS = ['apps', 'docs', 'libs', 'migrations', 'site', 'test'];
/** Holds citations that are wrong on purpose. */
const OWN = 'test/tooling/citations.spec.ts';
const SKIPPED = /(^|\/)(node_modules|dist|output|\.astro)\//;

/** Paths from the root of the repository. */
function filesOf(folder: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(REPOSITORY.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !SKIPPED.test(path));
}

const files = FOLDERS.flatMap(filesOf);
const sources = files.filter((path) => /\.(ts|astro|mjs|js|md)$/.test(path) && path !== OWN);
const clauses = new Set(
  [...readFileSync(join(REPOSITORY, 'docs/formats.md'), 'utf8').matchAll(/^##+ (\d+(?:\.\d+)?) /gm)].map(
    ([, clause]) => clause,
  ),
);

interface Citation {
  readonly clause: string;
  readonly inForm: boolean;
}

/** `formats §3.2`, `formats §2.3, §4`; within the document itself `§3.2`, `chapter 5`. What is meant but spelled otherwise too. */
function citationsIn(text: string, own: boolean): Citation[] {
  const marked = own
    ? /((?:RFC|X\.690|EN|vc-\S+|ISO)[\s\S]{0,12} )?§(\d[\d.]*)/g
    : /(formats(?:\.md)?,? ?)((?:§\d[\d.]*(?:, | and | to |–)?)+)/gi;
  return [...text.matchAll(marked)].flatMap(([, before, numbers = '']) => {
    if (own && before !== undefined) return [];
    return [...numbers.matchAll(/\d[\d.]*/g)].map(([number]) => ({
      clause: number.replace(/\.$/, ''),
      inForm: own || /^formats $/i.test(before ?? ''),
    }));
  });
}

function wrongIn(path: string, text: string): string[] {
  const own = path === 'docs/formats.md';
  return citationsIn(text, own).flatMap(({ clause, inForm }) => {
    if (!clauses.has(clause)) return `${path}: formats has no §${clause}`;
    return inForm ? [] : `${path}: cite as “formats §${clause}”`;
  });
}

describe('a citation of the formats', () => {
  test('names a clause that is there, in the one form', () => {
    const wrong = sources.flatMap((path) => wrongIn(path, readFileSync(join(REPOSITORY, path), 'utf8')));
    expect(wrong).toEqual([]);
  });

  test('is found in the sources at all', () => {
    const cited = sources.filter(
      (path) => /^(apps|libs|site)\//.test(path) && wrongIn(path, '').length === 0,
    );
    const count = cited.flatMap((path) =>
      citationsIn(readFileSync(join(REPOSITORY, path), 'utf8'), false),
    ).length;
    expect(count).toBeGreaterThan(15);
  });

  test.each([
    ['formats §3.2', 0],
    ['(formats §2.3, §4.1)', 0],
    ['formats §3.99', 1],
    ['formats §12', 1],
    ['formats §2.3, §77', 1],
    ['formats.md §3.2', 1],
    ['RFC 6962 §99', 0],
  ])('%s has %i faults', (text, faults) => {
    expect(wrongIn('a.ts', text)).toHaveLength(faults);
  });

  test('within the document leads to a clause, and one of another document is none of ours', () => {
    expect(wrongIn('docs/formats.md', 'see §3.2 and RFC 9162 §2.1.3.2')).toEqual([]);
    expect(wrongIn('docs/formats.md', 'see §3.77')).toHaveLength(1);
  });
});

test('every document that the sources cite is in the repository', () => {
  const known = new Set([
    ...readdirSync(REPOSITORY).filter((name) => name.endsWith('.md')),
    ...files.filter((path) => path.endsWith('.md')).map((path) => basename(path)),
  ]);
  const missing = sources.flatMap((path) =>
    [...readFileSync(join(REPOSITORY, path), 'utf8').matchAll(/(?<![\w.])([A-Za-z0-9][\w-]*\.md)\b(?!\.)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !known.has(name))
      .map((name) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});
