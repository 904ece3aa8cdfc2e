import { describe, expect, test } from '@jest/globals';
import { organKey, REGISTERS } from '@mandate/lists';
import * as fc from 'fast-check';
import {
  blobPath,
  checkpointPath,
  editionKey,
  findBlobOfPath,
  findEditionKey,
  findItemAddress,
  findItemKey,
  findListKind,
  findLogOfPath,
  findStatusPath,
  isImmutable,
  isKeyOf,
  itemKey,
  itemsPath,
  logPath,
  parseItemKey,
  PublishedFormatError,
} from './index.ts';

const ORGAN = organKey({ name: '示例市市场监督管理局' });
const HEX = 'ab'.repeat(32);

const HOSTILE = [
  '',
  '.',
  '..',
  '../..',
  'all',
  '__proto__',
  'n-',
  'N-A',
  'n-a/b',
  'n-ä',
  `n-${'a'.repeat(37)}`,
  'o-',
  'o-AAAAAAAAAAAAAAAA',
  'o-aaaaaaaaaaaaaaa1',
  'o-aaaaaaaaaaaaaaaaa',
  `${ORGAN}\n`,
  ` ${ORGAN}`,
  '1143000000612224',
  '11430000006122244l',
  '１１４３０００００６１２２２４４４',
];

describe('keys of lists', () => {
  test.each([
    [ORGAN, 'organ'],
    ['11430000006122244L', 'organ'],
    ['n-market-access', 'negative-list'],
    // An organ key is never one of a negative list: a dash stands in neither USCC nor digits.
    ['n-0000000000000000', 'negative-list'],
  ])('%s is of %s', (key, kind) => {
    expect(findListKind(key)).toBe(kind);
  });

  test.each(HOSTILE)('%j is none', (text) => {
    expect(findListKind(text)).toBeUndefined();
    expect(findItemKey(`${text}.00001`)).toBeUndefined();
    expect(findItemKey(`${text}.000001`)).toBeUndefined();
    expect(findEditionKey(`${text}.2026`)).toBeUndefined();
  });
});

describe('keys of items', () => {
  test.each([
    [`${ORGAN}.00017`, { register: 'authority-item', list: ORGAN, number: '00017' }],
    ['n-a.217001', { register: 'negative-list-item', list: 'n-a', number: '217001' }],
  ])('%s', (key, parts) => {
    expect(parseItemKey(key)).toEqual(parts);
    expect(itemKey(parts.list, parts.number)).toBe(key);
  });

  test.each([
    ORGAN,
    `${ORGAN}.`,
    `${ORGAN}.0001`,
    `${ORGAN}.000001`,
    `${ORGAN}.0000x`,
    `${ORGAN}.00001.00001`,
    `${ORGAN}.00001\n`,
    `${ORGAN}/00001`,
    'n-a.00001',
    'n-a.0000001',
    '.00001',
  ])('%j is none', (text) => {
    expect(findItemKey(text)).toBeUndefined();
    expect(() => parseItemKey(text)).toThrow(PublishedFormatError);
    expect(findItemAddress(text)).toBeUndefined();
  });

  test('whatever text there is, what is read is written back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^n-[a-z]{1,4}\.[0-9]{5,7}$/)), (text) => {
        const item = findItemKey(text);
        const edition = findEditionKey(text);
        if (item) expect(itemKey(item.list, item.number)).toBe(text);
        if (edition) expect(editionKey(edition.list, edition.number)).toBe(text);
      }),
    );
  });

  test('what would not be read back is not written', () => {
    expect(() => itemKey('n-a', '00001')).toThrow(PublishedFormatError);
    expect(() => editionKey('n-a', '2026/1')).toThrow(PublishedFormatError);
  });
});

test('each register has keys of its own form', () => {
  const keys = {
    organ: ORGAN,
    'authority-item': `${ORGAN}.00001`,
    'certificate-type': '11430000006122244L001',
    'signing-key': HEX,
    region: '430000',
    'negative-list': 'n-a',
    'negative-list-item': 'n-a.000001',
    // An organ's edition may have a number of five digits; the register tells it from an item.
    edition: `${ORGAN}.2026-1`,
  };
  for (const register of REGISTERS) {
    const own = REGISTERS.filter((one) => isKeyOf(register, keys[one]));
    const both = register === 'edition' ? ['authority-item', 'negative-list-item', 'edition'] : [register];
    expect(own).toEqual(both);
  }
});

describe('paths', () => {
  test('of blobs are read back, and are made of nothing else than their names', () => {
    const path = `data/blobs/ab/${HEX}.json`;
    expect(blobPath(`sha256:${HEX}`)).toBe(path);
    expect(findBlobOfPath(path)).toBe(`sha256:${HEX}`);
    for (const name of ['', HEX, `sha512:${HEX}`, `sha256:${HEX}/..`, `sha256:${HEX.toUpperCase()}`])
      expect(() => blobPath(name)).toThrow(PublishedFormatError);
    for (const other of [`data/blobs/ac/${HEX}.json`, `/${path}`, `${path}/`, 'data/organs.json'])
      expect(findBlobOfPath(other)).toBeUndefined();
  });

  test.each([
    ['revocation-1', 'data/status/revocation-1.json'],
    ['https://example.org/data/status/revocation-12.json', 'data/status/revocation-12.json'],
    ['revocation-x', undefined],
    ['revocation-1/../../log', undefined],
    ['revocation-1234567', undefined],
  ])('of the status list %s', (list, path) => {
    expect(findStatusPath(list)).toBe(path);
  });

  test.each([
    [checkpointPath('lists'), { log: 'lists', path: 'checkpoint' }],
    [logPath('certificates', 'tile/0/000'), { log: 'certificates', path: 'tile/0/000' }],
    ['log/others/checkpoint', undefined],
    ['log/lists/', undefined],
    [itemsPath(ORGAN), undefined],
  ])('of a log: %s', (path, found) => {
    expect(findLogOfPath(path)).toEqual(found);
  });

  test('only what is named by its content, or is never rewritten, is the same for ever', () => {
    expect([blobPath(`sha256:${HEX}`), logPath('lists', 'tile/0/000')].every(isImmutable)).toBe(true);
    expect([checkpointPath('lists'), itemsPath(ORGAN)].some(isImmutable)).toBe(false);
  });
});

test.each([
  [`${ORGAN}.00017`, `/items/${ORGAN}/00017/`],
  ['n-a.217001', '/negative/n-a/217001/'],
])('the page of %s', (key, address) => {
  expect(findItemAddress(key)).toBe(address);
});
