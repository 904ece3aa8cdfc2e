// node --import ./apps/registry/bin/typescript-hooks.js test/bench/search.bench.ts [items]
// The search of a province: 100,000 items of 360 organs, in headless Chromium, a fresh one for each question. Limits of
// the issue: first results 100 ms after a key, 300 kB in all. The peer, Pagefind, searches the same items in the same run
// when it is there: `npm i --no-save pagefind@1.6.0`, or MANDATE_PAGEFIND=<its lib/index.js>.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { updateSearch } from '../../site/builder/search-index/update.ts';
import { launchBrowser } from '../support/browser.ts';
import { buildSite } from '../support/built-site.ts';
import { enterSearchItem, searchItems, writeSearchRegistry } from '../support/search-registry.ts';
import { serveFolders } from '../support/static-server.ts';

const LIMIT_MS = 100;
const LIMIT_BYTES = 300_000;
const DAY = '2026-01-01';
const SELF = fileURLToPath(import.meta.url);

/** Whole words, parts, long names, a whole category, codes, typing errors, homophones, pinyin, citizens' words, texts, nothing. */
const QUESTIONS = [
  '食品经营许可',
  '食',
  '行政处罚',
  '道路旅客',
  '对个人未取得许可擅自从事食品经营活动的行政处罚',
  '市场监督管理局 食品',
  '000100005000',
  '食晶经营许可',
  '食品经赢',
  '营业性演处',
  'shipinjingying',
  'spjyxk',
  '开饭店',
  '驾照',
  '低保',
  '房产证',
  '听取利害关系人意见',
  '不存在的事项呀',
];

const [task, ...folders] = process.argv.slice(2);
if (task === 'build')
  build(folders[0] ?? '', folders[1] ?? '', folders[2] === 'all' ? 'all' : folders.slice(2));
else await main(Number(task ?? 100_000));

async function main(items: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-bench-search-'));
  const browser = await launchBrowser();
  const site = await buildSite();
  try {
    const [published, index] = [join(folder, 'published'), join(folder, 'index')];
    const { documents, organs } = writeSearchRegistry(published, items);
    console.log(`${documents} documents`);
    await measureBuild('whole index', published, index, ['all']);
    const key = organs[100]?.key ?? '';
    const [item] = searchItems('民政局', 1);
    if (item)
      enterSearchItem(published, `${key}.00003`, { ...item, name: '流浪乞讨人员救助' }, { index: 10 ** 7 });
    await measureBuild('one changed item', published, index, [key]);
    console.log(`${kilobytes(sizeOf(join(index, 'out')))} kB in ${filesIn(join(index, 'out'))} files`);
    const server = await serveFolders(join(index, 'out'), site.pages);
    const ours = await measure(browser, server.origin, askExplorer);
    await server.close();
    report('explorer', ours);
    const peer = await measurePagefind(browser, folder, published);
    if (peer) {
      report('Pagefind', peer);
      console.log(
        `ratio, Pagefind to ours: ${(median(peer.times) / median(ours.times)).toFixed(1)} × time, ` +
          `${(median(peer.bytes) / median(ours.bytes)).toFixed(1)} × bytes`,
      );
    }
  } finally {
    await site.close();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// --- building

async function measureBuild(
  name: string,
  published: string,
  index: string,
  changed: readonly string[],
): Promise<void> {
  const args = [...process.execArgv, SELF, 'build', published, index, ...changed];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  console.log(`${name}:`);
  await new Promise<void>((resolve, reject) => {
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${name} failed`))));
  });
}

function build(published: string, index: string, changed: 'all' | readonly string[]): void {
  const started = performance.now();
  const done = updateSearch({
    publishedDir: published,
    outDir: join(index, 'out'),
    stateDir: join(index, 'state'),
    changed,
    day: DAY,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  // Beside others on the same processors only this is ours.
  const { user, system } = process.cpuUsage();
  const processor = ((user + system) / 1e6).toFixed(1);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `  ${done.changed} of ${done.documents} documents in ${seconds} s (processor ${processor} s), ${memory} MiB`,
  );
}

// --- asking

interface Measured {
  /** from a key to the first results, ms: one for each key */
  readonly times: number[];
  /** loaded in all, page and scripts included: one for each question */
  readonly bytes: number[];
  readonly lines: string[];
}

type Ask = (page: Page, origin: string, question: string) => Promise<{ times: number[]; found: string }>;

async function measure(browser: Browser, origin: string, ask: Ask): Promise<Measured> {
  const measured: Measured = { times: [], bytes: [], lines: [] };
  // Not counted: the first page of a browser warms it, not us.
  for (const question of [QUESTIONS[0] ?? '', ...QUESTIONS]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    const { times, found } = await ask(page, origin, question);
    await page.waitForTimeout(200);
    if (measured.bytes.length > 0 || measured.lines.length > 0) {
      measured.times.push(...times);
      measured.bytes.push(bytes);
    }
    measured.lines.push(
      `  ${question.padEnd(14, '　')} ${times.map((time) => time.toFixed(0)).join(' ')} ms, ${kilobytes(bytes)} kB, ${found}`,
    );
    await context.close();
  }
  measured.lines.shift();
  return measured;
}

/** Types as an input method does, two characters at a time; each time is from the key to the rows it brings. */
async function askExplorer(
  page: Page,
  origin: string,
  question: string,
): Promise<{ times: number[]; found: string }> {
  await page.goto(`${origin}/search/`);
  await page.waitForSelector('[data-results] li');
  await page.evaluate(() => {
    const results = document.querySelector('[data-results]');
    const notes = document.querySelector('[data-notes]');
    const own = { started: 0, times: [] as number[] };
    Object.assign(window, { measured: own });
    document.querySelector('#q')?.addEventListener('input', () => (own.started = performance.now()), true);
    const seen = (): void => {
      if (own.started === 0) return;
      own.times.push(performance.now() - own.started);
      own.started = 0;
    };
    // Where nothing is found, the notes say so.
    for (const node of [results, notes])
      if (node) new MutationObserver(seen).observe(node, { childList: true });
  });
  await page.locator('#q').focus();
  const characters = Array.from(question);
  const step = /^[a-z0-9]/.test(question) ? characters.length : 2;
  for (let at = 0; at < characters.length; at += step) {
    await page.keyboard.insertText(characters.slice(at, at + step).join(''));
    await page.waitForFunction(
      (count) => (window as unknown as { measured: { times: number[] } }).measured.times.length >= count,
      Math.floor(at / step) + 1,
    );
    await page.waitForTimeout(150);
  }
  const { times } = await page.evaluate(
    () => (window as unknown as { measured: { times: number[] } }).measured,
  );
  const first = await page
    .locator('[data-results] .name > a')
    .first()
    .innerText({ timeout: 300 })
    .catch(() => '—');
  return { times, found: `${await page.locator('[data-status]').innerText()} ${first}` };
}

// --- the peer

interface Pagefind {
  createIndex(options: { forceLanguage: string }): Promise<{ index?: PagefindIndex }>;
  close(): Promise<void>;
}
interface PagefindIndex {
  addCustomRecord(record: {
    url: string;
    content: string;
    language: string;
    meta: Record<string, string>;
    filters: Record<string, string[]>;
  }): Promise<unknown>;
  writeFiles(options: { outputPath: string }): Promise<unknown>;
}

async function measurePagefind(
  browser: Browser,
  folder: string,
  published: string,
): Promise<Measured | undefined> {
  const path =
    process.env['MANDATE_PAGEFIND'] ??
    fileURLToPath(new URL('../../node_modules/pagefind/lib/index.js', import.meta.url));
  if (!existsSync(path)) {
    console.log('Pagefind is not here: no comparison');
    return undefined;
  }
  const out = join(folder, 'pagefind');
  const started = performance.now();
  const pagefind = (await import(path)) as Pagefind;
  const { index } = await pagefind.createIndex({ forceLanguage: 'zh' });
  if (index === undefined) throw new Error('Pagefind made no index');
  for (const file of readdirSync(join(published, 'data/summaries'))) {
    const { organ, items } = JSON.parse(readFileSync(join(published, 'data/summaries', file), 'utf8'));
    for (const { key, name, category, subItems } of items) {
      await index.addCustomRecord({
        url: `/items/${key}/`,
        // Names and sub-items only: less than ours, which has the texts too.
        content: [name, ...subItems].join('。'),
        language: 'zh',
        meta: { title: name },
        filters: { organ: [organ], category: [category] },
      });
    }
  }
  await index.writeFiles({ outputPath: join(out, 'pagefind') });
  await pagefind.close();
  console.log(
    `Pagefind: names only in ${((performance.now() - started) / 1000).toFixed(1)} s, ${kilobytes(sizeOf(out))} kB`,
  );
  mkdirSync(out, { recursive: true });
  writeFileSync(
    join(out, 'index.html'),
    '<!doctype html><html lang="zh"><meta charset="utf-8"><title>x</title>',
  );
  const server = await serveFolders(out);
  const measured = await measure(browser, server.origin, askPagefind);
  await server.close();
  return measured;
}

async function askPagefind(
  page: Page,
  origin: string,
  question: string,
): Promise<{ times: number[]; found: string }> {
  await page.goto(`${origin}/`);
  return page.evaluate(async (text) => {
    const address = '/pagefind/pagefind.js';
    const { createInstance } = await import(address);
    const search = createInstance({ language: 'zh' });
    // As ours does before the first key.
    await search.init();
    await search.filters();
    const started = performance.now();
    const { results } = await search.search(text);
    const rows = await Promise.all(
      results.slice(0, 20).map((one: { data(): Promise<unknown> }) => one.data()),
    );
    const first = rows[0]?.meta?.title ?? '—';
    return { times: [performance.now() - started], found: `${results.length} ${first}` };
  }, question);
}

// --- numbers

function report(name: string, { times, bytes, lines }: Measured): void {
  for (const line of lines) console.log(line);
  const [half, most] = [median(times), quantile(times, 0.95)];
  console.log(
    `${name}: key to first results ${half.toFixed(0)} ms median, ${most.toFixed(0)} ms p95 ` +
      `(limit ${LIMIT_MS}: ${(half / LIMIT_MS).toFixed(2)} and ${(most / LIMIT_MS).toFixed(2)}); ` +
      `loaded ${kilobytes(median(bytes))} kB median, ${kilobytes(Math.max(...bytes))} kB most ` +
      `(limit ${kilobytes(LIMIT_BYTES)}: ${(Math.max(...bytes) / LIMIT_BYTES).toFixed(2)})`,
  );
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(0);
}

function filesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0);
}
