import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { buildSite, type BuiltSite } from '../support/built-site.ts';

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

async function settled(): Promise<{ status: string; names: string[] }> {
  await page.waitForFunction(() =>
    /找到|没有找到|输入|没能/.test(document.querySelector('[data-status]')?.textContent ?? ''),
  );
  return {
    status: await page.locator('[data-status]').innerText(),
    names: await page.locator('[data-results] .name > a').allInnerTexts(),
  };
}

async function search(query: string): Promise<string[]> {
  await page.goto(`${site.origin}/search/?q=${encodeURIComponent(query)}`);
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

  test('finds 行政处罚 and offers its whole list', async () => {
    expect((await search('行政处罚'))[0]).toBe(FINE);
    expect(await page.locator('[data-status] a').getAttribute('href')).toBe('/categories/02/');
  });

  test.each([
    ['part of a word', '品经', [FOOD, FINE]],
    ['one character', '剧', ['营业性演出审批（𠮷祥剧场）']],
    ['a character beyond the basic plane', '𠮷', ['营业性演出审批（𠮷祥剧场）']],
    ['two parts with a blank', '查封 食品', ['查封、扣押违法经营的食品']],
    ['full-width blanks around it', '　专利　', ['专利纠纷行政裁决']],
    ['words that are in the legal basis only', '取得许可。', expect.arrayContaining([FOOD])],
    ['characters in another order', '营经品食', []],
    ['a part that is there and one that is nowhere', '食品 火星', []],
  ])('of %s', async (_what, query, names) => {
    expect(await search(query)).toEqual(names);
  });

  test('narrows by organ and category and keeps that in the address', async () => {
    await search('许可');
    await page.getByLabel('部门').selectOption('示例市交通运输局');
    await page.waitForFunction(() => document.querySelectorAll('[data-results] li').length === 1);
    expect((await settled()).names).toEqual(['道路旅客运输经营许可']);
    expect(new URL(page.url()).searchParams.get('organ')).toBe('示例市交通运输局');
    await page.reload();
    expect((await settled()).names).toEqual(['道路旅客运输经营许可']);
  });

  test('says so when nothing is found, and where to look instead', async () => {
    expect(await search('不存在的事项')).toEqual([]);
    const { status } = await settled();
    expect(status).toContain('没有找到');
    expect(await page.locator('[data-status] a').count()).toBe(2);
  });

  test('says so when the index cannot be had, and recovers', async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    await page.route('**/pagefind/**', (route) => route.abort());
    await search('食品');
    expect((await settled()).status).toContain('没能完成');
    await page.unroute('**/pagefind/**');
    await page.reload();
    expect((await settled()).names).toContain(FOOD);
    await context.close();
    page = await browser.newPage();
  });

  test('takes markup for text', async () => {
    await search('<img src=x onerror=alert(1)>');
    expect(await page.locator('item-search img').count()).toBe(0);
  });
});
