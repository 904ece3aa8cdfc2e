import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { concatBytes, utf8 } from '@mandate/encoding';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { buildCertificateSite, type CertificateSite } from '../support/certificate-site.ts';
import { ITEM, MemoryRegistry, ORGAN_NAME, type IssuedCertificate } from '../support/memory-registry.ts';
import { makeSamplePage } from '../support/sample-page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let site: CertificateSite;
let browser: Browser;
let issued: IssuedCertificate;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [site, browser] = await Promise.all([buildCertificateSite(), launchBrowser()]);
  issued = await site.issue();
  await site.publish();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 390, height: 900 } });
  page = await context.newPage();
});

afterEach(() => context.close());

async function choose(bytes: Uint8Array, name = '证照.pdf'): Promise<string | null> {
  await page.goto(`${site.origin}/verify/`);
  const file = { name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) };
  await page.locator('#file').setInputFiles(file);
  return verdict();
}

async function verdict(): Promise<string | null> {
  const head = page.locator('[data-verdict-name]');
  await head.waitFor({ state: 'visible' });
  return head.getAttribute('data-verdict-name');
}

function facts(): Promise<Record<string, string>> {
  return page
    .locator('[data-fact]')
    .evaluateAll((nodes) =>
      Object.fromEntries(
        nodes.map((node) => [node.getAttribute('data-fact') ?? '', node.getAttribute('class') ?? '']),
      ),
    );
}

function withChangedByte(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice();
  // In the middle of the first signed range.
  const at = Math.floor(changed.length / 4);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

describe('the verify page', () => {
  test('a certificate of the registry is valid, with its content, its power and what each fact does not prove', async () => {
    expect(await choose(issued.pdf)).toBe('valid');
    expect(Object.values(await facts())).toEqual(new Array(6).fill('holds'));
    const text = await page.locator('[data-verdict]').innerText();
    for (const expected of [
      '真实有效',
      issued.certificate.number,
      issued.certificate.holder.name,
      issued.certificate.identifier,
      ORGAN_NAME,
      '不证明',
    ]) {
      expect(text).toContain(expected);
    }
    const power = page.locator('[data-verdict] a', { hasText: '食品经营许可' });
    expect(await power.getAttribute('href')).toBe(`/items/${ITEM.replace('.', '/')}/`);
    // The reader's place is the verdict, also for who cannot see it.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('verdict-title');
  });

  test.each([
    ['one changed byte', () => withChangedByte(issued.pdf), 'altered'],
    ['a byte appended', () => concatBytes(issued.pdf, utf8('\n')), 'altered'],
    [
      'an update appended',
      () => concatBytes(issued.pdf, utf8('\n1 0 obj\n<<>>\nendobj\n%%EOF\n')),
      'altered',
    ],
    ['no PDF at all', () => utf8('只是一段文字'), 'unreadable'],
    ['an empty file', () => new Uint8Array(), 'unreadable'],
  ])('with %s: never valid, and no certificate is shown', async (_what, make, expected) => {
    expect(await choose(make())).toBe(expected);
    expect(await page.locator('.sheet').count()).toBe(0);
    expect(await page.locator('[data-verdict]').innerText()).not.toContain(issued.certificate.number);
  });

  test('a certificate of another registry is by an untrusted issuer', async () => {
    const other = await MemoryRegistry.open('other.example', 'two');
    const foreign = await other.issue();
    expect(await choose(foreign.pdf)).toBe('untrusted-issuer');
    expect(await page.locator('.sheet').count()).toBe(0);
  });

  test('an ordinary PDF is unsigned', async () => {
    expect(await choose(await makeSamplePage('{}'))).toBe('unsigned');
  });

  test('a revoked certificate was genuine and has ended', async () => {
    const revoked = await site.issue();
    await site.registry.revoke(revoked.certificate);
    await site.publish();
    expect(await choose(revoked.pdf)).toBe('revoked');
    expect(await page.locator('.sheet').innerText()).toContain(revoked.certificate.number);
  });

  test('without the published files nothing is decided, and the reader is told what to do', async () => {
    await page.goto(`${site.origin}/verify/`);
    await context.route(/\/(log|data)\//, (route) => route.abort());
    await page.locator('#file').setInputFiles({
      name: 'a.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(issued.pdf),
    });
    expect(await verdict()).toBe('indeterminate');
    expect(await page.locator('.verdict-head').innerText()).toContain('重试');
  });

  test('a file dropped anywhere on the page is checked, and the browser stays on it', async () => {
    await page.goto(`${site.origin}/verify/`);
    const transfer = await page.evaluateHandle(
      (bytes) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], 'a.pdf', { type: 'application/pdf' }));
        return data;
      },
      [...issued.pdf],
    );
    await page.dispatchEvent('footer', 'drop', { dataTransfer: transfer });
    expect(await verdict()).toBe('valid');
  });

  test('sends nothing, and asks for nothing that names the certificate', async () => {
    const foreign: string[] = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(`${site.origin}/`)) foreign.push(request.url());
    });
    const before = site.requested.length;
    expect(
      await choose(issued.pdf, `${issued.certificate.number}-${issued.certificate.holder.name}.pdf`),
    ).toBe('valid');
    expect(foreign).toEqual([]);
    const requested = site.requested.slice(before);
    const { identifier, number, holder, salt, status, face } = issued.certificate;
    const secrets = [
      identifier,
      number,
      holder.name,
      holder.code,
      salt,
      String(status.index),
      face[0]?.value ?? '',
    ];
    const digest = Buffer.from(issued.documentDigest);
    secrets.push(digest.toString('hex'), digest.toString('base64'), digest.toString('base64url'));
    expect(requested.some(({ url }) => url === '/data/trust-list.json')).toBe(true);
    for (const { method, url, headers, bodyBytes } of requested) {
      expect({ url, method, bodyBytes }).toEqual({ url, method: 'GET', bodyBytes: 0 });
      // A plain file that every reader can ask for, without a question attached.
      expect({ url, isFile: isPublished(url) }).toEqual({ url, isFile: true });
      const sent = decodeURIComponent(`${url} ${JSON.stringify(headers)}`);
      for (const secret of secrets) expect(sent).not.toContain(secret);
    }
  });

  test.each([
    ['valid', () => issued.pdf],
    ['altered', () => withChangedByte(issued.pdf)],
  ])('of %s breaks no rule of axe and fits a phone', async (expected, make) => {
    expect(await choose(make())).toBe(expected);
    await page
      .locator('details')
      .evaluateAll((nodes) => nodes.forEach((node) => node.setAttribute('open', '')));
    await page.evaluate(AXE);
    const broken = await page.evaluate(async () => {
      const axe: { run(): Promise<{ violations: { id: string }[] }> } = Reflect.get(globalThis, 'axe');
      return (await axe.run()).violations.map(({ id }) => id);
    });
    expect(broken).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

describe('the landing of QR codes', () => {
  const landing = (qr: string): string => `${site.origin}/V/${qr.slice(qr.indexOf('#'))}`;

  test('says what the code says and that paper must be compared, at the address in upper case', async () => {
    await page.goto(landing(issued.qr));
    expect(await verdict()).toBe('indeterminate');
    const text = await page.locator('[data-verdict]').innerText();
    expect(text).toContain('二维码属实');
    expect(text).toContain(issued.certificate.identifier);
    expect(text).toContain('核对纸面');
  });

  test('shows nothing of a code that was changed', async () => {
    const changed = issued.qr.slice(0, -5) + (issued.qr.endsWith('A') ? 'B' : 'A') + issued.qr.slice(-4);
    await page.goto(landing(changed));
    expect(['altered', 'unreadable']).toContain(await verdict());
    expect(await page.locator('[data-verdict]').innerText()).not.toContain(issued.certificate.identifier);
  });

  test('never sends the code to the server', async () => {
    const before = site.requested.length;
    await page.goto(landing(issued.qr));
    await verdict();
    const payload = issued.qr.slice(issued.qr.indexOf('#') + 1);
    for (const { url, headers } of site.requested.slice(before)) {
      expect(`${url} ${JSON.stringify(headers)}`).not.toContain(payload.slice(0, 16));
    }
  });

  test('without a code says what to do', async () => {
    await page.goto(`${site.origin}/v/`);
    expect(await page.locator('[data-status]').innerText()).toContain('重新扫描');
  });
});

function isPublished(url: string): boolean {
  const path = decodeURIComponent(url);
  const file = path.endsWith('/') ? `${path}index.html` : path;
  return existsSync(join(site.pages, file)) || existsSync(join(site.published, file));
}
