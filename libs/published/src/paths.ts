import { PublishedFormatError } from './errors.ts';

// Every published path, from the public root, without a slash before it. Arguments are keys and names that were parsed:
// see keys.ts. What comes from outside is checked there before it gets here.

/** The folders everything published lies in. */
export const DATA_FOLDER = 'data';
export const LOG_FOLDER = 'log';
export const BLOBS_FOLDER = 'data/blobs';

export const REGISTRY_PATH = 'data/registry.json';
export const TRUST_LIST_PATH = 'data/trust-list.json';
/** The list of revocations; its address stands in the certificates. */
export const REVOCATIONS_PATH = 'data/status/revocation-1.json';
export const ORGANS_PATH = 'data/organs.json';
export const REGIONS_PATH = 'data/regions.json';
export const TYPES_PATH = 'data/types.json';
export const EDITIONS_PATH = 'data/editions.json';
export const NEGATIVE_LISTS_PATH = 'data/negative-lists.json';

/** @param organ key of the organ */
export function itemsPath(organ: string): string {
  return `data/items/${organ}.json`;
}

/** @param organ key of the organ */
export function summariesPath(organ: string): string {
  return `data/summaries/${organ}.json`;
}

/** @param list key of the negative list */
export function negativeItemsPath(list: string): string {
  return `data/negative/${list}.json`;
}

/** @param blob `sha256:` and 64 hex digits @throws PublishedFormatError `invalid-key` */
export function blobPath(blob: string): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(blob)?.[1];
  if (hex === undefined)
    throw new PublishedFormatError('invalid-key', `no name of a blob: ${JSON.stringify(blob.slice(0, 100))}`);
  return `data/blobs/${hex.slice(0, 2)}/${hex}.json`;
}

/** The blob a path is of; undefined for another path. */
export function findBlobOfPath(path: string): string | undefined {
  const hex = /^data\/blobs\/[0-9a-f]{2}\/([0-9a-f]{64})\.json$/.exec(path)?.[1];
  const blob = `sha256:${hex ?? ''}`;
  return hex !== undefined && blobPath(blob) === path ? blob : undefined;
}

/** @param list `revocation-1`, …: the name of a list, or an address that ends in it; undefined for another text */
export function findStatusPath(list: string): string | undefined {
  const name = /(?:^|\/)(revocation-\d{1,6})(?:\.json)?$/.exec(list)?.[1];
  return name === undefined ? undefined : `data/status/${name}.json`;
}
