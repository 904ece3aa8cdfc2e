import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HouseCopy } from './house-copy.ts';

const LIB = 'libs/encoding/src/send.ts';
const send = (type: string, body: string): string => `export function send(): ${type} {\n  ${body}\n}\n`;
const CALLER = `import { send } from '@mandate/encoding';\n\nsend();\n`;
const HOUSE = {
  [LIB]: send('number', 'return 1;'),
  'libs/encoding/src/index.ts': `export * from './send.ts';\n`,
  'libs/lists/src/index.ts': `export const lists: readonly string[] = [];\n`,
  'apps/registry/src/organs/call.ts': CALLER,
  'migrations/1-create-log.ts': `export const created = 1;\n`,
  'test/support/clock.ts': `export const clock = 1;\n`,
  'site/src/pages/index.astro': `---\nimport { send } from '@mandate/encoding';\nconst sent: number = send();\n---\n<p>{sent}</p>\n`,
};

let house: HouseCopy;
beforeAll(async () => {
  house = await HouseCopy.build(HOUSE);
});
afterAll(async () => {
  await house.remove();
});

describe('the checks of a house that was green', () => {
  test('are not run again while nothing has changed', async () => {
    expect(await house.check('lint', 'types', 'site')).toMatchObject({ code: 0 });
    const again = await house.check('lint', 'types', 'site');
    expect(again.said.trim().split('\n')).toEqual([
      '✓ lint (unchanged)',
      '✓ types (unchanged)',
      '✓ site (unchanged)',
    ]);
  });

  test('stay green where only a body has changed', async () => {
    await house.write(LIB, send('number', 'return 2;'));
    expect(await house.check('lint', 'types', 'site')).toMatchObject({ code: 0 });
  });

  test('find a type-aware fault in a file that nobody touched', async () => {
    await house.write(LIB, send('Promise<void>', 'return Promise.resolve();'));
    const { code, said } = await house.check('lint');
    expect(code).toBe(1);
    expect(said).toMatch(/call\.ts[\s\S]*no-floating-promises/);
  });

  test('go on being red until it is mended', async () => {
    expect(await house.check('lint')).toMatchObject({ code: 1 });
  });

  test('find a page that no longer fits the lib it uses', async () => {
    const { code, said } = await house.check('types', 'site');
    expect(code).toBe(1);
    expect(said).toContain('failed: site');
    expect(said).toMatch(/index\.astro[\s\S]*Promise<void>/);
  });

  test('find a caller whose types no longer fit', async () => {
    await house.write('apps/registry/src/organs/call.ts', CALLER.replace('send()', 'send().toFixed()'));
    const { code, said } = await house.check('types');
    expect(code).toBe(1);
    expect(said).toMatch(/apps\/registry\/src\/organs\/call\.ts\(3,8\): error TS2339/);
  });

  test('find a file that is new', async () => {
    await house.write(LIB, send('number', 'return 3;'));
    expect(await house.check('types')).toMatchObject({ code: 0 });
    await house.write('libs/lists/src/new.ts', `export const wrong: string = 1;\n`);
    expect(await house.check('types')).toMatchObject({ code: 1 });
  });

  test('obey a stricter rule at once', async () => {
    await house.write('libs/lists/src/new.ts', `export const fine = 1;\n`);
    expect(await house.check('lint')).toMatchObject({ code: 0 });
    await house.write(
      'eslint.config.mjs',
      `export default [{ files: ['**/*.ts'], rules: { 'no-restricted-syntax': ['error', 'Literal'] } }];\n`,
    );
    expect(await house.check('lint')).toMatchObject({ code: 1 });
  });
});
