import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HouseCopy, REPOSITORY } from './house-copy.ts';

const page = (code: string): string => `---\n${code}---\n<p>x</p>\n`;

/** What the rule finds, by the file it stands in. */
const BREACHES = {
  'libs/verification/src/path.ts': `export const x = 'data/organs.json';\n`,
  'libs/search/src/slash.ts': `export const x = '/data/organs.json';\n`,
  'libs/signature/src/log.ts': `export const x = 'log/lists/checkpoint';\n`,
  'apps/registry/src/organs/template.ts': 'export const x = (key: string) => `data/items/${key}.json`;\n',
  'apps/registry/src/organs/log.ts': 'export const x = (log: string) => `log/${log}/checkpoint`;\n',
  'site/src/published/after.ts': 'export const x = (url: string) => `${url}/data/organs.json`;\n',
  'site/src/published/number.ts': `export const x = (key: string) => key.slice(-5);\n`,
  'site/src/published/code.ts': `export const x = (itemKey: string) => itemKey.slice(-6);\n`,
  'site/src/published/dot.ts': `export const x = (a: { key: string }) => a.key.lastIndexOf('.');\n`,
  'site/src/published/parts.ts': `export const x = (key: string) => key.split('.');\n`,
  'apps/registry/src/lists/negative.ts': `export const x = (list: string) => list.startsWith('n-');\n`,
  'apps/registry/src/lists/organ.ts': String.raw`export const x = /^([0-9A-Z]{18}|o-[a-z2-7]{16})$/;` + '\n',
  'apps/registry/src/lists/item.ts': String.raw`export const x = /^.+\.\d{5}$/;` + '\n',
  'apps/registry/src/lists/code.ts': String.raw`export const x = /^n-[a-z0-9-]+\.\d{6}$/;` + '\n',
  'site/src/pages/front.astro': page(`const x = 'data/organs.json';\nconsole.log(x);\n`),
} as const;

const ALLOWED = {
  'libs/published/src/paths.ts': `export const x = 'data/organs.json';\n`,
  'libs/published/src/keys.ts': `export const x = /o-[a-z]/;\n`,
  'libs/lists/src/list-keys.ts': `export const x = /o-[a-z]/;\n`,
  'libs/lists/src/keys.spec.ts': `export const x = 'data/organs.json';\n`,
  'test/support/writes.ts': `export const x = 'data/organs.json';\n`,
  'apps/registry/src/lists/other.ts':
    `export const route = 'log/:log';\nexport const end = (name: string) => name.slice(-5);\n` +
    `export const y = (key: number) => key.toString(16);\nexport const x = (path: string) => path.split('.');\n// data/organs.json\n`,
};

describe('the contract has one home', () => {
  const found = new Map<string, string[]>();
  let house: HouseCopy;

  beforeAll(async () => {
    house = await HouseCopy.build({ ...BREACHES, ...ALLOWED });
    const output = await house.run('eslint/bin/eslint.js', '--format', 'json', '.');
    const results = JSON.parse(output) as { filePath: string; messages: { ruleId: string | null }[] }[];
    for (const { filePath, messages } of results) {
      const file = filePath.slice(filePath.indexOf(house.root) + house.root.length + 1).replaceAll('\\', '/');
      found.set(
        file,
        messages.map(({ ruleId }) => ruleId ?? 'fault'),
      );
    }
  });

  afterAll(() => house.remove());

  test.each(Object.keys(BREACHES))('a path or a key is found in %s', (file) => {
    expect(new Set(found.get(file))).toEqual(new Set(['mandate/contract']));
  });

  test.each(Object.keys(ALLOWED))('nothing is found in %s', (file) => {
    expect(found.get(file)).toEqual([]);
  });

  // The linter sees frontmatter and scripts only.
  test('no markup of a page names a published file', () => {
    const site = join(REPOSITORY, 'site/src');
    const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.astro'),
    );
    const naming = pages.filter((name) =>
      /["'`}]\/?(data|log)\//.test(readFileSync(join(site, name), 'utf8')),
    );
    expect(pages.length).toBeGreaterThan(20);
    expect(naming).toEqual([]);
  });
});
