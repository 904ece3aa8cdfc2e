// node --import ./apps/registry/bin/typescript-hooks.js test/bench/command-start.bench.ts [rounds]
// Processor time (user and system, of the process and those it starts) of commands that a stranger runs, beside that of
// Node doing nothing in the same round. Sources are compiled and kept by a first run, as after `npm ci` and any command.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AuditedRegistry } from '../support/audited-registry.ts';

const ROUNDS = Number(process.argv[2] ?? 5);
/** The shell counts in hundredths of a second. */
const RUNS = 5;
const MARK_S = 0.6;
const MANDATE = fileURLToPath(new URL('../../apps/registry/bin/mandate.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'mandate-bench-'));
try {
  const { files } = await AuditedRegistry.publish();
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const root = `sha256:${'0'.repeat(64)}`;
  const commands: Record<string, string[]> = {
    'node -e 0': ['-e', '0'],
    'mandate --help': [MANDATE, '--help'],
    'mandate log audit': [MANDATE, 'log', 'audit', folder],
    'mandate verify': [MANDATE, 'verify', MANDATE, '--from', folder, '--root', root],
  };
  const seconds = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [name, args] of Object.entries(commands)) {
      const took = processorSeconds(args);
      // The first round compiles.
      if (round > 0) seconds.set(name, [...(seconds.get(name) ?? []), took]);
    }
  const bare = median(seconds.get('node -e 0') ?? []);
  for (const [name, took] of seconds) {
    const middle = median(took);
    console.log(
      `${name.padEnd(20)} ${middle.toFixed(3)} s  ratio ${(middle / bare).toFixed(1)}  ${middle < MARK_S ? '' : 'MISSED'}`,
    );
  }
  console.log(`mark: under ${MARK_S} s of processor time, median of ${ROUNDS} rounds`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function processorSeconds(args: readonly string[]): number {
  // Node tells a process its own times only; the shell tells those of its children.
  const quoted = [process.execPath, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const env = { ...process.env, MANDATE_DATA_DIR: join(folder, 'data'), LC_ALL: 'C' };
  const { stdout } = spawnSync(
    'sh',
    ['-c', `for i in $(seq ${RUNS}); do ${quoted} >/dev/null 2>&1; done; times`],
    { env, encoding: 'utf8' },
  );
  const children = stdout.trim().split('\n').at(-1) ?? '';
  const sum = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (before, [, minutes, rest]) => before + Number(minutes) * 60 + Number(rest),
    0,
  );
  return sum / RUNS;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
