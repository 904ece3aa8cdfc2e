import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSite, PUBLIC_URL, type BuiltSite } from '../support/built-site.ts';
import { PublishedFigures } from '../support/published-figures.ts';
import { writePublishedFolder } from '../support/published-folder.ts';
import { realActs } from '../support/real-acts.ts';
import { recordedList } from '../support/recorded-list.ts';
import { SHARED_DATA } from '../support/shared-data.ts';
import { wholeSample } from '../support/whole-sample.ts';

/** A part of each file's name: small ones, and one whose sub-items have levels of their own. */
const WORKBOOKS = ['统计局', '财政局', '商务局', '人力资源和社会保障局'];
const LISTS = join(SHARED_DATA, 'authority-lists');

const DATE = /(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?/g;
const ENGLISH_DATE =
  /(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d\d/g;

let site: BuiltSite;
let figures: PublishedFigures;
let words: readonly string[];

beforeAll(async () => {
  const real = existsSync(LISTS) ? WORKBOOKS.flatMap((part) => realActs(LISTS, part)) : [];
  const acts = [...wholeSample(), ...recordedList(12), ...real];
  site = await buildSite((dir) => writePublishedFolder(dir, acts, { publicUrl: PUBLIC_URL }));
  figures = new PublishedFigures(site.published);
  words = figures.words();
});
afterAll(() => site.close());

async function pageOf(path: string): Promise<string> {
  const answer = await fetch(site.origin + path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
}

/** What a page prints, a line a block and a row a line, without spaces, pictures and codes. */
function linesOf(html: string): string[] {
  const main = /<main[^]*<\/main>/.exec(html)?.[0] ?? '';
  return main
    .replace(/<(svg|code|script|style|nav class="pages-nav")[^]*?<\/\1?(?:nav)?>/g, '')
    .replace(/<\/t[dh]>/g, '|')
    .replace(
      /<\/?(?:p|li|ul|ol|h\d|tr|table|thead|tbody|caption|div|dl|dt|dd|nav|summary|details|figure|figcaption|section|form|label)\b[^>]*>/g,
      '\n',
    )
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((line) => line.replace(/\s/g, '').replace(/\|+$/, ''))
    .filter((line) => line !== '');
}

/** A line without what is no figure: days, times, years of editions, and what people wrote. */
function withoutDates(line: string): string {
  return line
    .replace(new RegExp(`${DATE.source}\\d\\d:\\d\\d`, 'g'), '【时刻】')
    .replace(DATE, '')
    .replace(/(?:19|20)\d\d年版清单/g, '');
}

function isExplained(line: string): boolean {
  let rest = line;
  for (const word of words) {
    const plain = word.replace(/\s/g, '');
    rest = rest.replaceAll(plain, '');
    // A long name is cut with a sign, and whole characters only.
    for (const length of [80, 120]) {
      const chars = [...word];
      if (chars.length > length)
        rest = rest.replaceAll(`${chars.slice(0, length).join('').replace(/\s/g, '')}…`, '');
    }
  }
  return !/\d/.test(withoutDates(rest));
}

/** Holds every figure of a page against those expected: none is wrong, none is missing, none is unexplained. */
async function expectFigures(path: string, expected: readonly string[]): Promise<void> {
  const lines = linesOf(await pageOf(path));
  const wanted = expected.filter((line) => /\d/.test(line)).map((line) => line.replace(/\s|\|$/g, ''));
  const left = [...wanted];
  const unexplained = lines.filter((line) => {
    const at = [line, withTimes(line)].map((one) => left.indexOf(one)).find((found) => found >= 0);
    if (at !== undefined) left.splice(at, 1);
    return at === undefined && !isExplained(line);
  });
  expect({ path, unexplained, missing: left }).toEqual({ path, unexplained: [], missing: [] });
  // 2026年11月27日2026年11月28日 is one number to whoever reads it aloud.
  expect(lines.filter((line) => /日\d{4}年|月\d{4}年/.test(line))).toEqual([]);
}

function withTimes(line: string): string {
  return line.replace(new RegExp(`${DATE.source}\\d\\d:\\d\\d`, 'g'), '【时刻】');
}

describe('every figure follows from the published files', () => {
  test('on the first page', async () => {
    await expectFigures('/', figures.home());
  });

  test('on the page of organs', async () => {
    await expectFigures('/organs/', figures.organsPage());
  });

  test('on the page of changes and on that of every month', async () => {
    await expectFigures('/changes/', figures.changesPage());
    expect(figures.months().length).toBeGreaterThan(8);
    for (const month of figures.months()) await expectFigures(`/changes/${month}/`, figures.month(month));
  });

  test('on the page of statistics', async () => {
    await expectFigures('/statistics/', figures.statistics());
  });

  test('on the page of every organ', async () => {
    for (const { key } of figures.organs) await expectFigures(`/organs/${key}/`, figures.organPage(key));
  });

  test('on the page of every edition', async () => {
    expect(figures.editions.length).toBeGreaterThan(1);
    for (const record of figures.editions) {
      const { list, number } = record.edition;
      await expectFigures(`/editions/${list}/${number}/`, figures.editionPage(record));
    }
  });

  test('and is the same in English', async () => {
    const paths = [
      ...['/', '/organs/', '/changes/', '/statistics/'],
      ...figures.months().map((month) => `/changes/${month}/`),
      ...figures.organs.map(({ key }) => `/organs/${key}/`),
      ...figures.editions.map(({ edition }) => `/editions/${edition.list}/${edition.number}/`),
    ];
    let compared = 0;
    for (const path of paths) {
      const html = await pageOf(path);
      for (const [, , english = '', chinese = ''] of html.matchAll(
        /<(\w+)(?: [^>]*?)? data-en="([^"]*)"[^>]*>([^<]*)<\/\1>/g,
      )) {
        const numbers = (text: string): readonly string[] =>
          (text.match(/\d[\d,]*/g) ?? []).map((number) => number.replace(/,$/, '')).sort();
        const zh = numbers(chinese.replace(DATE, ''));
        if (zh.length > 0) compared += 1;
        expect([path, english, numbers(english.replace(ENGLISH_DATE, ''))]).toEqual([path, english, zh]);
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});

test('the records of organs count what their items say', () => {
  for (const { key, items, categories } of figures.organs) {
    const sum = Object.values(categories).reduce((total, one) => total + one, 0);
    expect([key, figures.countOf(key)]).toEqual([key, items]);
    expect([key, sum]).toEqual([key, items]);
  }
});
