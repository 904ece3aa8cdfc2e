// npm run bench pages [items] [organs]: by default 100,000 items × 3 versions in 200 organs; the limits stand beside.
// Pages of a large registry: all of them, then after one changed item. And, over a smaller one in the same run, pages per
// second beside two peers: a minimal Astro site that prints the same content bare, and a loop that fills a template string.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'astro';
import { PUBLIC_URL, runBuild } from '../support/built-site.ts';
import { changeLargeItem, largeOrgans, writeLargeRegistry } from '../support/large-registry.ts';

const ROUNDS = 3;
const SMALL = { items: 2_000, versions: 3, organs: 5 };
const SELF = fileURLToPath(import.meta.url);
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

interface Measured {
  readonly pages: number;
  readonly seconds: number;
}

const [task, published, out] = process.argv.slice(2);
if (task === 'astro' && published !== undefined && out !== undefined) await buildBare(published, out);
else if (task === 'loop' && published !== undefined && out !== undefined) writePlain(published, out);
else await main(Number(task ?? 100_000), Number(published ?? 200));

async function main(items: number, organs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-bench-pages-'));
  try {
    const cache = join(folder, 'compiled');
    const small = join(folder, 'small');
    writeLargeRegistry(small, SMALL, PUBLIC_URL);
    const cold = await ours(small, join(folder, 'cold'), cache);
    const runs = { site: [] as Measured[], astro: [] as Measured[], loop: [] as Measured[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      runs.site.push(await ours(small, join(folder, `site-${round}`), cache));
      runs.astro.push(await peer('astro', small, join(folder, `astro-${round}`)));
      runs.loop.push(await peer('loop', small, join(folder, `loop-${round}`)));
    }
    const [site, astro, loop] = [runs.site, runs.astro, runs.loop].map(pagesPerSecond);
    console.log(`${SMALL.items} items × ${SMALL.versions}, whole build with search and start`);
    console.log(`  site, compiled         ${rate(site)}`);
    console.log(`  peer: bare Astro       ${rate(astro)}   ratio ${ratio(site, astro)}`);
    console.log(`  peer: template loop    ${rate(loop)}   ratio ${ratio(site, loop)}`);
    console.log(`  compiling              ${(cold.seconds - median(runs.site)).toFixed(1)} s`);
    await large(folder, cache, { items, versions: 3, organs });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function large(
  folder: string,
  cache: string,
  size: { items: number; versions: number; organs: number },
): Promise<void> {
  const [source, out, state] = [join(folder, 'large'), join(folder, 'pages'), join(folder, 'state')];
  writeLargeRegistry(source, size, PUBLIC_URL);
  console.log(`${size.items} items × ${size.versions} in ${size.organs} organs`);
  const all = await ours(source, out, cache, state);
  console.log(
    `  all pages              ${all.seconds.toFixed(1)} s (limit 300 s with the data)  ${all.output}`,
  );
  const none = await ours(source, out, cache, state);
  console.log(`  nothing changed        ${none.seconds.toFixed(1)} s  ${none.output}`);
  const [largest, other = largest] = largeOrgans(size);
  if (largest === undefined || other === undefined) throw new Error('no organ');
  for (const [name, organ] of [
    ['of the largest organ', largest],
    ['of another organ', other],
  ] as const) {
    changeLargeItem(source, organ, 7, PUBLIC_URL);
    const one = await ours(source, out, cache, state);
    console.log(`  one item ${name}: ${one.seconds.toFixed(1)} s (limit 10 s)  ${one.output}`);
  }
}

/** From start to end of the process. */
async function ours(
  source: string,
  outDir: string,
  cache: string,
  state = '',
): Promise<Measured & { output: string }> {
  const started = performance.now();
  const { code, output } = await runBuild({
    MANDATE_PUBLISHED_DIR: source,
    MANDATE_PUBLIC_URL: PUBLIC_URL,
    MANDATE_OUT_DIR: outDir,
    MANDATE_STATE_DIR: state,
    MANDATE_CACHE_DIR: cache,
  });
  const [, pages] = /(\d+) pages/.exec(output) ?? [];
  if (code !== 0 || pages === undefined) throw new Error(output);
  return { pages: Number(pages), seconds: (performance.now() - started) / 1000, output: output.trim() };
}
function peer(kind: 'astro' | 'loop', source: string, outDir: string): Promise<Measured> {
  const child = spawn(process.execPath, [...process.execArgv, SELF, kind, source, outDir], {
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      const [, pages, seconds] = /^(\d+) ([\d.]+)$/m.exec(output) ?? [];
      if (code === 0) resolve({ pages: Number(pages), seconds: Number(seconds) });
      else reject(new Error(output));
    });
  });
}

/** A page an item, its content as text, no layout: what Astro itself costs. */
async function buildBare(source: string, outDir: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'mandate-bench-astro-'));
  try {
    mkdirSync(join(root, 'src/pages'), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules'), join(root, 'node_modules'), 'junction');
    const blobs = JSON.stringify(join(source, 'data/blobs'));
    writeFileSync(
      join(root, 'src/pages/[id].astro'),
      `---
import { readdirSync, readFileSync } from 'node:fs';
export function getStaticPaths() {
  return readdirSync(${blobs}).flatMap((dir) =>
    readdirSync(${blobs} + '/' + dir).map((name) => ({ params: { id: name.slice(0, 64) } })));
}
const { id } = Astro.params;
const text = readFileSync(${blobs} + '/' + id.slice(0, 2) + '/' + id + '.json', 'utf8');
---
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8" /><title>{id}</title></head><body><pre>{text}</pre></body></html>
`,
    );
    process.chdir(root);
    const started = performance.now();
    await build({ root, outDir, configFile: false, logLevel: 'error', devToolbar: { enabled: false } });
    report(
      readdirSync(outDir, { recursive: true }).filter((name) => String(name).endsWith('.html')).length,
      started,
    );
  } finally {
    process.chdir(PROJECT);
    rmSync(root, { recursive: true, force: true });
  }
}

/** The least that can be done: read, escape, write. */
function writePlain(source: string, outDir: string): void {
  const started = performance.now();
  const blobs = join(source, 'data/blobs');
  let pages = 0;
  for (const dir of readdirSync(blobs)) {
    for (const name of readdirSync(join(blobs, dir))) {
      const text = readFileSync(join(blobs, dir, name), 'utf8')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;');
      mkdirSync(join(outDir, name), { recursive: true });
      writeFileSync(
        join(outDir, name, 'index.html'),
        `<!doctype html><html lang="zh-CN"><title>${name}</title><pre>${text}</pre></html>`,
      );
      pages += 1;
    }
  }
  report(pages, started);
}

function report(pages: number, started: number): void {
  console.log(`${pages} ${((performance.now() - started) / 1000).toFixed(3)}`);
}

function pagesPerSecond(runs: readonly Measured[]): number {
  const rates = runs.map(({ pages, seconds }) => pages / seconds).sort((a, b) => a - b);
  return rates[Math.floor(rates.length / 2)] ?? 0;
}

function median(runs: readonly Measured[]): number {
  return runs.map(({ seconds }) => seconds).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
}

function rate(pages = 0): string {
  return `${pages.toFixed(0).padStart(6)} pages/s`;
}

function ratio(a = 0, b = 1): string {
  return (a / b).toFixed(2);
}
