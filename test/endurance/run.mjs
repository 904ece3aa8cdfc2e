// npm run endurance [-- minutes] [--calm]: see README.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Record, workers } from './clients.mjs';
import { allCertificates, findFaults, logSize } from './findings.mjs';
import { PART_NAMES, Registry } from './registry.mjs';

const ORGAN = 'o-b3gccx6q3daf3yud';
const minutes = Number(process.argv.slice(2).find((word) => /^[\d.]+$/.test(word)) ?? 10);
/** Nobody is killed: for figures to compare with. */
const calm = process.argv.includes('--calm');
const KILL_EVERY_MS = Math.min(60_000, (minutes * 60_000) / 5);
const say = (line) => console.log(line);

const folder = mkdtempSync(join(tmpdir(), 'mandate-endurance-'));
const registry = await Registry.start(join(folder, 'data'));
try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  await registry.stop();
  if (process.exitCode === 0) rmSync(folder, { recursive: true, force: true });
  else say(`kept, with its log files: ${folder}`);
}

/** @returns whether nothing was lost, doubled or unlogged */
async function run() {
  const record = new Record();
  const sign = (login) =>
    new Client(registry.url, record, login, login === undefined ? undefined : registry.password(login));
  const auditor = sign('shenji');
  const before = {
    certificates: (await allCertificates(auditor)).length,
    lists: await logSize(registry, 'lists'),
  };
  const stopping = new AbortController();
  const working = Promise.all(workers({ record, stop: stopping.signal, sign, organ: ORGAN, log: say }));

  const kills = [];
  const end = Date.now() + minutes * 60_000;
  for (let n = 0; !calm && Date.now() + KILL_EVERY_MS < end; n += 1) {
    await sleep(KILL_EVERY_MS);
    kills.push(kill(PART_NAMES[n % PART_NAMES.length]));
  }
  await sleep(Math.max(0, end - Date.now()));
  stopping.abort();
  await working;
  if (!registry.isRunning) throw new Error(`the registry ended:\n${registry.output}`);
  await settled(auditor);

  const { faults, figures } = await findFaults({ registry, record, auditor, before });
  report({ record, kills, faults, figures });
  return faults.length === 0;
}

function kill(part) {
  const pid = registry.findPart(part);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  say(`${new Date().toISOString()} kill -9 ${part} ${pid ?? '(not there)'}`);
  return { part, at: Date.now(), hit: pid !== undefined };
}

/** Until what was issued stands in the published log. */
async function settled(auditor) {
  for (let tries = 0; tries < 120; tries += 1) {
    const certificates = await allCertificates(auditor).catch(() => undefined);
    const revoked = certificates?.filter(({ state }) => state === 'revoked').length;
    const entries = await logSize(registry, 'certificates').catch(() => undefined);
    if (certificates !== undefined && entries === certificates.length + revoked) return;
    await sleep(1_000);
  }
}

function report({ record, kills, faults, figures }) {
  say('\nanswers');
  for (const [key, count] of [...record.answers].sort()) say(`  ${key.padEnd(32)} ${count}`);
  say('\nmilliseconds (median, 99 of 100, most)');
  for (const [kind, list] of record.durations) {
    list.sort((a, b) => a - b);
    const at = (share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
    say(`  ${kind.padEnd(16)} ${at(0.5)} ${at(0.99)} ${list.at(-1)}`);
  }
  say('\naway after each kill (ms until answered well again; 0: nobody noticed for a second)');
  for (const { part, at, hit } of kills) {
    const away = (kind) =>
      Math.max(
        0,
        ...record.gaps
          .filter((gap) => gap.kind === kind && gap.from < at + 15_000 && gap.from + gap.ms > at)
          .map(({ ms }) => ms),
      );
    say(
      `  ${part.padEnd(10)}${hit ? '' : ' (was not there)'} pages ${away('page')}, API ${away('API read')}, issues ${away('issue')}`,
    );
  }
  say(`\n${JSON.stringify({ ...figures, unsure: record.unsure, published: record.published.size })}`);
  say(faults.length === 0 ? 'nothing lost, doubled or unlogged' : faults.join('\n'));
}
