import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { REPOSITORY } from './house-copy.ts';

const folder = mkdtempSync(join(tmpdir(), 'mandate-ci-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs .ci/run with an npm that only says what it was asked, and fails where `failing` says so. */
function run(summary: string, failing = ''): { status: number | null; last: string; asked: string[] } {
  const log = join(folder, 'asked');
  writeFileSync(log, '');
  writeFileSync(
    join(folder, 'npm'),
    `#!/usr/bin/env bash
echo "npm $*\${CI:+ in CI}" >> '${log}'
[ "$*" != test ] || printf '%s\\n' '${summary}' >&2
[ "$*" != '${failing}' ]
`,
  );
  chmodSync(join(folder, 'npm'), 0o755);
  // The search path is the only thing the script takes from its surroundings.
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, CI: '' };
  const { status, stdout } = spawnSync(join(REPOSITORY, '.ci/run'), { env, encoding: 'utf8' });
  const asked = readFileSync(log, 'utf8').trim().split('\n');
  return { status, last: stdout.trim().split('\n').at(-1) ?? '', asked };
}

const PASSED = 'Test Suites: 4 passed, 4 total\nTests:       40 passed, 40 total';
const SKIPPED = 'Test Suites: 1 skipped, 4 passed, 4 of 5 total\nTests:       2 skipped, 40 passed, 42 total';
const FAILED = 'Test Suites: 1 failed, 3 passed, 4 total\nTests:       2 failed, 38 passed, 40 total';
const UNLOADED = 'Test Suites: 1 failed, 3 passed, 4 total\nTests:       38 passed, 38 total';

test('installs, checks, tests as CI wherever it runs, and ends with the count', () => {
  expect(run(PASSED)).toEqual({
    status: 0,
    last: '40 passed, 0 failed',
    asked: ['npm ci in CI', 'npm run check in CI', 'npm test in CI'],
  });
});

test('tells the skipped ones apart', () => {
  expect(run(SKIPPED)).toMatchObject({ status: 0, last: '40 passed, 0 failed, 2 skipped' });
});

test('a failed test fails the run, and is counted', () => {
  expect(run(FAILED, 'test')).toMatchObject({ status: 1, last: '38 passed, 2 failed' });
});

test('a suite that cannot be loaded is a failure', () => {
  expect(run(UNLOADED, 'test')).toMatchObject({ status: 1, last: '38 passed, 1 failed' });
});

test('a run without tests is no pass', () => {
  expect(run('')).toMatchObject({ status: 1, last: '0 passed, 0 failed' });
});

test.each(['ci', 'run check'])('stops where npm %s fails', (step) => {
  const { status, asked } = run(PASSED, step);
  expect(status).not.toBe(0);
  expect(asked.at(-1)).toBe(`npm ${step} in CI`);
});
