import { findItemKey } from './keys.ts';

// Addresses of pages that follow from keys: they are printed, linked to and searched for, so they are part of what is
// published. Each is a path of the site, with a slash before and after it.

export function organAddress(organ: string): string {
  return `/organs/${organ}/`;
}

export function negativeListAddress(list: string): string {
  return `/negative/${list}/`;
}

/** @param number five digits */
export function authorityItemAddress(organ: string, number: string): string {
  return `/items/${organ}/${number}/`;
}

/** @param code six digits */
export function negativeItemAddress(list: string, code: string): string {
  return `/negative/${list}/${code}/`;
}

export function editionAddress(list: string, number: string): string {
  return `/editions/${list}/${number}/`;
}

/** Page of an item of either kind; undefined for what is no item's key and has no such page. */
export function findItemAddress(key: string): string | undefined {
  const item = findItemKey(key);
  if (item === undefined) return undefined;
  const { register, list, number } = item;
  return register === 'authority-item'
    ? authorityItemAddress(list, number)
    : negativeItemAddress(list, number);
}
