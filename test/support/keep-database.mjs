// Keeps the test database of a checkout for the next run: `keep-database.mjs <folder> <idle milliseconds>`. Ends, and
// removes it, when no run and no client has been there for so long, or when its folder is deleted.
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import '../../apps/registry/bin/typescript-hooks.js';

const { default: pg } = await import('pg');
const { openEmbeddedDatabase, removeEmbeddedDatabase } =
  await import('../../apps/registry/src/runtime/embedded-postgres.ts');
const { findPostmaster } = await import('../../apps/registry/src/runtime/postmaster.ts');
const { lockExclusively, tryLock } = await import('../../apps/registry/src/files/process-lock.ts');

const [folder, idleMs] = [process.argv[2], Number(process.argv[3])];
const inFolder = (name) => join(folder, name);

// Who started us holds setup.lock until server.json is there.
const keeper = tryLock(inFolder('keeper.lock'), 'exclusive');
if (keeper === undefined) throw new Error('another process keeps this database');
// Left by a keeper that was killed. It does not outlive a power cut, so none is trusted.
if (existsSync(inFolder('database'))) await removeEmbeddedDatabase(folder);

const database = await openEmbeddedDatabase({ dataDir: folder, throwaway: true });
const cluster = await clusterOf(inFolder('database'));
const postmaster = await findPostmaster(cluster);
const client = new pg.Client({ connectionString: database.ownerUrl });
let gone = false;
client.once('end', () => (gone = true));
client.on('error', () => (gone = true));
await client.connect();
const { ownerUrl, appUrl } = database;
await writeFile(inFolder('server.json.new'), JSON.stringify({ ownerUrl, appUrl }), { mode: 0o600 });
await rename(inFolder('server.json.new'), inFolder('server.json'));

let usedAt = Date.now();
for (;;) {
  await sleep(Math.min(idleMs / 10, 5_000));
  if (!existsSync(inFolder('server.json'))) {
    await endWithoutFolder();
    break;
  }
  if (gone) break; // the server was ended by somebody; the next keeper tidies up
  if (await inUse()) usedAt = Date.now();
  else if (Date.now() - usedAt > idleMs && (await endUnlessUsed())) break;
}
process.exit();

async function inUse() {
  const free = tryLock(inFolder('runs.lock'), 'exclusive');
  if (free === undefined) return true;
  free.release();
  // Somebody who looks into it by hand.
  const { rowCount } = await client.query(
    `SELECT FROM pg_stat_activity WHERE usename LIKE 'mandate%' AND pid <> pg_backend_pid() LIMIT 1`,
  );
  return rowCount !== 0;
}

async function endUnlessUsed() {
  const setup = await lockExclusively(inFolder('setup.lock'), { timeoutMs: 300_000 });
  try {
    // A run may have come while we waited.
    if (await inUse()) return false;
    await rm(inFolder('server.json'));
    await client.end();
    await database.close();
    await removeEmbeddedDatabase(folder);
    return true;
  } finally {
    setup.release();
  }
}

/** The checkout was deleted under a running server, and with it perhaps not all of the cluster. */
async function endWithoutFolder() {
  // Our open connection says that the process id is still the server's.
  if (!gone && postmaster !== undefined) process.kill(postmaster.pid, 'SIGQUIT');
  const deadline = Date.now() + 10_000;
  while (!gone && Date.now() < deadline) await sleep(20);
  // Outside of the data folder it has a folder of its own (cluster-place.ts).
  if (dirname(cluster) !== inFolder('database')) {
    await rm(dirname(cluster), { recursive: true, force: true });
  }
  // What the server wrote while the folder was being deleted.
  await rm(folder, { recursive: true, force: true });
}

async function clusterOf(home) {
  const pointer = await readFile(join(home, 'location.json'), 'utf8').catch(() => undefined);
  return pointer === undefined ? join(home, 'cluster') : JSON.parse(pointer).cluster;
}
