import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const TIMEOUT_MS = 10 * 60_000;

/**
 * Runs the specs in a checkout.
 * @returns verdict: `killed` when a test is red, `survived` when all are green, `hung` after ten minutes, `broken`
 *   when a suite did not run, which says nothing about its tests; names of the red tests, or what was said
 */
export async function askSpecs(checkout, specs) {
  const output = join(checkout, 'node_modules/jest-result.json');
  rmSync(output, { force: true });
  const jest = [
    ...['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
    ...['--runInBand', '--json', `--outputFile=${output}`, '--runTestsByPath', ...specs],
  ];
  const child = spawn(process.execPath, jest, {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-2_000)));
  const [, signal] = await once(child, 'close');
  if (signal !== null) return { verdict: 'hung', names: [] };
  const result = readResult(output);
  if (result === undefined) return { verdict: 'broken', names: [said] };
  const red = result.testResults.flatMap(({ assertionResults }) => redOf(assertionResults));
  if (red.length > 0) return { verdict: 'killed', names: red };
  if (!result.success) return { verdict: 'broken', names: result.testResults.map(({ message }) => message) };
  return { verdict: 'survived', names: [] };
}

/** Where every test of a suite is red, its beforeAll was: no test of it has seen the line. */
function redOf(tests) {
  const ran = tests.filter(({ status }) => status === 'passed' || status === 'failed');
  const red = ran.filter(({ status }) => status === 'failed');
  return red.length === ran.length && ran.length > 1 ? [] : red.map(({ fullName }) => fullName);
}

function readResult(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
