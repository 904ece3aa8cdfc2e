import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { buildSite, type BuiltSite } from '../support/built-site.ts';
import { MARKET } from '../support/sample-acts.ts';

let site: BuiltSite;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [site, browser] = await Promise.all([buildSite(), launchBrowser()]);
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const SETTLED = /找到|没有|共 |没能|items|Nothing/;

async function settled(): Promise<{ status: string; names: string[] }> {
  await page.waitForFunction(
    (source) => new RegExp(source).test(document.querySelector('[data-status]')?.textContent ?? ''),
    SETTLED.source,
  );
  return {
    status: await page.locator('[data-status]').innerText(),
    names: await page.locator('[data-results] .name > a').allInnerTexts(),
  };
}

async function open(address: string): Promise<{ status: string; names: string[] }> {
  await page.goto(`${site.origin}${address}`);
  return settled();
}

async function search(query: string): Promise<string[]> {
  return (await open(`/search/?${new URLSearchParams({ q: query }).toString()}`)).names;
}

/** Waits until the explorer says so many. */
async function shows(status: string): Promise<string[]> {
  await page.waitForFunction(
    (text) => document.querySelector('[data-status]')?.textContent.includes(text) === true,
    status,
  );
  return (await settled()).names;
}

const FOOD = '食品经营许可';
const FINE = '对未取得许可从事食品经营活动的行政处罚';

describe('search', () => {
  test('finds 食品经营 as a person types it, on the keyboard, from the home page', async () => {
    await page.goto(site.origin);
    await page.getByRole('searchbox').fill('食品经营');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search/**');
    // Only what holds the four characters side by side, and the name that begins with them first.
    expect((await settled()).names).toEqual([FOOD, FINE]);
  });

  test('answers while a person types, without Enter', async () => {
    await open('/search/');
    await page.getByRole('searchbox').pressSequentially('食品');
    // Slowly typed, the first character is a question of its own.
    await page.waitForURL((url) => url.searchParams.get('q') === '食品');
    expect((await shows('找到'))[0]).toBe(FOOD);
  });

  test('finds 行政处罚 and offers its whole list', async () => {
    expect((await search('行政处罚'))[0]).toBe(FINE);
    expect(await page.locator('[data-notes] a').first().getAttribute('href')).toBe('/categories/02/');
  });

  test.each([
    ['part of a word', '品经', [FOOD, FINE]],
    ['one character', '剧', ['营业性演出审批（𠮷祥剧场）']],
    ['a character beyond the basic plane', '𠮷', ['营业性演出审批（𠮷祥剧场）']],
    ['two parts with a blank', '查封 食品', ['查封、扣押违法经营的食品']],
    ['full-width blanks around it', '　专利　', ['专利纠纷行政裁决']],
    ['words that are in the legal basis only', '取得许可。', expect.arrayContaining([FOOD])],
    ['a wrong character', '食晶经营许可', expect.arrayContaining([FOOD])],
    ['a homophone', '专力纠纷', ['专利纠纷行政裁决']],
    ['pinyin', 'zhuanlijiufen', ['专利纠纷行政裁决']],
    ['initials of pinyin', 'spjyxk', [FOOD]],
    ['a citizen’s word', '开饭店', [FOOD]],
    ['a part that is there and one that is nowhere', '食品 火星', []],
    ['nothing but marks: everything', '。，！', expect.arrayContaining([FOOD, FINE])],
  ])('of %s', async (_what, query, names) => {
    expect(await search(query)).toEqual(names);
  });

  test('says which other words it looked for', async () => {
    await search('开饭店');
    expect(await page.locator('[data-notes]').innerText()).toContain('也找了“食品经营许可”');
  });

  test.each([
    '<img src=x onerror=alert(1)>',
    '"\'`\\%00\u0000\uD800',
    '('.repeat(100),
    '😀'.repeat(60),
    'a'.repeat(3_000),
  ])('takes whatever is typed for text: %j', async (query) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await search(query);
    expect(await page.locator('item-search img').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('says so when nothing is found, and where to look instead', async () => {
    expect(await search('不存在的事项呀')).toEqual([]);
    // Words that are not there are no statement of law.
    expect((await settled()).status).toContain('不等于没有这项权力');
    expect(await page.locator('[data-notes]').innerText()).not.toContain('无权');
    // The whole text was searched too: what is left is by organ and by kind of power.
    expect(await page.locator('[data-notes] a').count()).toBe(2);
  });

  test('says so when the index cannot be had, and recovers', async () => {
    const context = await browser.newContext();
    const before = page;
    page = await context.newPage();
    await page.route('**/search/index/**', (route) => route.abort());
    await search('食品');
    expect((await settled()).status).toContain('没能完成');
    await page.unroute('**/search/index/**');
    await page.getByRole('button', { name: '再试一次' }).click();
    expect(await shows('找到')).toContain(FOOD);
    await context.close();
    page = before;
  });
});

describe('the explorer', () => {
  test('lists everything without a question, cancelled items last, each with its state', async () => {
    const { status, names } = await open('/search/');
    expect(status).toContain(`共 ${names.length} 项`);
    const cancelled = page.locator('[data-results] li', { hasText: '已取消' });
    expect(await cancelled.locator('.name > a').innerText()).toBe(names.at(-1));
  });

  test('narrows by facets, says how many there would be, keeps that in the address, goes back', async () => {
    const all = await open('/search/');
    const organ = page.locator(`[id="organ-${MARKET.key}"]`);
    const count = await page.locator('li', { has: organ }).locator('.count').innerText();
    await organ.click();
    expect(await shows(`共 ${count} 项`)).toHaveLength(Number(count));
    expect(new URL(page.url()).searchParams.get('organ')).toBe(MARKET.key);
    // Another organ would still be there to choose.
    expect(await page.locator('[aria-labelledby="facet-organ"] li').count()).toBeGreaterThan(1);
    await page.locator('[id="category-02"]').click();
    expect(await shows('共 1 项')).toEqual([FINE]);
    await page.reload();
    expect((await settled()).names).toEqual([FINE]);
    await page.goBack();
    await shows(`共 ${count} 项`);
    await page.goBack();
    expect(await shows(`共 ${all.names.length} 项`)).toEqual(all.names);
  });

  test('lets a choice go by keyboard, and the focus stays in the explorer', async () => {
    await open(`/search/?organ=${MARKET.key}`);
    await page.locator('#chosen-organ').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search/');
    await page.waitForFunction(() => document.querySelector('#chosen-organ') === null);
    expect(await page.evaluate(() => document.activeElement?.closest('item-search') !== null)).toBe(true);
  });

  test.each([
    '?organ=../../x&category=99&level=0&state=__proto__&page=-4&region=%',
    '?page=999999',
    '?page=1e9&list=<script>',
    '?organ=o-aaaaaaaaaaaaaaaa',
    '?q=%E0%A4%A',
  ])('makes sense of any address: %s', async (query) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await open(`/search/${query}`);
    expect((await settled()).status).not.toContain('没能');
    expect(errors).toEqual([]);
  });

  test.each(['csv', 'json', 'xlsx'])('gives what is found as %s', async (format) => {
    await open(`/search/?organ=${MARKET.key}&category=02`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `下载 ${format.toUpperCase()}` }).click(),
    ]);
    const bytes = readFileSync(await download.path());
    const text =
      format === 'xlsx'
        ? utils.sheet_to_csv(Object.values(read(bytes).Sheets)[0] ?? {})
        : bytes.toString('utf8');
    expect(text).toContain(FINE);
    expect(text).toContain(`${site.origin}/items/${MARKET.key}/`);
    expect(text).not.toContain(FOOD);
  });

  test('speaks English when asked to, and what is in the lists stays Chinese', async () => {
    await open('/search/?q=%E9%A3%9F%E5%93%81');
    await page.getByRole('button', { name: 'English' }).click();
    await shows('items found');
    expect(await page.locator('#facet-organ').innerText()).toBe('Organ');
    await page.getByRole('button', { name: '中文' }).click();
    await shows('找到');
  });

  test.each([1280, 390])('has no axe violation and no sideways scroll at %d px', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await open(`/search/?q=${encodeURIComponent('食品')}&state=in-force`);
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { axe: own } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string }[] }> };
      };
      return (await own.run()).violations.map(({ id }) => id);
    });
    expect(violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  test('without JavaScript the form explains itself and leads to the lists', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`${site.origin}/search/?q=x`);
    expect(await plain.locator('noscript').innerText()).toContain('JavaScript');
    for (const href of ['/organs/', '/regions/', '/categories/', '/negative/']) {
      expect(await plain.locator(`main a[href="${href}"]`).count()).toBe(1);
    }
    await context.close();
  });

  test('loads the index and what is shown, not more', () => {
    const folder = join(site.pages, 'search/index');
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toMatchObject({ version: 1 });
    expect(site.requested.some(({ url }) => url.includes('/search/index/'))).toBe(true);
    expect(site.requested.some(({ url }) => /\.wasm|pagefind/.test(url))).toBe(false);
  });
});
