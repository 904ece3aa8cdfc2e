import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** GOV.UK's smallest text, in CSS pixels. */
const MIN_TEXT_PX = 16;
/** Pages wait for the network more than for the processor. */
const AT_ONCE = 4;

/** How a reader has set up the site. */
export interface Display {
  readonly language?: 'en';
  readonly size?: 'large';
  readonly theme?: 'light' | 'dark';
}

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

/**
 * What is wrong with some pages, at each of some widths: rules of axe, sideways scroll, letters too small to read,
 * anything on the console, any request to another place or that sends something.
 */
export async function findProblems(
  browser: Browser,
  origin: string,
  addresses: readonly string[],
  {
    widths,
    display = {},
    ...options
  }: { widths: readonly number[]; display?: Display } & BrowserContextOptions,
): Promise<string[]> {
  const problems: string[] = [];
  const queue = [...addresses];
  const work = async (): Promise<void> => {
    const page = await openPage(browser, display, options);
    const heard: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) heard.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(`${origin}/`) && request.method() === 'GET';
      if (!isOwn || request.postData() !== null) heard.push(`asks ${request.method()} ${request.url()}`);
    });
    page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
    for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
      heard.length = 0;
      await page.setViewportSize({ width: widths[0] ?? 1280, height: 900 });
      await page.goto(origin + address, { waitUntil: 'networkidle' });
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0) heard.push(`${overflow}px too wide`);
        heard.push(...(await smallTexts(page)), ...(await violations(page)));
        // Named once, so that a failure says where.
        if (heard.length > 0) problems.push(`--- ${address} at ${width} px`, ...heard.splice(0));
      }
    }
    await page.context().close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return problems;
}

/** A page as a reader with these settings sees it. */
export async function openPage(
  browser: Browser,
  display: Display = {},
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  await context.addInitScript(
    (chosen: Record<string, string>) => {
      for (const [name, value] of Object.entries(chosen)) localStorage.setItem(`display ${name}`, value);
    },
    { ...display },
  );
  return context.newPage();
}

export interface Weight {
  /** bytes after gzip */
  readonly html: number;
  readonly css: number;
  readonly js: number;
  readonly other: number;
  readonly requests: number;
}

/** What a first visit of a page loads, as a web server would send it compressed. */
export async function weigh(browser: Browser, url: string): Promise<Weight> {
  const page = await openPage(browser);
  const bodies: Promise<[kind: string, bytes: number]>[] = [];
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    const kind = /html/.test(type)
      ? 'html'
      : /css/.test(type)
        ? 'css'
        : /javascript/.test(type)
          ? 'js'
          : 'other';
    bodies.push(response.body().then((body) => [kind, gzipSync(body).length]));
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const loaded = await Promise.all(bodies);
  await page.context().close();
  const sum = (kind: string): number =>
    loaded.reduce((total, [of, bytes]) => (of === kind ? total + bytes : total), 0);
  return { html: sum('html'), css: sum('css'), js: sum('js'), other: sum('other'), requests: loaded.length };
}
