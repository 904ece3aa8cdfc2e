import { readFileSync } from 'node:fs';

/** The longest README that is read to its end. */
const MAX_LINES = 60;

/**
 * The ```ts example of a lib's README.
 * @param spec `import.meta.url` of a spec in the lib's `src/`
 */
export function readmeExample(spec: string): string {
  const readme = readFileSync(new URL('../README.md', spec), 'utf8');
  const lines = readme.trimEnd().split('\n').length;
  if (lines > MAX_LINES) throw new Error(`the README has ${lines} lines: at most ${MAX_LINES}`);
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  if (example === undefined) throw new Error('the README has no example');
  return example;
}

/**
 * Runs the example as it stands in the README.
 * @param names what it may use: the exports of the lib, and what the test gives
 * @param result what to give back of it, an expression
 */
export async function runReadmeExample(
  spec: string,
  names: Readonly<Record<string, unknown>>,
  result: string,
): Promise<unknown> {
  const body = `return (async () => {\n${readmeExample(spec)}\nreturn ${result};\n})();`;
  // Text of this repository, in a test.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function(...Object.keys(names), body) as (...args: unknown[]) => Promise<unknown>;
  return run(...Object.values(names));
}
