// node --import ./apps/registry/bin/typescript-hooks.js test/bench/pages.bench.ts [items]
// Pages per second of the site's build, beside two peers over the same published files in the same run: a minimal Astro
// site that prints the same content bare, and a loop that fills a template string. Rounds alternate; medians are compared.
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
import { writePublishedFolder, type Act } from '../support/published-folder.ts';
import { CULTURE, FOOD, itemKey, MARKET, TRANSPORT } from '../support/sample-acts.ts';

const ROUNDS = 3;
const ORGANS = [MARKET, TRANSPORT, CULTURE];
const SELF = fileURLToPath(import.meta.url);
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

interface Measured {
  readonly pages: number;
  readonly seconds: number;
}

const [task, published, out] = process.argv.slice(2);
if (task === 'astro' && published !== undefined && out !== undefined) await buildBare(published, out);
else if (task === 'loop' && published !== undefined && out !== undefined) writePlain(published, out);
else await main(Number(task ?? 2_000));

async function main(items: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-bench-pages-'));
  try {
    const source = join(folder, 'published');
    await writePublishedFolder(source, makeActs(items), { publicUrl: PUBLIC_URL });
    const runs = { site: [] as Measured[], astro: [] as Measured[], loop: [] as Measured[] };
    let index = '';
    for (let round = 0; round < ROUNDS; round += 1) {
      const { pages, output } = await ours(source, join(folder, `site-${round}`));
      runs.site.push(pages);
      index = output;
      runs.astro.push(await peer('astro', source, join(folder, `astro-${round}`)));
      runs.loop.push(await peer('loop', source, join(folder, `loop-${round}`)));
    }
    const [site, astro, loop] = [runs.site, runs.astro, runs.loop].map(pagesPerSecond);
    console.log(`site, all pages        ${rate(site)}   ${index.trim()}`);
    console.log(`peer: bare Astro       ${rate(astro)}   ratio ${ratio(site, astro)}`);
    console.log(`peer: template loop    ${rate(loop)}   ratio ${ratio(site, loop)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeActs(items: number): Act[] {
  const time = '2025-01-06T01:00:00Z';
  const organs = ORGANS.map((blob): Act => ({
    register: 'organ',
    key: blob.key,
    blob,
    time,
    reason: '机关登记',
  }));
  const listed = Array.from({ length: items }, (_, i): Act => {
    const organ = ORGANS[i % ORGANS.length] ?? MARKET;
    const blob = { ...FOOD, organ: organ.key, name: `${FOOD.name}（${i}）` };
    return { register: 'authority-item', key: itemKey(organ, i + 1), blob, time, reason: '首次公布' };
  });
  return [...organs, ...listed];
}

/** The time of the pages as the build prints it, and what it printed. */
async function ours(source: string, outDir: string): Promise<{ pages: Measured; output: string }> {
  const { code, output } = await runBuild({
    MANDATE_PUBLISHED_DIR: source,
    MANDATE_PUBLIC_URL: PUBLIC_URL,
    MANDATE_OUT_DIR: outDir,
  });
  const [, pages, seconds] = /(\d+) pages in ([\d.]+) s/.exec(output) ?? [];
  if (code !== 0 || pages === undefined) throw new Error(output);
  return { pages: { pages: Number(pages), seconds: Number(seconds) }, output };
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

function rate(pages = 0): string {
  return `${pages.toFixed(0).padStart(6)} pages/s`;
}

function ratio(a = 0, b = 1): string {
  return (a / b).toFixed(2);
}
