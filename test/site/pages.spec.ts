import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { buildSite, PUBLIC_URL, type BuiltSite } from '../support/built-site.ts';
import { findProblems, openPage, weigh, type Display } from '../support/page-checks.ts';
import { writePublishedFolder } from '../support/published-folder.ts';
import { ACTS, FOOD, itemKey, MARKET } from '../support/sample-acts.ts';
import { LIST_ACTS, NEGATIVE } from '../support/sample-lists.ts';

/** No search engine sees them, people do. */
const UNLISTED = ['/404.html', '/v/', '/V/', '/V/#NOTACODE', '/search/?q=%E9%A3%9F%E5%93%81'];
const ORGAN = `/organs/${MARKET.key}/`;
const ITEM = `/items/${itemKey(MARKET, 1).replace('.', '/')}/`;
/** One of each kind of page that has a look of its own. */
const KINDS = [
  '/',
  '/organs/',
  ORGAN,
  ITEM,
  `/negative/${NEGATIVE.key}/`,
  `/negative/${NEGATIVE.key}/208001/`,
]
  .concat([
    `/editions/${MARKET.key}/2025/`,
    '/statistics/',
    '/changes/',
    '/downloads/',
    '/search/',
    '/verify/',
  ])
  .concat([`${ORGAN}duties/`, '/regions/990100/', '/about/']);

/** What lists say, in places that also hold words of the interface. */
const LIST_WORDS =
  /示例|\bcode\b|href="\/(?:organs|regions|items|negative|editions)\/[^"]+"|[#"](?:prohibited|permitted)-/;

let site: BuiltSite;
let browser: Browser;

beforeAll(async () => {
  const publish = (dir: string): Promise<void> =>
    writePublishedFolder(dir, [...ACTS, ...LIST_ACTS], { publicUrl: PUBLIC_URL });
  [site, browser] = await Promise.all([buildSite(publish), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

describe('every page', () => {
  test('wide and on a phone breaks no rule of axe, scrolls in one direction, is large enough to read, and asks nobody else for anything', async () => {
    expect(site.addresses.length).toBeGreaterThan(60);
    const all = [...site.addresses, ...UNLISTED];
    expect(await findProblems(browser, site.origin, all, { widths: [1280, 390] })).toEqual([]);
  });

  test.each<[string, number, Display]>([
    ['dark and in English', 1280, { theme: 'dark', language: 'en' }],
    ['in large type on a phone, in English', 390, { size: 'large', language: 'en' }],
  ])('of each kind holds this too %s', async (_how, width, display) => {
    expect(await findProblems(browser, site.origin, KINDS, { widths: [width], display })).toEqual([]);
  });

  test('is dark where the system is, without a script and without switches that would do nothing', async () => {
    const page = await openPage(browser, {}, { colorScheme: 'dark', javaScriptEnabled: false });
    await page.goto(site.origin);
    const ground = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
    expect(ground).toBe('rgb(21, 26, 31)');
    expect(await page.locator('[data-display-box]').isVisible()).toBe(false);
    await page.context().close();
  });
});

describe('without JavaScript', () => {
  test('an item page says the power, its basis, its history and its proof', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.origin + ITEM);
    const text = await page.locator('main').innerText();
    for (const expected of [
      FOOD.name,
      '在用',
      '行政许可',
      MARKET.name,
      FOOD.bases[0]?.text ?? '',
      FOOD.levels[1]?.division ?? '',
      '餐饮服务许可（变更）',
      FOOD.accountablePersons ?? '',
      '明确市县两级分工，缩短承诺办结时限',
      '第 13 条',
    ]) {
      expect(text).toContain(expected);
    }
    await context.close();
  });

  test('every item is reached by links from the home page alone', async () => {
    const seen = new Set<string>();
    const queue = ['/'];
    for (let address = queue.pop(); address !== undefined; address = queue.pop()) {
      if (seen.has(address)) continue;
      seen.add(address);
      const html = await (await fetch(site.origin + address)).text();
      for (const [, href = ''] of html.matchAll(/href="(\/[^"#?]*)[^"]*"/g)) {
        if (href.endsWith('/')) queue.push(href);
      }
    }
    expect([...site.addresses].filter((address) => !seen.has(address))).toEqual([]);
    expect([...seen].filter((address) => !site.addresses.includes(address))).toEqual([]);
  });

  test('search and verify say what to do instead', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.origin}/search/`);
    expect(await page.locator('noscript').innerText()).toContain('清单');
    expect(await page.locator('main a[href="/organs/"]').count()).toBeGreaterThan(0);
    await page.goto(`${site.origin}/verify/`);
    expect(await page.locator('noscript').innerText()).toContain('npx mandate verify');
    await context.close();
  });
});

describe('what a reader chooses', () => {
  test('holds on the next page before it is painted, and after the browser was closed for a while', async () => {
    const page = await openPage(browser);
    await page.goto(site.origin);
    expect(await page.locator('.site-nav a').first().innerText()).toBe('查清单');
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('.site-nav a').first().innerText()).toBe('Lists');
    await page.getByRole('button', { name: 'Large type' }).click();
    await page.getByLabel('Colours').selectOption('dark');
    await page.goto(site.origin + ORGAN);
    const html = page.locator('html');
    expect(await html.getAttribute('data-language')).toBe('en');
    expect(await html.evaluate((root) => getComputedStyle(root).fontSize)).toMatch(/^21\.3/);
    expect(await html.evaluate((root) => getComputedStyle(root).colorScheme)).toBe('dark');
    expect(await page.getByRole('button', { name: 'Large type' }).getAttribute('aria-pressed')).toBe('true');
    expect(await page.title()).toContain('powers and duties');
    await page.context().close();
  });

  test('turns back without a trace: the Chinese page is what it was', async () => {
    const page = await openPage(browser);
    await page.goto(site.origin + ORGAN);
    const before = await page.locator('body').innerHTML();
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('h1').innerText()).toContain('powers and duties');
    expect(await page.locator('[lang=en]').count()).toBeGreaterThan(10);
    await page.getByRole('button', { name: '中文' }).click();
    expect(await page.locator('body').innerHTML()).toBe(before);
    await page.context().close();
  });

  test('can be a language given in the address', async () => {
    const page = await openPage(browser);
    await page.goto(`${site.origin}/?lang=en`);
    expect(await page.locator('.site-nav a').first().innerText()).toBe('Lists');
    await page.goto(`${site.origin}/organs/?lang=zh`);
    expect(await page.locator('.site-nav a').first().innerText()).toBe('查清单');
    await page.context().close();
  });

  test('in English leaves no heading, button or label of the interface in Chinese', async () => {
    const page = await openPage(browser, { language: 'en' });
    const left: string[] = [];
    for (const address of KINDS.filter((one) => one !== ITEM)) {
      await page.goto(site.origin + address, { waitUntil: 'load' });
      // What lists say stays Chinese.
      const found = await page.evaluate(() =>
        [...document.querySelectorAll('nav a, button, label, h2, h3, dt, thead th, summary, option')]
          .filter((node) => !node.closest('.breadcrumb, [data-display=language]'))
          .filter((node) => /\p{Script=Han}/u.test(node.textContent))
          .map((node) => node.outerHTML.slice(0, 160)),
      );
      left.push(...found.filter((html) => !LIST_WORDS.test(html)).map((html) => `${address} ${html}`));
    }
    expect(left).toEqual([]);
    await page.context().close();
  });

  test('does not reach paper: print is dark on white, without switches', async () => {
    const page = await openPage(browser, { theme: 'dark' });
    await page.goto(site.origin + ORGAN);
    await page.emulateMedia({ media: 'print' });
    const ink = await page.locator('body').evaluate((body) => getComputedStyle(body).color);
    expect(ink).toBe('rgb(0, 0, 0)');
    expect(await page.locator('[data-display-box]').isVisible()).toBe(false);
    expect(await page.locator('.downloads').first().isVisible()).toBe(false);
    await page.context().close();
  });
});

/** Bytes after gzip, without fonts, and requests of a first visit. */
const BUDGETS: readonly [
  kind: string,
  address: string,
  limits: { page: number; js: number; requests: number },
][] = [
  ['home', '/', { page: 20_000, js: 3_000, requests: 8 }],
  ['an organ', ORGAN, { page: 20_000, js: 3_000, requests: 8 }],
  ['a category', '/categories/01/', { page: 20_000, js: 3_000, requests: 8 }],
  ['a negative list', `/negative/${NEGATIVE.key}/`, { page: 20_000, js: 3_000, requests: 8 }],
  ['an edition', `/editions/${MARKET.key}/2025/`, { page: 20_000, js: 3_000, requests: 8 }],
  ['statistics', '/statistics/', { page: 20_000, js: 3_000, requests: 8 }],
  ['an item', ITEM, { page: 40_000, js: 28_000, requests: 20 }],
];

describe('a first visit', () => {
  test.each(BUDGETS)('of %s stays light', async (_kind, address, limits) => {
    const { html, css, js, requests } = await weigh(browser, site.origin + address);
    expect(html + css + js).toBeLessThanOrEqual(limits.page);
    expect(js).toBeLessThanOrEqual(limits.js);
    expect(requests).toBeLessThanOrEqual(limits.requests);
  });
});

describe('an item page', () => {
  test('shows hostile text as text', async () => {
    const page = await browser.newPage();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const address = site.addresses.find((one) => /o-gze3fdcofnu5hnjj\/00002\/$/.test(one));
    await page.goto(`${site.origin}${address ?? ''}`);
    expect(await page.locator('main').textContent()).toContain('<script>alert(1)</script> & "引号"');
    expect(dialogs).toEqual([]);
    await page.close();
  });

  test('tells field by field what changed, and keeps the version before at an address of its own', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/items/${itemKey(MARKET, 1).replace('.', '/')}/#entry-13`);
    const step = page.locator('#entry-13');
    expect((await step.locator('del').allInnerTexts()).join()).toContain('十五');
    expect((await step.locator('ins').allInnerTexts()).join()).toContain('餐饮服务许可（变更）');
    await page.locator('#entry-3 a').click();
    expect(new URL(page.url()).pathname).toMatch(/\/00001\/3\/$/);
    expect(await page.locator('main').innerText()).toContain('承诺十五个工作日内办结');
    expect(await page.locator('.old-version').innerText()).toContain('旧版');
    await page.close();
  });

  test('of a cancelled or suspended power says so in words', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/items/${itemKey(MARKET, 5).replace('.', '/')}/`);
    expect(await page.locator('.item-head').innerText()).toContain('暂停');
    expect(await page.locator('main').innerText()).toContain('暂停行使');
    await page.close();
  });
});
