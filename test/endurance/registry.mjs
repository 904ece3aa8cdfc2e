// The program under test: started as an operator does, its processes found in /proc.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MANDATE = fileURLToPath(new URL('../../apps/registry/bin/mandate.js', import.meta.url));

/** What is killed in turn: the words of its command line. */
const PARTS = {
  front: 'bootstrap/front.ts',
  API: 'bootstrap/main.ts',
  worker: 'bootstrap/worker.ts',
  database: '/postgres -D ',
};
export const PART_NAMES = Object.keys(PARTS);

export class Registry {
  /** @param folder of its own, empty */
  static async start(folder) {
    const port = await freePort();
    const env = { ...process.env, PORT: String(port), MANDATE_DATA_DIR: folder };
    delete env.DATABASE_URL;
    const child = spawn(process.execPath, [MANDATE, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const registry = new Registry(child, { folder, env, url: `http://127.0.0.1:${port}` });
    await registry.#ready();
    return registry;
  }

  #child;
  #env;
  #folder;
  output = '';

  constructor(child, { folder, env, url }) {
    this.#child = child;
    this.#folder = folder;
    this.#env = env;
    this.url = url;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (this.output += text));
  }

  get isRunning() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async #ready() {
    while (!this.output.includes('Ctrl-C')) {
      if (!this.isRunning) throw new Error(`ended before it was ready:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The demo's password of a login, from the screen. */
  password(login) {
    const found = new RegExp(`${login} +(\\S{16,})`).exec(this.output);
    if (!found) throw new Error(`no password of ${login} on the screen`);
    return found[1];
  }

  /** @returns process id, undefined when there is none just now */
  findPart(name) {
    for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const line = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
      if (!line.includes(PARTS[name])) continue;
      if (name === 'database' ? line.includes(this.#cluster()) : this.#isOurs(pid)) return Number(pid);
    }
    return undefined;
  }

  /** The folder of the database, which may lie outside of the data folder. */
  #cluster() {
    const pointer = read(join(this.#folder, 'database/location.json'));
    return pointer === '' ? join(this.#folder, 'database/cluster') : JSON.parse(pointer).cluster;
  }

  #isOurs(pid) {
    return read(`/proc/${pid}/environ`).split('\0').includes(`MANDATE_DATA_DIR=${this.#folder}`);
  }

  /** A command of the same registry. */
  command(...args) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MANDATE, ...args], {
      env: this.#env,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    return { status, stdout, stderr };
  }

  async stop() {
    if (!this.isRunning) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

/** '' for a process that has just ended. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
