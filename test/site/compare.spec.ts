import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { blobName, canonicalBytes } from '@mandate/encoding';
import { compareItems, type AuthorityItem, type Edition } from '@mandate/lists';
import fc from 'fast-check';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { encodeQuery, parseQuery } from '../../site/src/components/item-compare/compare-query.ts';
import { launchBrowser } from '../support/browser.ts';
import { buildSite, PUBLIC_URL, type BuiltSite } from '../support/built-site.ts';
import { writePublishedFolder, type Act } from '../support/published-folder.ts';
import { wholeSample } from '../support/whole-sample.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let acts: readonly Act[];
let site: BuiltSite;
let browser: Browser;
const originals = new Map<string, Buffer>();

beforeAll(async () => {
  acts = wholeSample();
  [site, browser] = await Promise.all([
    buildSite((dir) => writePublishedFolder(dir, acts, { publicUrl: PUBLIC_URL })),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
afterEach(() => {
  for (const [path, bytes] of originals) writeFileSync(path, bytes);
  originals.clear();
});

async function compare<T>(
  query: string,
  run: (page: Page) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  try {
    await page.goto(`${site.origin}/compare/${query}`, { waitUntil: 'load' });
    // A machine that is busy takes its time between the last file and the answer.
    const answers = options.javaScriptEnabled !== false && !query.includes('&on=');
    if (answers) await page.locator('[data-result]:not([aria-busy]) > *').first().waitFor();
    return await run(page);
  } finally {
    await context.close();
  }
}

const result = (page: Page) => page.locator('[data-result]');

interface Versions {
  readonly key: string;
  readonly versions: readonly { readonly index: number; readonly item: AuthorityItem }[];
}

/** Items of the sample with several versions, told from the acts and from nothing published. */
function changedItems(): Versions[] {
  const found = new Map<string, { index: number; item: AuthorityItem }[]>();
  acts.forEach(({ key, blob }, index) => {
    if (blob.schema !== 'authority-item/1') return;
    found.set(key, [...(found.get(key) ?? []), { index, item: blob }]);
  });
  return [...found].flatMap(([key, versions]) => (versions.length > 1 ? [{ key, versions }] : []));
}

/** An item two of whose versions differ in wording. */
function rewordedItem(): {
  key: string;
  from: number;
  to: number;
  before: AuthorityItem;
  after: AuthorityItem;
} {
  for (const { key, versions } of changedItems()) {
    for (const [n, { index: to, item: after }] of versions.entries()) {
      const old = versions[n - 1];
      if (!old || after.state !== 'in-force') continue;
      const both = compareItems(old.item, after).some(
        ({ pieces }) => new Set(pieces.map(({ kind }) => kind)).size === 3,
      );
      if (both) return { key, from: old.index, to, before: old.item, after };
    }
  }
  throw new Error('no item of the sample was reworded');
}

function tamper(blob: AuthorityItem, edit: (text: string) => string): void {
  const hex = blobName(canonicalBytes(blob)).slice('sha256:'.length);
  const path = join(site.published, 'data/blobs', hex.slice(0, 2), `${hex}.json`);
  const bytes = readFileSync(path);
  originals.set(path, bytes);
  writeFileSync(path, edit(bytes.toString('utf8')));
}

describe('two versions of an item', () => {
  test('differ word by word as their blobs do: without what was put in the old text, without what went the new', async () => {
    const { key, from, to, before, after } = rewordedItem();
    const shown = await compare(`?item=${key}&from=v${from}&to=v${to}`, (page) =>
      result(page)
        .locator('.field-changes .change')
        .evaluateAll((all) =>
          all.map((change) => {
            for (const hidden of change.querySelectorAll('.visually-hidden')) hidden.remove();
            const without = (name: string): string => {
              const copy = change.cloneNode(true);
              if (copy instanceof Element) for (const one of copy.querySelectorAll(name)) one.remove();
              return copy.textContent ?? '';
            };
            return { old: without('ins'), now: without('del') };
          }),
        ),
    );
    const expected = compareItems(before, after).map(({ pieces }) => ({
      old: pieces
        .filter(({ kind }) => kind !== 'added')
        .map(({ text }) => text)
        .join(''),
      now: pieces
        .filter(({ kind }) => kind !== 'removed')
        .map(({ text }) => text)
        .join(''),
    }));
    expect(shown).toEqual(expected);
    expect(shown.some(({ old, now }) => old !== '' && now !== '')).toBe(true);
  });

  test('say in words what colour says, for who hears them', async () => {
    const { key, from, to } = rewordedItem();
    await compare(`?item=${key}&from=v${from}&to=v${to}`, async (page) => {
      expect(await result(page).locator('del').first().textContent()).toMatch(/^删去：./);
      expect(await result(page).locator('ins').first().textContent()).toMatch(/^加上：./);
    });
  });

  test('one of whose blobs was tampered with are not shown', async () => {
    const { key, from, to, after } = rewordedItem();
    tamper(after, (text) => text.replace(after.name, '伪造的名称'));
    await compare(`?item=${key}&from=v${from}&to=v${to}`, async (page) => {
      expect(await result(page).innerText()).toContain('指纹与清单条目所记的不同');
      expect(await result(page).innerText()).not.toContain('伪造');
      expect(await result(page).locator('ins, del').count()).toBe(0);
    });
  });

  test('are found by days too, and the same version twice is said to be the same', async () => {
    const { key, from, to } = rewordedItem();
    const [a, b] = [acts[from], acts[to]];
    await compare(
      `?item=${key}&from=${a?.effectiveDate ?? ''}&to=${b?.effectiveDate ?? ''}`,
      async (page) => {
        expect(await result(page).innerText()).toContain(`第 ${from} 条`);
        expect(await result(page).innerText()).toContain(`第 ${to} 条`);
      },
    );
    await compare(`?item=${key}&from=v${to}&to=${b?.effectiveDate ?? ''}`, async (page) => {
      expect(await result(page).innerText()).toContain('同一版');
    });
    await compare(`?item=${key}&from=1990-01-01&to=v${to}`, async (page) => {
      expect(await result(page).innerText()).toContain('没有收录在这里，不等于那时没有这项权力');
    });
  });
});

describe('two states of a list', () => {
  test('of all organs: what came, went and moved, as the acts say', async () => {
    const [from, to] = ['2023-06-01', '2026-11-20'];
    const state = (day: string): Map<string, AuthorityItem> => {
      const at = new Map<string, AuthorityItem>();
      // The sample's acts are in the order of their days.
      for (const { key, blob, effectiveDate = '' } of acts) {
        if (blob.schema === 'authority-item/1' && effectiveDate <= day) at.set(key, blob);
      }
      for (const [key, { state: is }] of at) if (is === 'cancelled') at.delete(key);
      return at;
    };
    const [before, after] = [state(from), state(to)];
    const same = [...after].filter(([key, item]) => {
      const old = before.get(key);
      return old && blobName(canonicalBytes(old)) === blobName(canonicalBytes(item));
    });
    await compare(`?list=all&from=${from}&to=${to}`, async (page) => {
      const counts = await result(page).locator('.compare-counts').innerText();
      const count = (word: string): number => Number(new RegExp(`${word}\\s+(\\d+)`).exec(counts)?.[1]);
      expect([count('原有'), count('现有'), count('没有变')]).toEqual([before.size, after.size, same.length]);
      expect(count('新增')).toBe([...after.keys()].filter((key) => !before.has(key)).length);
      expect(count('移出')).toBe([...before.keys()].filter((key) => !after.has(key)).length);
      const moved = acts.filter(
        ({ related, effectiveDate = '' }) => related !== undefined && effectiveDate > from,
      );
      expect(moved.length).toBeGreaterThan(0);
      for (const { blob } of moved) {
        if (blob.schema === 'authority-item/1')
          expect(
            await result(page)
              .locator('.moved')
              .allInnerTexts()
              .then((all) => all.join()),
          ).toContain(blob.name);
      }
    });
  });

  test('open an item: why it changed, and its words, read only then', async () => {
    const { key, to } = rewordedItem();
    const organ = key.slice(0, key.lastIndexOf('.'));
    const day = acts[to]?.effectiveDate ?? '';
    const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    await compare(`?list=${organ}&from=${before}&to=${day}`, async (page) => {
      const blobs: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/data/blobs/')) blobs.push(request.url());
      });
      const { item } = { item: acts[to]?.blob };
      const name = item?.schema === 'authority-item/1' ? item.name : '';
      const entry = result(page).locator('details', { hasText: name }).first();
      expect(await entry.locator('ins, del').count()).toBe(0);
      await entry.locator('summary').click();
      await entry.locator('ins, del').first().waitFor();
      expect(await entry.innerText()).toContain(acts[to]?.reason ?? '-');
      expect(blobs).toHaveLength(2);
    });
  });

  test('edition against edition: a negative list and an organ’s list', async () => {
    const editions = acts.flatMap(({ blob }) => (blob.schema === 'edition/1' ? [blob] : []));
    const negative = editions.filter(({ list }) => list.startsWith('n-'));
    const organ = Map.groupBy(
      editions.filter(({ list }) => list.startsWith('o-')),
      ({ list }) => list,
    );
    for (const both of [negative, [...organ.values()].find((all) => all.length > 1) ?? []]) {
      const [old, now] = both;
      expect(now).toBeDefined();
      await compare(`?${query(old)}&from=e${old?.number ?? ''}&to=e${now?.number ?? ''}`, async (page) => {
        expect(await result(page).locator('h2').first().innerText()).toContain(now?.name ?? '-');
        const counts = await result(page).locator('.compare-counts').innerText();
        expect(counts).toMatch(new RegExp(`原有\\s+${old?.items ?? -1}\\s+现有\\s+${now?.items ?? -1}`));
      });
    }
  });

  test('a day with itself says that nothing changed', async () => {
    await compare('?list=all&from=2026-01-01&to=2026-01-01', async (page) => {
      expect(await result(page).innerText()).toContain('没有变化');
    });
  });
});

function query(edition: Edition | undefined): string {
  const list = edition?.list ?? '';
  return list.startsWith('n-') ? `negative=${list}` : `list=${list}`;
}

describe('the page', () => {
  test('keeps its state in the address bar, back and forth', async () => {
    const { key } = rewordedItem();
    const organ = key.slice(0, key.lastIndexOf('.'));
    await compare('', async (page) => {
      expect(await result(page).innerText()).toContain('选好');
      await page.selectOption('#subject', `list=${organ}`);
      await page.fill('[name=from]', '2023-06-01');
      await page.fill('[name=to]', '2026-11-20');
      await page.check('[value=listed]');
      await page.click('button[type=submit]');
      await result(page).locator('.compare-counts').waitFor();
      expect(new URL(page.url()).search).toBe(`?list=${organ}&from=2023-06-01&to=2026-11-20&ask=listed`);
      expect(await result(page).locator('h2').first().innerText()).toContain('清单上写的');
      await page.goBack();
      await result(page).getByText('选好').waitFor();
      await page.goForward();
      await result(page).locator('.compare-counts').waitFor();
      expect(await page.inputValue('[name=from]')).toBe('2023-06-01');
    });
  });

  test('says what it could not have, and shows nothing half', async () => {
    await compare('?list=o-aaaaaaaaaaaaaaaa&from=2023-06-01&to=2026-11-20', async (page) => {
      expect(await result(page).innerText()).toContain('没有取到数据文件');
    });
    await compare('?item=o-b3gccx6q3daf3yud.99999&from=2023-06-01&to=2026-11-20', async (page) => {
      expect(await result(page).innerText()).toContain('没有这个编号');
    });
  });

  test('goes to the day that an item’s page asked for', async () => {
    const { key, to } = rewordedItem();
    await compare(`?item=${key}&on=${acts[to]?.effectiveDate ?? ''}&ask=in-force`, async (page) => {
      await page.waitForURL(/\/items\//);
      expect(new URL(page.url()).hash).toBe(`#entry-${to}`);
    });
  });

  test('without JavaScript says where every version is', async () => {
    await compare(
      '',
      async (page) => {
        expect(await page.locator('main').innerText()).toContain('每一版都有自己的地址');
        expect(await page.locator('form.compare-form').isVisible()).toBe(false);
      },
      { javaScriptEnabled: false },
    );
  });

  test.each([1280, 390])('breaks no rule of axe and is not wider than the window at %i px', async (width) => {
    const { key, from, to } = rewordedItem();
    const queries = ['', `?item=${key}&from=v${from}&to=v${to}`, '?list=all&from=2023-06-01&to=2026-11-20'];
    const problems: string[] = [];
    for (const one of queries) {
      await compare(
        one,
        async (page) => {
          const wide = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (wide > 0) problems.push(`${one}: ${wide}px too wide`);
          // Injected from outside: the page's own policy forbids foreign scripts, as it should.
          await page.evaluate(AXE);
          problems.push(
            ...(await page.evaluate(async () => {
              const axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } =
                Reflect.get(globalThis, 'axe');
              const { violations } = await axe.run();
              return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
            })),
          );
        },
        { viewport: { width, height: 900 } },
      );
    }
    expect(problems).toEqual([]);
  });
});

describe('the address bar', () => {
  test('says what it was told, and takes nothing for a path that is not a key', () => {
    const day = fc
      .integer({ min: 0, max: 20_000 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    const when = fc.oneof(
      day.map((one) => ({ kind: 'day' as const, day: one })),
      fc.nat(1_000_000).map((index) => ({ kind: 'entry' as const, index })),
      fc.stringMatching(/^[0-9A-Za-z-]{1,30}$/).map((number) => ({ kind: 'edition' as const, number })),
    );
    const subject = fc.constantFrom(
      { kind: 'all' as const },
      { kind: 'organ' as const, key: 'o-aaaaaaaaaaaaaaaa' },
      { kind: 'organ' as const, key: '11100000000013338W' },
      { kind: 'item' as const, key: 'o-aaaaaaaaaaaaaaaa.00001' },
      { kind: 'negative' as const, key: 'n-market-access' },
    );
    const ask = fc.constantFrom('in-force' as const, 'listed' as const);
    fc.assert(
      fc.property(subject, when, when, ask, (one, from, to, question) => {
        const state = { subject: one, from, to, ask: question };
        expect(parseQuery(encodeQuery(state))).toEqual({ ...state, on: undefined });
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('item', 'list', 'negative'), (text, name) => {
        const { subject: found } = parseQuery(`?${new URLSearchParams({ [name]: text }).toString()}`);
        if (found && 'key' in found) expect(found.key).toMatch(/^[0-9A-Za-z-]+(?:\.\d{5})?$/);
      }),
    );
    expect(parseQuery('?item=../../etc/passwd&from=2025-13-45&to=v-1').subject).toBeUndefined();
  });
});
