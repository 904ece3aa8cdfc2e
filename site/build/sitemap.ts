import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** https://www.sitemaps.org/protocol.html: at most 50,000 addresses a file. */
const ADDRESSES_PER_FILE = 50_000;
/** Not for search engines: an error page, and the landing of QR codes, which shows nothing without a code. */
const UNLISTED = new Set(['/404/', '/404', '/404.html', '/v/']);

/** Writes sitemap.xml (beyond 50,000 pages an index of several) and robots.txt. */
export function writeSitemap(outDir: string, publicUrl: string, addresses: readonly string[]): void {
  const listed = addresses.filter((address) => !UNLISTED.has(address));
  const parts = Array.from({ length: Math.ceil(listed.length / ADDRESSES_PER_FILE) }, (_, i) =>
    listed.slice(i * ADDRESSES_PER_FILE, (i + 1) * ADDRESSES_PER_FILE),
  );
  const [first = []] = parts;
  if (parts.length <= 1) {
    writeFileSync(join(outDir, 'sitemap.xml'), urlset(publicUrl, first));
  } else {
    parts.forEach((part, i) => writeFileSync(join(outDir, `sitemap-${i + 1}.xml`), urlset(publicUrl, part)));
    const names = parts.map((_, i) => `/sitemap-${i + 1}.xml`);
    writeFileSync(join(outDir, 'sitemap.xml'), xml('sitemapindex', 'sitemap', publicUrl, names));
  }
  writeFileSync(join(outDir, 'robots.txt'), `User-agent: *\nAllow: /\nSitemap: ${publicUrl}/sitemap.xml\n`);
}

function urlset(publicUrl: string, addresses: readonly string[]): string {
  return xml('urlset', 'url', publicUrl, addresses);
}

function xml(list: string, element: string, publicUrl: string, paths: readonly string[]): string {
  // Addresses hold keys, digits and slashes only: nothing to escape.
  const lines = paths.map((path) => `<${element}><loc>${publicUrl}${path}</loc></${element}>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${list} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('')}</${list}>\n`;
}
