import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HouseCopy } from './house-copy.ts';

interface Breach {
  readonly rule: string;
  readonly file: string;
  readonly code: string;
}

const use = (path: string): string => `import * as used from '${path}';\nexport default used;\n`;
const breach = (rule: string, file: string, path: string): Breach => ({ rule, file, code: use(path) });

/** What the breaches import. Nothing here breaks a rule. */
const HOUSE = {
  'libs/lists/package.json': JSON.stringify({
    name: '@mandate/lists',
    type: 'module',
    exports: './src/index.ts',
    // Declared, so that only the framework itself is what is wrong.
    dependencies: { '@nestjs/common': '1', astro: '1', pg: '1', typeorm: '1' },
  }),
  'apps/registry/src/organs/organs.entity.ts': 'export const entity = 1;\n',
  'apps/registry/src/organs/organs.repository.ts': use('./organs.entity.ts'),
  'apps/registry/src/organs/organs.service.ts': use('./organs.repository.ts'),
  'apps/registry/src/organs/reading.process.ts': use('./organs.dto.ts'),
  'apps/registry/src/organs/organs.dto.ts': 'export const dto = 1;\n',
  'apps/registry/src/organs/organs.controller.ts': use('./organs.service.ts') + `import './organs.dto.ts';\n`,
  'apps/registry/src/lists/lists.service.ts': use('../organs/organs.service.ts'),
  'apps/registry/src/database/data-source.ts': use('../organs/organs.entity.ts'),
  'apps/registry/src/lists/lists.service.spec.ts':
    use('../../../../test/support/clock.ts') + `import 'fast-check';\n`,
  'apps/registry/src/commands/cli.ts': use('../organs/organs.service.ts') + `import 'commander';\n`,
  'apps/registry/src/bootstrap/app.module.ts': use('../organs/organs.controller.ts'),
  'apps/registry/sample/organs.ts': use('../src/organs/organs.dto.ts'),
  'libs/encoding/src/hex.ts': 'export const hex = 1;\n',
  'libs/encoding/src/hex.spec.ts': use('node:fs'),
  'libs/signature/src/c.ts': use('./b.ts'),
  'libs/verification/src/verify.ts': use('@mandate/signature') + `import '@mandate/transparency-log';\n`,
  'migrations/1-create-log.ts': use('typeorm'),
  'site/src/lib/items.ts': use('@mandate/verification'),
  'site/builder/page.ts': use('../src/lib/items.ts'),
  'site/builder/page.spec.ts': use('../../test/support/clock.ts') + `import 'fast-check';\n`,
  'test/support/clock.ts': use('typeorm'),
};

const BREACHES: readonly Breach[] = [
  breach('libs-stand-alone', 'libs/encoding/src/a.ts', '../../../apps/registry/src/organs/organs.dto.ts'),
  breach('libs-stand-alone', 'libs/encoding/src/b.ts', '../../../site/src/lib/items.ts'),
  breach('libs-stand-alone', 'libs/encoding/src/c.ts', '../../../migrations/1-create-log.ts'),
  breach('libs-run-everywhere', 'libs/lists/src/a.ts', 'node:crypto'),
  breach('libs-run-everywhere', 'libs/lists/src/b.ts', 'fs'),
  breach('libs-outlive-frameworks', 'libs/lists/src/c.ts', '@nestjs/common'),
  breach('libs-outlive-frameworks', 'libs/lists/src/d.ts', 'typeorm'),
  breach('libs-outlive-frameworks', 'libs/lists/src/e.ts', 'pg'),
  breach('libs-outlive-frameworks', 'libs/lists/src/f.ts', 'astro/config'),
  breach('lib-arrows-encoding', 'libs/encoding/src/d.ts', '@mandate/codes'),
  breach('lib-arrows-codes', 'libs/codes/src/a.ts', '@mandate/encoding'),
  breach('lib-arrows-lists', 'libs/lists/src/g.ts', '@mandate/certificate'),
  breach('lib-arrows-transparency-log', 'libs/transparency-log/src/a.ts', '@mandate/codes'),
  breach('lib-arrows-certificate', 'libs/certificate/src/a.ts', '@mandate/lists'),
  breach('lib-arrows-certificate-pdf', 'libs/certificate-pdf/src/a.ts', '@mandate/signature'),
  breach('lib-arrows-signature', 'libs/signature/src/a.ts', '@mandate/certificate'),
  breach('lib-arrows-verification', 'libs/verification/src/a.ts', '@mandate/certificate-pdf'),
  breach('lib-arrows-published', 'libs/published/src/a.ts', '@mandate/signature'),
  breach('lib-arrows-trust', 'libs/trust/src/a.ts', '@mandate/lists'),
  breach('lib-arrows-audit', 'libs/audit/src/a.ts', '@mandate/verification'),
  breach('lib-arrows-drafting', 'libs/drafting/src/a.ts', '@mandate/signature'),
  breach('lib-arrows-workbook', 'libs/workbook/src/a.ts', '@mandate/lists'),
  breach('lib-arrows-list-files', 'libs/list-files/src/a.ts', '@mandate/signature'),
  breach('lib-arrows-search', 'libs/search/src/a.ts', '@mandate/lists'),
  breach('lib-arrows-look', 'libs/look/src/a.ts', '@mandate/encoding'),
  breach('lib-arrows-unknown', 'libs/manager/src/a.ts', '@mandate/encoding'),
  breach('lib-one-door', 'libs/lists/src/h.ts', '../../encoding/src/hex.ts'),
  breach('lib-one-door', 'apps/registry/src/organs/a.ts', '../../../../libs/encoding/src/hex.ts'),
  breach('resolvable', 'libs/lists/src/i.ts', '@mandate/encoding/src/hex.ts'),
  breach('lib-by-package-name', 'libs/lists/src/j.ts', '../../encoding/src/index.ts'),
  breach('lib-by-package-name', 'site/src/lib/a.ts', '../../../libs/encoding/src/index.ts'),
  breach('no-circle', 'libs/signature/src/b.ts', './c.ts'),
  breach(
    'site-reads-published-files',
    'site/src/lib/b.ts',
    '../../../apps/registry/src/organs/organs.dto.ts',
  ),
  breach('site-reads-published-files', 'site/src/lib/c.ts', '../../../migrations/1-create-log.ts'),
  breach('migrations-stand-alone', 'migrations/2-a.ts', '../apps/registry/src/organs/organs.entity.ts'),
  breach('migrations-stand-alone', 'migrations/3-b.ts', '@mandate/encoding'),
  breach('migrations-stand-alone', 'migrations/4-c.ts', './1-create-log.ts'),
  breach('feature-through-service', 'apps/registry/src/lists/a.ts', '../organs/organs.repository.ts'),
  breach('feature-through-service', 'apps/registry/src/lists/b.ts', '../organs/organs.entity.ts'),
  breach('commands-stand-above', 'apps/registry/src/organs/i.ts', '../commands/cli.ts'),
  breach('commands-stand-above', 'apps/registry/src/organs/j.ts', '../bootstrap/app.module.ts'),
  breach('commands-stand-above', 'apps/registry/src/organs/k.ts', '../../sample/organs.ts'),
  breach('commands-stand-above', 'apps/registry/src/organs/l.ts', 'commander'),
  breach('processes-are-started', 'apps/registry/src/organs/m.ts', './reading.process.ts'),
  breach('http-knows-no-feature', 'apps/registry/src/http/a.ts', '../organs/organs.service.ts'),
  breach('transport-at-the-edge', 'apps/registry/src/organs/a.service.ts', './organs.dto.ts'),
  breach('transport-at-the-edge', 'apps/registry/src/organs/b.repository.ts', './organs.controller.ts'),
  breach('transport-at-the-edge', 'apps/registry/src/organs/c.entity.ts', './organs.dto.ts'),
  breach('production-without-tests', 'apps/registry/src/organs/d.ts', '../../../../test/support/clock.ts'),
  breach('production-without-tests', 'apps/registry/src/organs/e.ts', '../lists/lists.service.spec.ts'),
  breach('production-without-tests', 'site/src/lib/d.ts', '../../../test/support/clock.ts'),
  breach('production-without-tests', 'site/builder/a.ts', './page.spec.ts'),
  breach('production-without-dev-dependencies', 'apps/registry/src/organs/f.ts', 'fast-check'),
  breach('production-without-dev-dependencies', 'site/builder/b.ts', 'fast-check'),
  breach('declared-dependencies', 'apps/registry/src/organs/g.ts', 'semver'),
  breach('resolvable', 'apps/registry/src/organs/h.ts', './nowhere.ts'),
];

const SWITCH = `export function say(x: 'a' | 'b'): string { switch (x) { case 'a': return 'A'; } return ''; }\n`;
const lib = (name: string, code: string, rule: string): Breach => ({
  rule,
  file: `libs/codes/src/${name}.ts`,
  code,
});

const kept = (name: string, code: string): Breach => ({
  rule: 'no-restricted-syntax',
  file: `site/src/published/${name}.ts`,
  code,
});

const LINT_BREACHES: readonly Breach[] = [
  lib('any', 'export const x = (y: any): number => (y ? 1 : 2);\n', '@typescript-eslint/no-explicit-any'),
  lib('bang', `export const x = [1].at(0)!;\n`, '@typescript-eslint/no-non-null-assertion'),
  lib('cast', `export const x = JSON.parse('1') as number;\n`, 'mandate/cast-reason'),
  lib('float', 'Promise.resolve(1);\n', '@typescript-eslint/no-floating-promises'),
  lib('switch', SWITCH, '@typescript-eslint/switch-exhaustiveness-check'),
  lib('long', '//\n'.repeat(401), 'max-lines'),
  { rule: 'max-lines', file: 'site/src/pages/long.astro', code: '<p>x</p>\n'.repeat(401) },
  ...['process', 'Buffer', 'window', 'document', 'self', 'localStorage'].map((name) =>
    lib(`names-${name}`, `export const x: unknown = ${name};\n`, 'no-restricted-globals'),
  ),
  lib(
    'global',
    `export const x: unknown = Reflect.get(globalThis, 'x') ?? globalThis.self;\n`,
    'no-restricted-properties',
  ),
  {
    rule: 'no-restricted-properties',
    file: 'apps/registry/src/organs/env.ts',
    code: `export const x = process.env['HOME'];\n`,
  },
  kept('variable', 'let x: number | undefined;\nexport const read = (): number => (x ??= 1);\n'),
  kept('map', 'const x = new Map<string, string>();\nexport const read = (): Map<string, string> => x;\n'),
  kept('exported', 'export const x = new WeakMap<object, string>();\n'),
  kept('list', 'const x: string[] = [];\nexport const read = (y: string): number => x.push(y);\n'),
  kept('record', 'export const x: Record<string, string> = {};\n'),
  ...[
    `export { encodeItemsFile } from '@mandate/published';\n`,
    use('@mandate/published'),
    `export { encodeTile } from '@mandate/transparency-log';\n`,
    `export { encodeTrustList } from '@mandate/trust';\n`,
    `export { summarize } from '@mandate/lists';\n`,
  ].map((code, at) => ({
    rule: 'no-restricted-imports',
    file: `libs/audit/src/writes-${String(at)}.ts`,
    code,
  })),
  ...[
    `export { readWorkbook } from '@mandate/workbook';\n`,
    `import { readSourceFile as x } from '@mandate/list-files';\nexport default x;\n`,
    use('@mandate/list-files'),
    `export { markSourceFile } from '@mandate/list-files';\n`,
    `export * from '@mandate/signature';\n`,
    `export const x = (): Promise<unknown> => import('@mandate/verification');\n`,
  ].map((code, at) => ({
    rule: 'mandate/bounded-reading',
    file: `apps/registry/src/organs/reads-${String(at)}.service.ts`,
    code,
  })),
  ...['service', 'repository', 'entity'].map((kind) => ({
    rule: 'no-restricted-imports',
    file: `apps/registry/src/organs/http.${kind}.ts`,
    code: `import { NotFoundException } from '@nestjs/common';\nexport const x = NotFoundException;\n`,
  })),
  ...[
    '../../../apps/registry/src/organs/organs.dto.ts',
    'typeorm',
    '@mandate/encoding/src/hex.ts',
    '@mandate/look/marks.ts',
    '@mandate/lists/colours.css',
  ].map((path, at) => ({
    rule: 'no-restricted-imports',
    file: `site/src/pages/${String(at)}.astro`,
    code: `---\nimport * as used from '${path}';\n---\n<p>{String(used)}</p>\n`,
  })),
  {
    rule: 'no-restricted-imports',
    file: 'site/src/pages/script.astro',
    code: `<p>x</p>\n<script>\nimport { DataSource } from 'typeorm';\nconsole.log(DataSource);\n</script>\n`,
  },
];

const LINT_ALLOWED = {
  'apps/registry/src/config/config.ts': `export const x = process.env['HOME'];\n`,
  'apps/registry/src/organs/http.controller.ts': `import { NotFoundException } from '@nestjs/common';\nexport const x = NotFoundException;\n`,
  'apps/registry/src/organs/reading.process.ts': `export { readWorkbook } from '@mandate/workbook';\n`,
  'apps/registry/src/organs/limits.ts': `import type { readCsv } from '@mandate/workbook';\nexport type X = typeof readCsv;\nexport { encodeCsv } from '@mandate/workbook';\n`,
  'libs/audit/src/reads.ts': `export { parseItemsFile } from '@mandate/published';\n`,
  'libs/codes/src/reason.ts': `// JSON.parse is typed any; the text is ours.\nexport const x = JSON.parse('1') as number;\n`,
  'site/src/published/table.ts': `export const X: ReadonlySet<string> = new Set(['a']);\nexport const Y = ['a'];\n`,
  'site/src/published/inside.ts': `export const read = (): number => {\n  const x = new Map<string, string>();\n  return x.size;\n};\n`,
  'site/src/pages/full.astro': '<p>x</p>\n'.repeat(400),
  'site/src/pages/styled.astro': `---\nimport '@mandate/look/colours.css';\n---\n<p>x</p>\n`,
  'site/src/pages/fine.astro': `---\nimport { utf8 } from '@mandate/encoding';\n---\n<p>{String(utf8)}</p>\n`,
};

const files = (breaches: readonly Breach[]): Record<string, string> =>
  Object.fromEntries(breaches.map(({ file, code }) => [file, code]));

function rulesBroken(found: ReadonlyMap<string, ReadonlySet<string>>, file: string): string[] {
  return [...(found.get(file) ?? [])].sort();
}

function note(found: Map<string, Set<string>>, file: string, rule: string): void {
  found.set(file, (found.get(file) ?? new Set()).add(rule));
}

describe('import boundaries', () => {
  const found = new Map<string, Set<string>>();
  const rules = new Set<string>();
  let house: HouseCopy;

  beforeAll(async () => {
    house = await HouseCopy.build({ ...HOUSE, ...files(BREACHES) });
    const output = await house.run(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.mjs', '--no-cache', '--output-type', 'json'],
      ...['apps', 'libs', 'migrations', 'site/builder', 'site/src', 'test'],
    );
    const { summary } = JSON.parse(output) as {
      summary: {
        violations: { from: string; rule: { name: string } }[];
        ruleSetUsed: { forbidden: { name: string }[] };
      };
    };
    for (const { from, rule } of summary.violations) note(found, from, rule.name);
    for (const { name } of summary.ruleSetUsed.forbidden) rules.add(name);
  });

  afterAll(() => house.remove());

  test.each(BREACHES)('$rule bites in $file', ({ rule, file }) => {
    expect(rulesBroken(found, file)).toEqual([rule]);
  });

  test.each(Object.keys(HOUSE))('nothing bites in %s', (file) => {
    expect(rulesBroken(found, file)).toEqual([]);
  });

  test('no rule is without a breach that proves it', () => {
    expect([...rules].sort()).toEqual([...new Set(BREACHES.map(({ rule }) => rule))].sort());
  });
});

describe('folders', () => {
  const circles = new Set<string>();
  let house: HouseCopy;

  beforeAll(async () => {
    house = await HouseCopy.build({
      ...HOUSE,
      'apps/registry/src/drafts/a.ts': use('../imports/a.ts'),
      'apps/registry/src/imports/a.ts': 'export const a = 1;\n',
      // No two modules need each other, but the rooms do.
      'apps/registry/src/imports/b.ts': use('../drafts/b.ts'),
      'apps/registry/src/drafts/b.ts': 'export const b = 1;\n',
      // A spec may look at both sides.
      'apps/registry/src/organs/organs.service.spec.ts': use('../lists/lists.service.ts'),
    });
    const output = await house.run(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.folders.mjs', '--output-type', 'json'],
      ...['apps', 'libs', 'migrations', 'site/src'],
    );
    const { summary } = JSON.parse(output) as { summary: { violations: { from: string }[] } };
    for (const { from } of summary.violations) circles.add(from);
  });

  afterAll(() => house.remove());

  test('two folders that need each other are found, and nothing else is', () => {
    expect([...circles].sort()).toEqual(['apps/registry/src/drafts', 'apps/registry/src/imports']);
  });
});

describe('lint rules', () => {
  const found = new Map<string, Set<string>>();
  let house: HouseCopy;

  beforeAll(async () => {
    house = await HouseCopy.build({ ...HOUSE, ...files(LINT_BREACHES), ...LINT_ALLOWED });
    const output = await house.run('eslint/bin/eslint.js', '--format', 'json', '.');
    const results = JSON.parse(output) as {
      filePath: string;
      messages: { ruleId: string | null; message: string }[];
    }[];
    for (const { filePath, messages } of results) {
      const file = filePath.slice(filePath.indexOf(house.root) + house.root.length + 1).replaceAll('\\', '/');
      for (const { ruleId, message } of messages) note(found, file, ruleId ?? message);
    }
  });

  afterAll(() => house.remove());

  test.each(LINT_BREACHES)('$rule bites in $file', ({ rule, file }) => {
    expect(rulesBroken(found, file)).toEqual([rule]);
  });

  test.each(Object.keys(LINT_ALLOWED))('nothing bites in %s', (file) => {
    expect(rulesBroken(found, file)).toEqual([]);
  });
});
