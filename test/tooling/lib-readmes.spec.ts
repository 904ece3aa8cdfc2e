import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { pageFonts, SAMPLE_QR, sampleCertificate, sampleType, subset } from '../support/certificate-page.ts';
import { REPOSITORY } from './house-copy.ts';

/** Libs whose README is still to be written. */
const AWAITED: readonly string[] = ['audit'];
const LIBS = readdirSync(join(REPOSITORY, 'libs'), { withFileTypes: true })
  .filter((folder) => folder.isDirectory())
  .map(({ name }) => name)
  .filter((lib) => !AWAITED.includes(lib) || existsSync(join(REPOSITORY, 'libs', lib, 'README.md')));

/** What an example takes as given, by lib. */
const GIVEN: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = {
  'certificate-pdf': async () => ({
    certificate: sampleCertificate(),
    type: sampleType,
    fonts: await pageFonts(),
    subset,
    qr: SAMPLE_QR,
  }),
};

const folderOf = (lib: string): string => join(REPOSITORY, 'libs', lib);
const textOf = (lib: string): string => {
  const path = join(folderOf(lib), 'README.md');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};
const exampleOf = (readme: string): string => /^```ts\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? '';
/** A lib whose example needs more than names, such as a server, runs it in a spec of its own. */
const ownSpecOf = (lib: string): string | undefined => {
  const path = join(folderOf(lib), 'src/readme.spec.ts');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

/** `console.log(…); // what it prints`, and after a colon what a reader may want to know besides. */
const promisesOf = (example: string): string[] =>
  [...example.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, promise = '']) => promise);

/** Runs an example as it stands. @returns what it printed, a line each */
async function linesOf(example: string, given: Readonly<Record<string, unknown>>): Promise<string[]> {
  const code = example.replace(
    /^import \{([^}]*)\} from '([^']+)';$/gm,
    (_statement, names: string, name: string) => `const {${names}} = await importing('${name}');`,
  );
  const { outputText } = ts.transpileModule(`async function example() {\n${code}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  });
  const printed: string[] = [];
  const names: Readonly<Record<string, unknown>> = {
    ...given,
    importing: (name: string) => import(name),
    console: { log: (...values: readonly unknown[]) => printed.push(values.map(String).join(' ')) },
  };
  // The example as it stands in the README, which is ours.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function(...Object.keys(names), `${outputText}\nreturn example();`) as (
    ...values: readonly unknown[]
  ) => Promise<void>;
  await run(...Object.values(names));
  return printed;
}

function isKept(promise: string, printed: string | undefined): boolean {
  return printed !== undefined && (promise === printed || promise.startsWith(`${printed}: `));
}

describe.each(LIBS)('the README of libs/%s', (lib) => {
  const readme = textOf(lib);

  test('says its name, in at most 60 lines', () => {
    expect(readme.split('\n')[0]).toBe(`# @mandate/${lib}`);
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  test('has an example that a test runs', async () => {
    const example = exampleOf(readme);
    expect(example).not.toBe('');
    const own = ownSpecOf(lib);
    if (own !== undefined) {
      expect(own).toMatch(
        /new URL\('\.\.\/README\.md', import\.meta\.url\)|runReadmeExample\(\s*import\.meta\.url/,
      );
      return;
    }
    const promises = promisesOf(example);
    expect(promises).not.toEqual([]);
    expect(example).toContain(`from '@mandate/${lib}'`);
    const printed = await linesOf(example, (await GIVEN[lib]?.()) ?? {});
    expect(printed.length).toBe(promises.length);
    const broken = promises.filter((promise, at) => !isKept(promise, printed[at]));
    expect({ broken, printed: broken.length === 0 ? [] : printed }).toEqual({ broken: [], printed: [] });
  });

  test('names only files that are there', () => {
    const named = [...readme.matchAll(/`([\w./-]+(?:\.ts|\.css|\/))`/g)].map(([, path = '']) => path);
    const isThere = (path: string): boolean =>
      [folderOf(lib), join(folderOf(lib), 'src'), REPOSITORY].some((from) => existsSync(join(from, path)));
    expect(named.filter((path) => !path.includes('*') && !isThere(path))).toEqual([]);
  });
});

test.each([
  ['4', '4', true],
  ['4: the first', '4', true],
  ['4', '5', false],
  ['45', '4', false],
])('an example that promises “%s” and prints “%s” keeps it: %s', (promise, printed, kept) => {
  expect(isKept(promise, printed)).toBe(kept);
});

test('an example is run as it stands', async () => {
  const lines = await linesOf(
    "import { utf8 } from '@mandate/encoding';\nconsole.log(utf8('a').length); // 1\n",
    {},
  );
  expect(lines).toEqual(['1']);
});
