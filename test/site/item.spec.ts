import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { AuthorityItem } from '@mandate/lists';
import { launchBrowser } from '../support/browser.ts';
import { buildSite, PUBLIC_URL, type BuiltSite } from '../support/built-site.ts';
import { writePublishedFolder, type Act } from '../support/published-folder.ts';
import { ITEM_ACTS, itemAddress, NASTY, ORGAN } from '../support/item-acts.ts';
import { wholeSample } from '../support/whole-sample.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Issue 3: an item page, compressed, without fonts. */
const MAX_PAGE_BYTES = 40_000;
let acts: readonly Act[];
let site: BuiltSite;
let browser: Browser;
let full: { readonly address: string; readonly item: AuthorityItem };

beforeAll(async () => {
  acts = [...wholeSample(), ...ITEM_ACTS];
  [site, browser] = await Promise.all([
    buildSite((dir) => writePublishedFolder(dir, acts, { publicUrl: PUBLIC_URL })),
    launchBrowser(),
  ]);
  full = fullItem();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Of the sample, the newest version of the item that says most. */
function fullItem(): typeof full {
  const newest = new Map(acts.map((one) => [one.key, one.blob]));
  for (const [key, blob] of newest) {
    if (blob.schema !== 'authority-item/1' || blob.state !== 'in-force') continue;
    const waived = blob.service?.materials?.some(({ certificateType }) => certificateType !== undefined);
    if (waived === true && blob.process && blob.risks && blob.codes?.base !== undefined) {
      return { address: itemAddress(key), item: blob };
    }
  }
  throw new Error('the sample has no item with all facts');
}

const mine = (number: number): string => itemAddress(`${ORGAN.key}.0000${number}`);

async function withPage<T>(
  address: string,
  run: (page: Page) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  try {
    await page.goto(site.origin + address, { waitUntil: 'load' });
    return await run(page);
  } finally {
    await context.close();
  }
}

function sections(page: Page): Promise<string[]> {
  return page.locator('main h2[id]').evaluateAll((all) => all.map(({ id }) => id));
}

describe('an item page without JavaScript', () => {
  const without = { javaScriptEnabled: false };

  test('answers a citizen first, in the order of the questions', async () => {
    const found = await withPage(full.address, sections, without);
    const order = [
      'eligibility',
      'negative',
      'materials',
      'time',
      'fee',
      'where',
      'remedies',
      'result',
      'responsibility',
      'sub-items',
      'process',
      'risks',
      'discretion',
      'history',
      'proof',
    ];
    expect(found).toEqual(order.filter((id) => found.includes(id)));
    for (const id of [
      'eligibility',
      'negative',
      'materials',
      'time',
      'fee',
      'where',
      'responsibility',
      'process',
      'risks',
      'history',
      'proof',
    ]) {
      expect(found).toContain(id);
    }
  });

  test('says every fact of the item', async () => {
    const text = await withPage(full.address, (page) => page.locator('main').textContent(), without);
    const missing = textsOf(full.item).filter((one) => !(text ?? '').includes(one));
    expect(textsOf(full.item).length).toBeGreaterThan(40);
    expect(missing).toEqual([]);
  });

  test('asks for no paper that is a certificate of this registry, and for all others', async () => {
    const rows = await withPage(
      full.address,
      (page) =>
        page.locator('table.materials tbody tr').evaluateAll((all) => all.map((row) => row.textContent)),
      without,
    );
    const materials = full.item.service?.materials ?? [];
    expect(rows.map((row) => row.includes('免提交'))).toEqual(
      materials.map(({ certificateType }) => certificateType !== undefined),
    );
    expect(rows.some((row) => row.includes('免提交'))).toBe(true);
  });

  test('of a list that gives no facts says so once, and shows no empty headings', async () => {
    await withPage(
      mine(1),
      async (page) => {
        expect(await sections(page)).toEqual(['service', 'responsibility', 'history', 'proof']);
        const text = await page.locator('main').innerText();
        expect(text.match(/不是申请办理的事/g)).toHaveLength(1);
        expect(text).toContain('执法支队');
        expect(text).not.toContain('—\n');
      },
      without,
    );
  });

  test('of withdrawn content keeps history and proof', async () => {
    await withPage(
      mine(4),
      async (page) => {
        expect(await sections(page)).toEqual(['history', 'proof']);
        expect(await page.locator('h1').innerText()).toBe('（内容已撤下的事项）');
      },
      without,
    );
  });

  test('names the kind, the document, the day and the reason of every change', async () => {
    const key = full.address.slice('/items/'.length, -1).replace('/', '.');
    const text = await withPage(full.address, (page) => page.locator('.item-history').innerText(), without);
    const entries = acts.filter((one) => one.key === key);
    expect(entries.length).toBeGreaterThan(1);
    for (const { reason, document = '' } of entries) {
      expect(text).toContain(reason);
      expect(text).toContain(document);
    }
    expect(text).toMatch(/新增[\s\S]*自 \d{4}年\d{1,2}月\d{1,2}日 起/);
  });
});

describe('an item page', () => {
  test('says why a reviewer let stand what the health check found', async () => {
    const said = await withPage(mine(1), (page) => page.locator('.item-history').innerText(), {
      javaScriptEnabled: false,
    });
    expect(said).toContain('体检提示“权力没有依据”，审核人保留的理由：依据待上级明确');
    expect(said).toContain('体检提示“rule-of-another-time”，审核人保留的理由：另有说明');
  });

  test('holds the proof: every word it shows of the list is the word of the blob', async () => {
    for (const address of [full.address, mine(1), mine(2)]) {
      await withPage(address, async (page) => {
        const box = page.locator('[data-outcome]');
        await box.waitFor({ state: 'visible' });
        expect([
          address,
          await box.getAttribute('data-outcome'),
          await page.locator('.differs').count(),
        ]).toEqual([address, 'holds', 0]);
        expect(await page.locator('[data-field]').count()).toBeGreaterThan(2);
      });
    }
  });

  test('shows hostile text as text, also in its picture and its data', async () => {
    await withPage(mine(2), async (page) => {
      let dialogs = 0;
      page.on('dialog', () => (dialogs += 1));
      await page.reload();
      expect(
        await page
          .locator('main script:not([type])')
          .evaluateAll((all) => all.filter((one) => one.textContent.includes('alert')).length),
      ).toBe(0);
      expect(await page.locator('svg.process text').allTextContents()).not.toEqual([]);
      const data = await jsonLd(page);
      expect(data['name']).toBe(NASTY.name);
      expect(dialogs).toBe(0);
    });
  });

  test('tells machines what it is: service, organ, evidence, law, permit', async () => {
    const data = await withPage(full.address, jsonLd);
    expect(data).toMatchObject({
      '@type': ['GovernmentService', 'cpsv:PublicService'],
      '@id': `${PUBLIC_URL}${full.address}`,
      name: full.item.name,
      serviceOutput: { '@type': ['GovernmentPermit', 'cv:Output'] },
    });
    expect(data['cpsv:hasInput']).toHaveLength(full.item.service?.materials?.length ?? 0);
    expect(data['cv:hasLegalResource']).toHaveLength(full.item.bases.length);
  });

  test('announces what is scheduled, and keeps each version at an address of its own', async () => {
    const [old, current, scheduled] = acts.flatMap(({ key }, index) =>
      key.endsWith('.00003') && key.startsWith(ORGAN.key) ? [index] : [],
    );
    await withPage(mine(3), async (page) => {
      expect(await page.locator('.announced').innerText()).toContain('自 2027年1月1日 起取消');
      expect(await page.locator('.item-head').innerText()).toContain('在用');
      expect(await page.locator(`#entry-${current}`).innerText()).toContain('即本页内容');
      await page.locator(`#entry-${scheduled} a`).click();
      expect(new URL(page.url()).pathname).toBe(`${mine(3)}${scheduled}/`);
      expect(await page.locator('.old-version').innerText()).toContain('还没有生效');
      await page.goto(`${site.origin}${mine(3)}${old}/`);
      expect(await page.locator('.old-version').innerText()).toContain('自 2026年6月1日 起由新的内容代替');
      await page.locator('.old-version a').first().click();
      expect(new URL(page.url()).pathname).toBe(mine(3));
    });
  });

  test('goes to the version of a day, for both questions', async () => {
    const indexes = acts.flatMap(({ key }, index) => (key === `${ORGAN.key}.00003` ? [index] : []));
    const cases: [day: string, ask: string, address: string][] = [
      ['2025-03-01', 'in-force', `${mine(3)}${indexes[0]}/`],
      ['2026-06-01', 'in-force', mine(3)],
      ['2027-02-01', 'in-force', `${mine(3)}${indexes[2]}/`],
      ['2026-11-20', 'listed', `${mine(3)}${indexes[2]}/`],
    ];
    for (const [day, ask, address] of cases) {
      await withPage(mine(3), async (page) => {
        await page.fill('item-dates [name=on]', day);
        await page.check(`item-dates [value=${ask}]`);
        await page.click('item-dates button');
        await page.waitForLoadState();
        expect([day, ask, new URL(page.url()).pathname]).toEqual([day, ask, address]);
      });
    }
    await withPage(mine(3), async (page) => {
      await page.fill('item-dates [name=on]', '2024-01-01');
      await page.click('item-dates button');
      expect(await page.locator('item-dates [role=status]').innerText()).toContain('没有那一天生效的内容');
    });
  });

  test.each(['light', 'dark'] as const)(
    'breaks no rule of axe and is not wider than a phone (%s)',
    async (colorScheme) => {
      const problems: string[] = [];
      for (const address of [full.address, mine(1), mine(2), mine(3)]) {
        await withPage(
          address,
          async (page) => {
            const wide = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            if (wide > 0) problems.push(`${address}: ${wide}px too wide`);
            problems.push(...(await violations(page)));
          },
          { viewport: { width: 390, height: 800 }, colorScheme },
        );
      }
      expect(problems).toEqual([]);
    },
  );

  test('is at most 40 kB compressed, every one of the sample: to read it, and with its proof checked', () => {
    const pages = site.addresses.filter((address) => address.startsWith('/items/'));
    expect(pages.length).toBeGreaterThan(100);
    const large = pages.flatMap((address) => {
      const html = readFileSync(join(site.pages, address, 'index.html'), 'utf8');
      const toRead = gzipSync(html).length + sum(filesOf(html, 'static'), gzipSync);
      const inAll = brotliCompressSync(html).length + sum(filesOf(html, 'all'), brotliCompressSync);
      expect(inAll).toBeGreaterThan(20_000);
      return toRead > MAX_PAGE_BYTES || inAll > MAX_PAGE_BYTES ? [`${address}: ${toRead}, ${inAll}`] : [];
    });
    expect(large).toEqual([]);
  });
});

const sizes = new Map<string, number>();

function sum(paths: Iterable<string>, compress: typeof gzipSync): number {
  let total = 0;
  for (const path of paths) {
    const id = `${compress.name} ${path}`;
    const size = sizes.get(id) ?? compress(readFileSync(join(site.pages, path))).length;
    sizes.set(id, size);
    total += size;
  }
  return total;
}

/** Style sheets and scripts of a page, with what those import: at once, or also later. */
function filesOf(html: string, which: 'static' | 'all'): Set<string> {
  const files = new Set(
    [...html.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js))"/g)].map(([, path = '']) => path),
  );
  for (const path of files) {
    if (!path.endsWith('.js')) continue;
    const code = readFileSync(join(site.pages, path), 'utf8');
    const names =
      which === 'static'
        ? /(?:from|import)\s*"\.\/([^"]+\.js)"/g
        : /["`']\.?\/?(?:_astro\/)?([\w.-]+\.js)["`']/g;
    for (const [, name = ''] of code.matchAll(names)) files.add(`/_astro/${name}`);
  }
  return files;
}

async function jsonLd(page: Page): Promise<Record<string, unknown>> {
  const text = await page.locator('script[type="application/ld+json"]').textContent();
  const value: unknown = JSON.parse(text ?? '');
  if (typeof value !== 'object' || value === null) throw new Error('no data');
  return Object.fromEntries(Object.entries(value));
}

/** The texts an item holds, codes and ids apart. */
function textsOf(item: AuthorityItem): string[] {
  const own = (value: unknown, key: string): string[] => {
    if (typeof value === 'string')
      return [
        'schema',
        'organ',
        'category',
        'state',
        'kind',
        'id',
        'to',
        'grade',
        'form',
        'source',
        'necessity',
        'handling',
        'unit',
        'level',
        'organNature',
        'powerSource',
        'certificateType',
        'basisText',
        'dutiesText',
        'dutyBasisText',
        'version',
        'blankForm',
        'sampleForm',
        'base',
        'implementation',
        'business',
        'former',
      ].includes(key)
        ? []
        : [value];
    if (Array.isArray(value)) return value.flatMap((one) => own(one, key === 'applicants' ? 'id' : key));
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([name, one]) => own(one, name));
    return [];
  };
  return own(item, '').flatMap((text) => text.split('\n'));
}

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
