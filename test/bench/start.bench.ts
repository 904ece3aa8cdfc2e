// node --import ./apps/registry/bin/typescript-hooks.js test/bench/start.bench.ts [rounds]
// `mandate start` on an empty folder and again on the same: seconds from the command to the screen with the addresses, and
// processor time (user and system) of all its processes until then. The ratio is to the limit; others on the machine make
// seconds longer, processor time hardly.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeEmbeddedDatabase } from '../../apps/registry/src/runtime/embedded-postgres.ts';

const ROUNDS = Number(process.argv[2] ?? 3);
const LIMITS_S = { fresh: 45, again: 5 };
const MANDATE = fileURLToPath(new URL('../../apps/registry/bin/mandate.js', import.meta.url));
/** Linux counts in hundredths of a second. */
const TICKS = 100;

interface Took {
  readonly seconds: number;
  readonly processor: number;
}

const dataDir = mkdtempSync(join(tmpdir(), 'mandate-bench-'));
try {
  report('fresh', [await start()]);
  const again: Took[] = [];
  for (let round = 0; round < ROUNDS; round += 1) again.push(await start());
  report('again', again);
} finally {
  await removeEmbeddedDatabase(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
}

async function start(): Promise<Took> {
  const begun = Date.now();
  const child = spawn(process.execPath, [MANDATE, 'start'], {
    env: { ...process.env, DATABASE_URL: '', PORT: String(await freePort()), MANDATE_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ctrl-C')) resolve();
    });
    child.once('exit', () => reject(new Error(`ended before it was ready:\n${output}`)));
  });
  const took = { seconds: (Date.now() - begun) / 1000, processor: processorSeconds(child.pid ?? 0) };
  child.kill('SIGTERM');
  await exit;
  return took;
}

/** Of the process and all that descend from it, those that have ended among them; NaN where there is no /proc. */
function processorSeconds(root: number): number {
  const processes = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // Behind the name of the program: state, parent …; 14 to 17 are user, system, and those of ended children.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const ticks = fields.slice(11, 15).reduce((sum, one) => sum + one, 0);
      processes.set(Number(name), { parent: fields[1] ?? 0, ticks });
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean =>
    pid === root || (processes.has(pid) && isOurs(processes.get(pid)?.parent ?? 0));
  const ours = [...processes].filter(([pid]) => isOurs(pid));
  return ours.reduce((sum, [, { ticks }]) => sum + ticks, 0) / TICKS;
}

function report(name: keyof typeof LIMITS_S, all: readonly Took[]): void {
  const seconds = median(all.map((one) => one.seconds));
  const processor = median(all.map((one) => one.processor));
  const limit = LIMITS_S[name];
  const ratio = seconds / limit;
  console.log(
    `start ${name.padEnd(6)} ${seconds.toFixed(1)} s  processor ${processor.toFixed(1)} s  ratio ${ratio.toFixed(2)} of ${limit} s  ${ratio < 1 ? '' : 'MISSED'}`,
  );
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
