import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { blobName, canonicalBytes } from '@mandate/encoding';
import { AuthorityItemSchema, type AuthorityItem, type ListEntry } from '@mandate/lists';
import { runReadmeExample } from '../../../test/support/readme-example.ts';
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
    expect(await runReadmeExample(import.meta.url, names, 'item')).toEqual(ITEM);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
