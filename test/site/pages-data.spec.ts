import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { read, utils } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { parseAtomFeed } from 'feedsmith';
import jsonld from 'jsonld';
import { buildSite, PUBLIC_URL, type BuiltSite } from '../support/built-site.ts';
import { writePublishedFolder } from '../support/published-folder.ts';
import { CIVIL, recordedList } from '../support/recorded-list.ts';
import { ACTS, CULTURE, FOOD, itemKey, MARKET, TRANSPORT } from '../support/sample-acts.ts';
import { LIST_ACTS, NEGATIVE } from '../support/sample-lists.ts';

const FORMULA = /^[=+\-@\t\r]/;
const DCAT = 'http://www.w3.org/ns/dcat#';
const DCT = 'http://purl.org/dc/terms/';

let site: BuiltSite;

beforeAll(async () => {
  site = await buildSite((dir) =>
    writePublishedFolder(dir, [...ACTS, ...LIST_ACTS, ...recordedList(12)], { publicUrl: PUBLIC_URL }),
  );
});
afterAll(() => site.close());

async function text(path: string): Promise<string> {
  const response = await fetch(site.origin + path);
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response.text();
}

interface TableFile {
  readonly columns: readonly { readonly key: string; readonly heading: string }[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

async function readTable(
  path: string,
): Promise<{ csv: string[][]; json: TableFile; xlsx: unknown[][]; formulas: number }> {
  const book = read(await (await fetch(`${site.origin}${path}.xlsx`)).bytes(), { cellFormula: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
  const cells = Object.entries(sheet).filter(([address]) => !address.startsWith('!'));
  return {
    csv: parse(await text(`${path}.csv`), { bom: true }),
    // Written by us a moment ago; what it holds is compared with the two other forms.
    json: JSON.parse(await text(`${path}.json`)) as TableFile,
    xlsx: utils.sheet_to_json(sheet, { header: 1, defval: '', raw: true }),
    formulas: cells.filter(([, cell]) => typeof cell === 'object' && cell !== null && 'f' in cell).length,
  };
}

/** Addresses, without their ending, of every file that some page of the sitemap offers. */
async function offeredTables(): Promise<string[]> {
  const pages = await Promise.all(site.addresses.map((address) => text(address)));
  const links = pages.flatMap((html) =>
    [...html.matchAll(/href="(\/[^"]+)\.csv"/g)].map(([, path = '']) => path),
  );
  return [...new Set(links)].sort();
}

describe('a list to take away', () => {
  test('has the same rows as CSV, JSON and XLSX, on every page that offers one', async () => {
    const offered = await offeredTables();
    for (const path of [
      `/organs/${MARKET.key}/items`,
      '/categories/01/items',
      '/regions/990100/items',
      `/negative/${NEGATIVE.key}/items`,
      '/editions/editions',
      `/editions/${MARKET.key}/2025/items`,
      '/changes/2025-09/changes',
      '/statistics/organs',
      '/statistics/changes',
      '/statistics/time-limits',
    ]) {
      expect(offered).toContain(path);
    }
    for (const path of offered) {
      const { csv, json, xlsx, formulas } = await readTable(path);
      const [head, ...rows] = csv;
      const headings = json.columns.map(({ heading }) => heading);
      expect([path, head, xlsx[0]]).toEqual([path, headings, headings]);
      const keys = json.columns.map(({ key }) => key);
      const shown = json.rows.map((row) => keys.map((key) => shownAs(row[key])));
      expect([path, rows.map((row) => row.map((cell) => cell.replace(/^'(?=\s*[=+\-@])/, '')))]).toEqual([
        path,
        shown,
      ]);
      expect([path, xlsx.slice(1).map((row) => row.map(String))]).toEqual([path, shown]);
      expect(json.rows.length).toBeGreaterThan(0);
      expect([path, csv.flat().filter((cell) => FORMULA.test(cell)), formulas]).toEqual([path, [], 0]);
      // Else a spreadsheet takes UTF-8 for the code page of its machine.
      const bytes = await (await fetch(`${site.origin}${path}.csv`)).bytes();
      expect([path, ...bytes.subarray(0, 3)]).toEqual([path, 0xef, 0xbb, 0xbf]);
    }
  });

  test('of an organ holds its wording, cancelled items too, and the name on the day of the pages', async () => {
    const { json } = await readTable(`/organs/${MARKET.key}/items`);
    const food = json.rows.find(({ key }) => key === itemKey(MARKET, 1));
    expect(food).toMatchObject({
      name: FOOD.name,
      state: '在用',
      effectiveDate: '2025-07-01',
    });
    expect(food?.['basis']).toEqual([FOOD.basisText]);
    expect(food?.['accountablePersons']).toBe(FOOD.accountablePersons);
    const culture = await readTable(`/organs/${CULTURE.key}/items`);
    expect(culture.json.rows.map(({ state }) => state)).toEqual(['在用', '已取消', undefined]);
  });

  test('leaves text that looks like a formula a text', async () => {
    const negative = await readTable(`/negative/${NEGATIVE.key}/items`);
    const measure = '=HYPERLINK("https://example.com","不得进入")';
    expect(negative.csv.flat()).toContain(`'${measure}`);
    expect(negative.xlsx.flat()).toContain(measure);
    expect(negative.json.rows.map((row) => row['measure'])).toContain(measure);
  });

  test('of statistics counts what the summaries say', async () => {
    const { json } = await readTable('/statistics/time-limits');
    expect(json.rows).toEqual([{ statutoryDays: 20, promisedDays: 25, items: 1 }]);
    const organs = await readTable('/statistics/organs');
    const market = organs.json.rows.find(({ organKey }) => organKey === MARKET.key);
    expect(market).toMatchObject({ items: 5, category01: 1, category02: 1, category10: 0 });
  });
});

function shownAs(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

describe('a feed', () => {
  test.each(['all', MARKET.key, TRANSPORT.key, CULTURE.key])(
    '%s is read by an outside reader, newest first, each entry once, and leads to what changed',
    async (name) => {
      const feed = parseAtomFeed(await text(`/feeds/${name}.xml`));
      expect(feed.id).toBe(`${PUBLIC_URL}/feeds/${name}.xml`);
      const entries = feed.entries ?? [];
      expect(entries.length).toBeGreaterThan(2);
      expect(entries.length).toBeLessThanOrEqual(50);
      expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
      const places = entries.map(({ id }) => Number(/lists\/(\d+)$/.exec(id ?? '')?.[1]));
      expect(places).toEqual([...places].sort((a, b) => b - a));
      expect(feed.updated).toBe(entries[0]?.updated);
      for (const { links } of entries) {
        const { pathname, hash } = new URL(links?.[0]?.href ?? '');
        const page = await text(pathname);
        if (hash !== '') expect(page).toContain(`id="${hash.slice(1)}"`);
      }
    },
  );

  test('says what happened, to what, why and from when', async () => {
    const { entries = [] } = parseAtomFeed(await text('/feeds/all.xml'));
    const gone = entries.find(({ title }) => title?.value.includes('采矿') && title.value.startsWith('取消'));
    expect(gone?.title?.value).toBe(`取消：未获得许可，不得从事采矿（${NEGATIVE.name}）`);
    expect(gone?.categories?.[0]?.term).toBe('cancelled');
    const added = entries.find(({ title }) => title?.value.includes('道路货物'));
    expect(added?.summary?.value).toBe('=新列入（示政发〔2025〕9号），自2025年9月1日起施行。');
  });

  test('is found from its page', async () => {
    const feed = (name: string): string =>
      `<link rel="alternate" href="/feeds/${name}.xml" type="application/atom+xml"`;
    expect(await text(`/organs/${MARKET.key}/`)).toContain(feed(MARKET.key));
    for (const path of ['/', '/changes/']) expect(await text(path)).toContain(feed('all'));
  });
});

describe('the catalogue', () => {
  test('is DCAT to an outside reader, and every file in it is there', async () => {
    // Its context is written out: whoever reads it asks nobody for anything.
    const refuse = (url: string): never => {
      throw new Error(`asked for ${url}`);
    };
    const expanded = await jsonld.flatten(JSON.parse(await text('/catalogue.jsonld')), undefined, {
      documentLoader: refuse,
    });
    // Without a context the result is an array of nodes.
    const nodes = expanded as unknown as Readonly<Record<string, unknown>>[];
    const ofType = (type: string) => nodes.filter((node) => String(node['@type']).includes(DCAT + type));
    const ids = (node: Readonly<Record<string, unknown>> | undefined, property: string): string[] =>
      // Nodes of a flattened document name others by reference.
      ((node?.[DCAT + property] ?? []) as { '@id': string }[]).map((reference) => reference['@id']);
    const [catalog] = ofType('Catalog');
    const datasets = ofType('Dataset');
    expect(ids(catalog, 'dataset').sort()).toEqual(datasets.map((node) => String(node['@id'])).sort());
    for (const dataset of datasets) {
      expect(dataset[`${DCT}title`]).toBeDefined();
      const landing = ids(dataset, 'landingPage')[0] ?? '';
      expect(site.addresses).toContain(landing.slice(PUBLIC_URL.length));
      expect(ids(dataset, 'distribution').length).toBeGreaterThan(0);
    }
    const files = ofType('Distribution').flatMap((node) => ids(node, 'downloadURL'));
    for (const file of files) expect((await fetch(file.replace(PUBLIC_URL, site.origin))).status).toBe(200);
    const tables = files
      .filter((file) => file.endsWith('.csv'))
      .map((file) => file.slice(PUBLIC_URL.length, -4));
    expect([...new Set(tables)].sort()).toEqual(await offeredTables());
  });
});

describe('an edition', () => {
  test('shows what the list held then, and what the next one made of it', async () => {
    const first = await text(`/editions/${NEGATIVE.key}/2024/`);
    expect(first).toContain(`href="/negative/${NEGATIVE.key}/202001/`);
    const second = await text(`/editions/${NEGATIVE.key}/2025/`);
    expect(second.replace(/\s+/g, ' ')).toContain('新增 0 项，修改 1 项，不再列入 1 项');
    const { json } = await readTable(`/editions/${NEGATIVE.key}/2024/items`);
    expect(json.rows.map(({ name }) => name)).toContain('未获得许可，不得从事餐饮服务');
  });
});

describe('a list that is first recorded', () => {
  const WORDS = '2024 年版清单所列，2025年11月27日收录';
  const plain = async (path: string): Promise<string> =>
    (await text(path)).replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');

  test.each([
    ['home', '/'],
    ['changes', '/changes/'],
    ['its month', '/changes/2025-11/'],
    ['its organ', `/organs/${CIVIL.key}/`],
    ['an item', `/items/${CIVIL.key}/00012/`],
  ])('is told as recorded, and not as new nor from that day on: %s', async (_name, path) => {
    const page = await plain(path);
    expect(page).toContain(WORDS);
    expect(page).not.toMatch(/2025年11月27日 ?起/);
    if (path.includes(CIVIL.key) || path.includes('2025-11')) expect(page).not.toContain('新增 ');
  });

  test('is counted apart from changes, whole', async () => {
    expect(await plain('/changes/')).toContain('2025年11月首次收录 12 项');
    expect(await plain('/')).toContain('共 12 项，收录之前早已有效，不是新增的权力。');
    const statistics = await plain('/statistics/');
    expect(statistics).toContain('首次收录 12 项');
    // A month that saw no change has no row; the day of the newest entry stands above.
    expect(statistics).not.toMatch(/2025年11月(?!27日)/);
    const { json } = await readTable('/statistics/changes');
    expect(json.rows.find(({ month }) => month === '2025-11')).toMatchObject({
      total: 0,
      added: 0,
      recorded: 12,
    });
  });

  test('has an edition that says when it was recorded, not that it was published then', async () => {
    const page = await plain(`/editions/${CIVIL.key}/2024/`);
    expect(page).toContain('2025年11月27日。清单早已有效');
    expect(page).not.toContain('公布日期');
    const { json } = await readTable(`/editions/${CIVIL.key}/2024/items`);
    expect(new Set(json.rows.map(({ since }) => since))).toEqual(new Set(['首次收录']));
  });

  test('is one entry of a feed', async () => {
    for (const name of ['all', CIVIL.key]) {
      const { entries = [] } = parseAtomFeed(await text(`/feeds/${name}.xml`));
      const own = entries.filter(({ title }) => title?.value.includes(CIVIL.name));
      expect(own.map(({ title }) => title?.value)).toEqual(['首次收录：示例市民政局权责清单 12 项']);
      expect(own[0]?.summary?.value).toContain(WORDS);
    }
  });
});

describe('a negative list', () => {
  test('leads from a measure to the powers that carry it, and says where there is none', async () => {
    const page = await text(`/negative/${NEGATIVE.key}/208001/`);
    expect(page).toContain(`href="/items/${itemKey(MARKET, 1).replace('.', '/')}/"`);
    expect(page).toContain('本站的权力清单上没有办理这条措施的事项');
    expect(page).toContain('暂时列入');
  });

  test('keeps what was taken off it, with the reason', async () => {
    const list = await text(`/negative/${NEGATIVE.key}/`);
    expect(list.indexOf('已移出清单')).toBeGreaterThan(0);
    const gone = await text(`/negative/${NEGATIVE.key}/202001/`);
    for (const words of ['已经移出清单', '放开采矿', '首次公布']) expect(gone).toContain(words);
  });
});

describe('an organ', () => {
  test('that was abolished keeps its list and names who took over', async () => {
    const page = await text(`/organs/${CULTURE.key}/`);
    expect(page).toContain('已经撤销');
    expect(page).toContain(`href="/organs/${MARKET.key}/"`);
    expect(await text(`/organs/${MARKET.key}/`)).toContain(`href="/organs/${CULTURE.key}/"`);
  });
});
