// node --import ./apps/registry/bin/typescript-hooks.js test/bench/first-verdict.bench.ts
// From choosing a file to the verdict on the page, in Chromium: first visit (nothing cached, the worker starts, every
// published file is read) and the next file on the same page. Beside it, reading the same files and doing nothing.
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { buildCertificateSite, type CertificateSite } from '../support/certificate-site.ts';

const ROUNDS = 9;
const MARK_MS = 1_000;

const site = await buildCertificateSite();
const browser = await launchBrowser();
try {
  const { pdf } = await site.issue();
  await site.publish();
  const first: number[] = [];
  const next: number[] = [];
  const reading: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await open(browser, site);
    first.push(await verdict(page, pdf));
    next.push(await verdict(page, pdf));
    await page.context().close();
    reading.push(await readFiles(browser, site));
  }
  console.log(
    `first verdict          ${median(first).toFixed(0)} ms (file of ${(pdf.length / 1024).toFixed(0)} kB)`,
  );
  console.log(`next verdict           ${median(next).toFixed(0)} ms`);
  console.log(
    `peer: only reading     ${median(reading).toFixed(0)} ms   ratio ${(median(first) / median(reading)).toFixed(1)}`,
  );
  console.log(`mark: ${MARK_MS} ms, ${median(first) <= MARK_MS ? 'met' : 'MISSED'}`);
} finally {
  await browser.close();
  await site.close();
}

async function open(from: Browser, { origin }: CertificateSite): Promise<Page> {
  const page = await (await from.newContext()).newPage();
  await page.goto(`${origin}/verify/`);
  return page;
}

/** Milliseconds by the page's own clock, from the file's arrival to the verdict's. */
async function verdict(page: Page, pdf: Uint8Array): Promise<number> {
  await page.evaluate(() => {
    const input = document.querySelector('#file');
    const target = document.querySelector('[data-verdict]');
    Reflect.set(
      globalThis,
      'verdictTime',
      new Promise<number>((resolve) => {
        let started = 0;
        input?.addEventListener('change', () => (started = performance.now()), { once: true, capture: true });
        if (!target) return;
        new MutationObserver((_, observer) => {
          if (target.hasAttribute('hidden') || started === 0) return;
          observer.disconnect();
          resolve(performance.now() - started);
        }).observe(target, { attributes: true, childList: true });
      }),
    );
  });
  await page
    .locator('#file')
    .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) });
  const time = await page.evaluate((): Promise<number> => Reflect.get(globalThis, 'verdictTime'));
  const name = await page.locator('[data-verdict-name]').getAttribute('data-verdict-name');
  if (name !== 'valid') throw new Error(`the verdict is ${name ?? 'none'}`);
  return time;
}

/** The files a verdict reads, fetched by a page that does nothing with them. */
async function readFiles(from: Browser, { origin, requested }: CertificateSite): Promise<number> {
  const paths = [...new Set(requested.map(({ url }) => url))].filter((url) => /^\/(?:data|log)\//.test(url));
  const page = await open(from, site);
  const time = await page.evaluate(
    async (urls) => {
      const started = performance.now();
      for (const url of urls) await (await fetch(url, { cache: 'no-cache' })).arrayBuffer();
      return performance.now() - started;
    },
    paths.map((path) => origin + path),
  );
  await page.context().close();
  return time;
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}
