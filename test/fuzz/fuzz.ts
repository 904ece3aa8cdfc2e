// npm run fuzz [-- --minutes 60] [--files 2000] [--seed 1] [--only xls|xlsx|pdf|latency]
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { measureLatency, MOST_TIMES, percentile } from './latency.ts';
import { DamagedReader, LIMITS } from './read-damaged.ts';
import { KINDS, type Kind, ownSamples, realSamples } from './samples.ts';

const { values: given } = parseArgs({
  options: {
    /** of all kinds together; without it `files` of each */
    minutes: { type: 'string' },
    files: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    /** real files to begin with besides ours */
    data: { type: 'string', default: '../shared/data' },
  },
});
const seed = Number(given.seed);
const kinds = KINDS.filter((kind) => given.only === undefined || given.only === kind);
let broken = 0;

for (const kind of kinds) await fuzz(kind);
if (given.only === undefined || given.only === 'latency') await latency();
process.exitCode = broken > 0 ? 1 : 0;

async function samplesOf(kind: Kind): Promise<readonly Uint8Array[]> {
  return [...(await ownSamples(kind)), ...realSamples(kind, given.data)];
}

async function fuzz(kind: Kind): Promise<void> {
  const samples = await samplesOf(kind);
  const reader = new DamagedReader(kind, samples);
  const until = given.minutes && Date.now() + (Number(given.minutes) * 60_000) / kinds.length;
  const codes: Record<string, number> = {};
  const times: number[] = [];
  console.log(`\n== .${kind}: ${samples.length.toString()} whole files, from seed ${seed.toString()}`);
  const goesOn = (done: number): boolean => (until ? Date.now() < until : done < Number(given.files));
  for (let next = seed; goesOn(next - seed); next += 1) {
    const { code, timeMs, broken: how } = await reader.read(next);
    codes[code] = (codes[code] ?? 0) + 1;
    times.push(timeMs);
    if (LIMITS.includes(code)) console.log(`seed ${next.toString()}: ${code} after ${timeMs.toFixed(0)} ms`);
    if (how === undefined) continue;
    broken += 1;
    console.log(`seed ${next.toString()}: BROKEN ${how}`);
  }
  await reader.close();
  console.log(
    `${times.length.toString()} files, median ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms, slowest ${percentile(times, 1).toFixed(0)} ms`,
    codes,
  );
}

async function latency(): Promise<void> {
  console.log('\n== latency of /api/organs while damaged .xls are sent');
  const { quiet, busy, answers } = await measureLatency(await samplesOf('xls'), {
    seed,
    rounds: 3,
    roundMs: 15_000,
  });
  const figures = (times: readonly number[]): string =>
    `${times.length.toString()} requests, median ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
  const ratio = percentile(busy, 0.99) / percentile(quiet, 0.99);
  console.log(`without: ${figures(quiet)}\nwhile:   ${figures(busy)}`, answers);
  console.log(`p99 ratio ${ratio.toFixed(2)} (at most ${MOST_TIMES.toString()})`);
  if (ratio > MOST_TIMES) broken += 1;
}
