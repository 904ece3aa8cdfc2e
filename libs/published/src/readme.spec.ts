import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { blobName, canonicalBytes } from '@mandate/encoding';
import { AuthorityItemSchema, type AuthorityItem, type ListEntry } from '@mandate/lists';
import * as published from './index.ts';

const ORGAN = 'o-aaaaaaaaaaaaaaaa';
const ITEM: AuthorityItem = {
  schema: 'authority-item/1',
  organ: ORGAN,
  name: '食品经营许可',
  category: '01',
  state: 'in-force',
  bases: [],
  levels: [],
  subItems: [],
};

test('the example of the README reads an item', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const blob = canonicalBytes(ITEM);
  const entry: ListEntry = {
    v: 1,
    register: 'authority-item',
    key: `${ORGAN}.00017`,
    time: '2026-01-01T00:00:00Z',
    effectiveDate: '2026-01-01',
    blob: blobName(blob),
    reason: '首次公布',
  };
  const items = published.encodeItemsFile(ORGAN, [
    [entry.key, [{ index: 0, leaf: published.leafOf(entry) }]],
  ]);
  const files = new Map([
    [`/${published.itemsPath(ORGAN)}`, items],
    [`/${published.blobPath(entry.blob)}`, blob],
  ]);
  const server = createServer(({ url = '' }, response) => response.end(files.get(url)));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const names = { ...published, AuthorityItemSchema, fetchSource: () => published.fetchSource(address) };
  try {
    const body = `return (async () => {\n${example}\nreturn item;\n})();`;
    // The example as it stands in the README, which is ours.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function(...Object.keys(names), body) as (...args: unknown[]) => Promise<unknown>;
    expect(await run(...Object.values(names))).toEqual(ITEM);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
