// A checkout → a folder with everything it publishes at the end of the story of steps.mjs.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { passwordOf, tellStory } from './steps.mjs';

const PRELOAD = new URL('./preload.mjs', import.meta.url).href;
// 2026-11-20, nine in the morning in China: behind the last edition of the sample.
const BEGIN = Date.UTC(2026, 10, 20, 1, 0, 0);
const STEP_MS = 60_000;
const PATIENCE_MS = 600_000;
const WORDS_KEPT = 4_000;

/**
 * Writes `published/` (logs and data), `pages/`, `certificates/`, `keys/` and, last, `export.json`.
 * @param checkout a folder with its own node_modules
 * @param folder replaced if it is there
 * @param keys folder of the keys the registry begins with; it makes its own where there is none
 */
export async function exportPublished(checkout, folder, keys) {
  const started = Date.now();
  const state = stateOf(checkout);
  const registry = new Registry(resolve(checkout), join(folder, 'registry'));
  registry.remove();
  rmSync(folder, { recursive: true, force: true });
  const documents = join(folder, 'certificates');
  mkdirSync(documents, { recursive: true });
  mkdirSync(registry.dataDir);
  if (keys !== undefined) cpSync(keys, join(registry.dataDir, 'keys'), { recursive: true });
  try {
    await tellStory(registry, documents);
    const published = join(registry.dataDir, 'published');
    const { release } = JSON.parse(readFileSync(join(published, 'pages/current.json'), 'utf8'));
    renameSync(join(published, 'root'), join(folder, 'published'));
    renameSync(join(published, 'pages', release), join(folder, 'pages'));
    renameSync(join(registry.dataDir, 'keys'), join(folder, 'keys'));
  } finally {
    registry.remove();
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const about = { ...state, seconds, steps: registry.steps };
  writeFileSync(join(folder, 'export.json'), `${JSON.stringify(about, null, 2)}\n`);
}

/** What a later reader of the export has to know of the sources. */
function stateOf(checkout) {
  const git = (...args) => execFileSync('git', ['-C', checkout, ...args], { encoding: 'utf8' }).trim();
  return {
    commit: git('rev-parse', 'HEAD'),
    changed: git('status', '--porcelain').split('\n').filter(Boolean),
  };
}

/** A registry of the checkout, one process at a time. */
class Registry {
  /** how many are done */
  steps = 0;

  constructor(checkout, dataDir) {
    this.checkout = checkout;
    this.dataDir = dataDir;
  }

  /** One step: runs a command to its end, with the password of the account at hand. @returns what it printed */
  async run(step, args, login) {
    const printed = await this.aside(step, args, login);
    this.#tell(step);
    return printed;
  }

  /** What only one of two checkouts needs: no step, so that the clock of both goes on alike. */
  async aside(name, args, login) {
    return this.#finish(this.#spawn(name, args), passwordOf(this.dataDir, login));
  }

  /** What the program says of itself, which is no step. */
  async ask(args) {
    return this.#finish(this.#spawn('ask', args), '');
  }

  /** One step: starts everything, which loads the sample, and stops it as soon as it serves. */
  async start(step) {
    const port = await freePort();
    const child = this.#spawn(step, ['start'], { PORT: String(port) });
    child.process.stdin.end();
    let ended = false;
    void child.ended.then(() => (ended = true));
    while (!ended && !(await answers(`http://127.0.0.1:${port}/api/health/ready`))) await sleep(200);
    if (ended) throw new Error(`mandate start ended by itself:\n${child.words()}`);
    child.process.kill('SIGTERM');
    await child.ended;
    this.#tell(step);
  }

  async #finish(child, input) {
    // Who does not ask for the password does not read it.
    child.process.stdin.on('error', () => undefined).end(`${input}\n`);
    const code = await child.ended;
    if (code !== 0) throw new Error(`${child.command} ended with ${code}:\n${child.words()}`);
    return child.printed();
  }

  #tell(step) {
    this.steps += 1;
    console.error(`  ${step}`);
  }

  #spawn(step, args, given = {}) {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(MANDATE_|DATABASE_|PG|npm_|PORT$)/.test(name),
    );
    const child = spawn(process.execPath, [join(this.checkout, 'apps/registry/bin/mandate.js'), ...args], {
      cwd: this.checkout,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: PATIENCE_MS,
      env: {
        ...Object.fromEntries(inherited),
        NODE_OPTIONS: `--import ${PRELOAD}`,
        SAME_BYTES_MOMENT: String(BEGIN + this.steps * STEP_MS),
        SAME_BYTES_SEED: step,
        MANDATE_DATA_DIR: this.dataDir,
        MANDATE_PUBLIC_URL: 'https://mandate.example',
        ...given,
      },
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', (text) => (said[name] += text));
    return {
      command: `mandate ${args.join(' ')}`,
      process: child,
      ended: new Promise((settle, fail) => child.once('error', fail).once('close', settle)),
      printed: () => said.stdout,
      words: () => `${said.stdout}${said.stderr}`.slice(-WORDS_KEPT),
    };
  }

  /** The data folder, and the database where it had to be put elsewhere. */
  remove() {
    const pointer = join(this.dataDir, 'database/location.json');
    if (existsSync(pointer)) {
      const { cluster } = JSON.parse(readFileSync(pointer, 'utf8'));
      rmSync(dirname(cluster), { recursive: true, force: true });
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

async function answers(url) {
  const answer = await fetch(url).catch(() => undefined);
  return answer?.ok ?? false;
}

async function freePort() {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => settle(port));
    });
  });
}
