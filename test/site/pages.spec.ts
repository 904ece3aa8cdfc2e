import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { buildSite, type BuiltSite } from '../support/built-site.ts';
import { FOOD, itemKey, MARKET } from '../support/sample-acts.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [1280, 390];
/** GOV.UK's smallest text, in CSS pixels. */
const MIN_TEXT_PX = 16;
/** No search engine sees them, people do. */
const UNLISTED = ['/404.html', '/v/', '/V/', '/V/#NOTACODE', '/search/?q=%E9%A3%9F%E5%93%81'];

let site: BuiltSite;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([buildSite(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Texts on a page that are smaller than the mark. */
function smallTexts(page: Page): Promise<string[]> {
  return page.evaluate((min) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || (node.textContent ?? '').trim() === '') continue;
      const size = Number.parseFloat(getComputedStyle(parent).fontSize);
      if (size < min) found.push(`${size}px: ${(node.textContent ?? '').slice(0, 30)}`);
    }
    return found;
  }, MIN_TEXT_PX);
}

/** Rules of axe that a page breaks, with the first place. */
async function violations(page: Page): Promise<string[]> {
  // Injected from outside: the page's own policy forbids foreign scripts, as it should.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } = Reflect.get(
      globalThis,
      'axe',
    );
    const { violations: broken } = await axe.run();
    return broken.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

describe('every page', () => {
  test.each(WIDTHS)(
    'at %i px breaks no rule of axe, scrolls in one direction, and is large enough to read',
    async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      const problems: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
      expect(site.addresses.length).toBeGreaterThan(20);
      for (const address of [...site.addresses, ...UNLISTED]) {
        const before = problems.length;
        await page.goto(site.origin + address, { waitUntil: 'networkidle' });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0) problems.push(`${overflow}px too wide`);
        problems.push(...(await smallTexts(page)), ...(await violations(page)));
        // Named once, so that a failure says where.
        if (problems.length > before) problems.splice(before, 0, `--- ${address}`);
      }
      await page.close();
      expect(problems).toEqual([]);
    },
    300_000,
  );

  test('asks nobody else for anything and sends nothing', async () => {
    const page = await browser.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(`${site.origin}/`) && request.method() === 'GET';
      if (!isOwn || request.postData() !== null) foreign.push(`${request.method()} ${request.url()}`);
    });
    for (const address of site.addresses)
      await page.goto(site.origin + address, { waitUntil: 'networkidle' });
    await page.close();
    expect(foreign).toEqual([]);
  }, 120_000);
});

describe('without JavaScript', () => {
  const item = `/items/${itemKey(MARKET, 1).replace('.', '/')}/`;

  test('an item page says the power, its basis, its history and its proof', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.origin + item);
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
      for (const [, href = ''] of html.matchAll(/href="(\/[^"#?]*)"/g)) {
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
    expect(await page.locator('noscript').innerText()).toContain('按部门');
    await page.goto(`${site.origin}/verify/`);
    expect(await page.locator('noscript').innerText()).toContain('npx mandate verify');
    await context.close();
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
    expect(await step.locator('li', { hasText: '备注' }).locator('del').innerText()).toBe('十五');
    expect(await step.locator('li', { hasText: '备注' }).locator('ins').innerText()).toBe('十');
    expect(await step.locator('li', { hasText: '新增“子项”' }).count()).toBe(1);
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
