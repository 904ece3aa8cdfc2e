import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { buildSite, PUBLIC_URL, type BuiltSite } from '../support/built-site.ts';
import { writePublishedFolder, type Act } from '../support/published-folder.ts';
import { ACTS, itemKey, MARKET } from '../support/sample-acts.ts';

const ITEM = `/items/${itemKey(MARKET, 1).replace('.', '/')}/`;
const LOG = 'log/lists';

let site: BuiltSite;
let browser: Browser;
/** what each test tampers with, put back after it */
const originals = new Map<string, Buffer>();

beforeAll(async () => {
  [site, browser] = await Promise.all([buildSite(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
afterEach(() => {
  for (const [path, bytes] of originals) writeFileSync(path, bytes);
  originals.clear();
});

function change(path: string, edit: (bytes: Buffer) => Uint8Array | string): void {
  const file = join(site.published, path);
  const bytes = readFileSync(file);
  originals.set(file, bytes);
  writeFileSync(file, edit(Buffer.from(bytes)));
}

/** The outcome a reader sees; a context of its own remembers nothing of earlier tests. */
async function outcome(
  address: string,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<{ state: string | null; text: string }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await prepare(page);
  await page.goto(site.origin + address);
  const found = await read(page);
  await context.close();
  return found;
}

async function read(page: Page): Promise<{ state: string | null; text: string }> {
  const box = page.locator('[data-outcome]');
  await box.waitFor({ state: 'visible' });
  return { state: await box.getAttribute('data-outcome'), text: await box.innerText() };
}

describe('proof of listing in the browser', () => {
  test('holds for the current and for an earlier version, over the real tiles', async () => {
    const current = await outcome(ITEM);
    expect(current.state).toBe('holds');
    expect(current.text).toContain('第 13 条');
    expect((await outcome(`${ITEM}3/`)).state).toBe('holds');
  });

  test('holds for every item of the registry', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const items = site.addresses.filter((address) => address.startsWith('/items/'));
    expect(items.length).toBeGreaterThan(10);
    for (const address of items) {
      await page.goto(site.origin + address);
      expect({ address, ...(await read(page)) }).toMatchObject({ address, state: 'holds' });
    }
    await context.close();
  });

  test('fails on a tile with one changed bit', async () => {
    change(`${LOG}/tile/0/000.p/15`, (bytes) => {
      bytes[14 * 32] = (bytes[14 * 32] ?? 0) ^ 1;
      return bytes;
    });
    const { state, text } = await outcome(ITEM);
    expect(state).toBe('fails');
    expect(text).toContain('核对不符');
  });

  test('fails on a checkpoint whose signature is not the log’s', async () => {
    change(`${LOG}/checkpoint`, (bytes) => bytes.toString('utf8').replace('\n15\n', '\n16\n'));
    expect((await outcome(ITEM)).state).toBe('fails');
  });

  test('fails when the page claims another entry than the log has there', async () => {
    const { state } = await outcome(ITEM, (page) => rewrite(page, '缩短承诺办结时限', '延长承诺办结时限'));
    expect(state).toBe('fails');
  });

  test('fails, and marks the place, when the page shows a word that was never listed', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await rewrite(page, '承诺十个工作日内办结。</p>', '承诺一个工作日内办结。</p>');
    await page.goto(site.origin + ITEM);
    expect((await read(page)).state).toBe('fails');
    expect(await page.locator('.differs').allInnerTexts()).toEqual(['承诺一个工作日内办结。']);
    await context.close();
  });

  test('fails when the content file is another one', async () => {
    await withBlobPath(async (path) => {
      change(path, (bytes) => bytes.toString('utf8').replace('食品', '药品'));
      expect((await outcome(ITEM)).state).toBe('fails');
    });
  });

  test('is undecided, not false, when the log cannot be reached', async () => {
    const { state, text } = await outcome(ITEM, async (page) => {
      await page.route('**/log/**', (route) => route.abort());
    });
    expect(state).toBe('unknown');
    expect(text).toContain('刷新再试');
  });

  test('finds a log that was rewritten since the last visit', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(site.origin + ITEM);
    expect((await read(page)).state).toBe('holds');

    // The same key signs another history: an older entry is another one, and the log has grown.
    const rewritten = ACTS.map((act, i) => (i === 4 ? { ...act, reason: '改写过的历史' } : act));
    await serveLog(page, [...rewritten, ...ACTS.slice(-1)]);
    await page.reload();
    const { state, text } = await read(page);
    expect(state).toBe('fails');
    expect(text).toContain('inconsistent');
    // The memory is the evidence: it is kept, and the next visit fails as well.
    await page.reload();
    expect((await read(page)).state).toBe('fails');
    await context.close();
  });

  test('says that a log grew as it should', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(site.origin + ITEM);
    await read(page);
    const grown = join(site.published, '..', 'grown');
    await writePublishedFolder(grown, [...ACTS, ...ACTS.slice(-1)], {
      publicUrl: 'https://registry.example',
    });
    await page.route('**/log/lists/**', async (route) => {
      const path = new URL(route.request().url()).pathname;
      await route.fulfill({ path: join(grown, path) });
    });
    await page.reload();
    const { state, text } = await read(page);
    expect(state).toBe('holds');
    expect(text).toContain('与本浏览器上次见到的（15 条）相接');
    await context.close();
  });
});

/** From now on the page is shown the log of these acts, by the same key. */
async function serveLog(page: Page, acts: readonly Act[]): Promise<void> {
  const folder = mkdtempSync(join(site.published, '..', 'log-'));
  await writePublishedFolder(folder, acts, { publicUrl: PUBLIC_URL });
  await page.route('**/log/lists/**', async (route) => {
    const path = join(folder, new URL(route.request().url()).pathname);
    await (existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404 }));
  });
}

/** The page as a false server would send it. */
async function rewrite(page: Page, from: string, to: string): Promise<void> {
  await page.route(`**${ITEM}`, async (route) => {
    const html = await (await fetch(route.request().url())).text();
    expect(html).toContain(from);
    await route.fulfill({ contentType: 'text/html; charset=utf-8', body: html.replaceAll(from, to) });
  });
}

async function withBlobPath(use: (path: string) => Promise<void>): Promise<void> {
  const html = await (await fetch(site.origin + ITEM)).text();
  const path = /data-blob="\/([^"]+)"/.exec(html)?.[1];
  if (path === undefined) throw new Error('the page names no content file');
  await use(path);
}
