import {
  EDITION_NUMBER,
  NEGATIVE_ITEM_NUMBER,
  NEGATIVE_LIST_KEY,
  ORGAN_KEY,
  REGION_KEY,
  type Register,
} from '@mandate/lists';
import { PublishedFormatError } from './errors.ts';

// What the keys of the lists log say. They come out of addresses, files and searches: text that is no key never becomes
// part of a path.

/** An organ's list of powers and duties, or a negative list; the key of the one is no key of the other. */
export type ListKind = 'organ' | 'negative-list';

/** `<organ key>.<5 digits>`, or `<negative list key>.<6 digits>`. */
export interface ItemKey {
  readonly register: 'authority-item' | 'negative-list-item';
  /** key of the list it stands in, of an authority item its organ's */
  readonly list: string;
  /** five digits; of a negative list's item its 事项编码, six digits */
  readonly number: string;
}

/** `<list key>.<number>` */
export interface EditionKey {
  readonly list: string;
  readonly number: string;
}

const AUTHORITY_NUMBER = /^\d{5}$/;
/** 证照类型代码: USCC of the defining organ and three digits */
const TYPE_KEY = /^[0-9A-Z]{18}\d{3}$/;
/** SHA-256 of the certificate of the key */
const SIGNING_KEY = /^[0-9a-f]{64}$/;

export function isOrganKey(text: string): boolean {
  return ORGAN_KEY.test(text);
}

export function isNegativeListKey(text: string): boolean {
  return NEGATIVE_LIST_KEY.test(text);
}

/** Whether a text that somebody typed can only be meant as such a key, well-formed or not. */
export function isMeantAsNegativeListKey(text: string): boolean {
  return text.startsWith('n-');
}

export function isRegionKey(text: string): boolean {
  return REGION_KEY.test(text);
}

/** What list a key is of; undefined for what is no key of a list. */
export function findListKind(key: string): ListKind | undefined {
  if (isOrganKey(key)) return 'organ';
  return isNegativeListKey(key) ? 'negative-list' : undefined;
}

export function findItemKey(key: string): ItemKey | undefined {
  const [list, number] = cut(key);
  if (isOrganKey(list) && AUTHORITY_NUMBER.test(number)) return { register: 'authority-item', list, number };
  if (isNegativeListKey(list) && NEGATIVE_ITEM_NUMBER.test(number))
    return { register: 'negative-list-item', list, number };
  return undefined;
}

/** @throws PublishedFormatError `invalid-key` */
export function parseItemKey(key: string): ItemKey {
  const found = findItemKey(key);
  if (found === undefined) throw new PublishedFormatError('invalid-key', `no key of an item: ${shown(key)}`);
  return found;
}

/** @throws PublishedFormatError `invalid-key` for what would not be read back */
export function itemKey(list: string, number: string): string {
  const key = `${list}.${number}`;
  parseItemKey(key);
  return key;
}

export function findEditionKey(key: string): EditionKey | undefined {
  const [list, number] = cut(key);
  return findListKind(list) !== undefined && EDITION_NUMBER.test(number) ? { list, number } : undefined;
}

/** @throws PublishedFormatError `invalid-key` for what would not be read back */
export function editionKey(list: string, number: string): string {
  const key = `${list}.${number}`;
  if (findEditionKey(key) === undefined)
    throw new PublishedFormatError('invalid-key', `no key of an edition: ${shown(key)}`);
  return key;
}

/** Whether a register can have this key. */
export function isKeyOf(register: Register, key: string): boolean {
  switch (register) {
    case 'organ':
      return isOrganKey(key);
    case 'negative-list':
      return isNegativeListKey(key);
    case 'authority-item':
    case 'negative-list-item':
      return findItemKey(key)?.register === register;
    case 'edition':
      return findEditionKey(key) !== undefined;
    case 'region':
      return isRegionKey(key);
    case 'certificate-type':
      return TYPE_KEY.test(key);
    case 'signing-key':
      return SIGNING_KEY.test(key);
  }
}

/** No key of a list holds a dot. */
function cut(key: string): readonly [list: string, rest: string] {
  const dot = key.indexOf('.');
  return dot < 0 ? [key, ''] : [key.slice(0, dot), key.slice(dot + 1)];
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
