/** https://www.sitemaps.org/protocol.html: at most 50,000 addresses a file. */
const ADDRESSES_PER_FILE = 50_000;
/** Not for search engines: the landing of QR codes, which shows nothing without a code. */
const UNLISTED = new Set(['/v/']);

/** Of a share of the pages: so one item more changes one part. */
export function sitemapName(shard: string, part: number): string {
  return `sitemaps/${shard}${part === 0 ? '' : `-${part + 1}`}.xml`;
}

/** The parts that a share of the pages fills; none without pages. */
export function encodeSitemaps(publicUrl: string, addresses: readonly string[]): string[] {
  const listed = addresses.filter((address) => !UNLISTED.has(address));
  return Array.from({ length: Math.ceil(listed.length / ADDRESSES_PER_FILE) }, (_, i) =>
    xml('urlset', 'url', publicUrl, listed.slice(i * ADDRESSES_PER_FILE, (i + 1) * ADDRESSES_PER_FILE)),
  );
}

/** @param parts paths below the root */
export function encodeSitemapIndex(publicUrl: string, parts: readonly string[]): string {
  const paths = parts.map((part) => `/${part}`);
  return xml('sitemapindex', 'sitemap', publicUrl, paths);
}

export function encodeRobots(publicUrl: string): string {
  return `User-agent: *\nAllow: /\nSitemap: ${publicUrl}/sitemap.xml\n`;
}

function xml(list: string, element: string, publicUrl: string, paths: readonly string[]): string {
  // Addresses hold keys, digits and slashes only: nothing to escape.
  const lines = paths.map((path) => `<${element}><loc>${publicUrl}${path}</loc></${element}>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${list} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('')}</${list}>\n`;
}
