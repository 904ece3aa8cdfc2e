import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorityItemSchema, NegativeListItemSchema } from '@mandate/lists';
import {
  blobPath,
  NEGATIVE_LISTS_PATH,
  negativeItemsPath,
  ORGANS_PATH,
  parseAs as parseJsonAs,
  parseNegativeItemsFile,
  parseNegativeListsFile,
  parseOrgansFile,
  parseRegionsFile,
  parseSummariesFile,
  REGIONS_PATH,
  summariesPath,
  type NegativeListRecord,
  type OrganRecord,
  type RegionRecord,
} from '@mandate/published';
import { z } from 'zod';
import { PublishedError } from '../../src/published/errors.ts';
import { parseAs } from '../../src/published/parse.ts';

// The index is also built where no page is: what it reads, it reads itself, from the folder it is told.

const BLOBS = z.discriminatedUnion('schema', [AuthorityItemSchema, NegativeListItemSchema]);

export type ListedBlob = z.infer<typeof BLOBS>;
export type OrganSource = Pick<OrganRecord, 'key' | 'organ'>;
export type RegionSource = Pick<RegionRecord, 'key' | 'region'>;
export type ListSource = Pick<NegativeListRecord, 'key' | 'list'>;

export interface ListedVersion {
  /** leaf index in the lists log */
  readonly index: number;
  readonly blob: string;
  readonly entry: { readonly effectiveDate: string };
}

export interface ListedKey {
  readonly key: string;
  readonly versions: readonly ListedVersion[];
}

/** The published files of one folder. Every method throws a PublishedError. */
export class Sources {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  organs(): OrganSource[] {
    return this.#parse(ORGANS_PATH, parseOrgansFile);
  }

  regions(): RegionSource[] {
    return this.#parse(REGIONS_PATH, parseRegionsFile);
  }

  negativeLists(): ListSource[] {
    return this.#parse(NEGATIVE_LISTS_PATH, parseNegativeListsFile);
  }

  items(organ: string): ListedKey[] {
    const { items } = this.#parse(summariesPath(organ), parseSummariesFile);
    return items.map(({ key, versions }) => ({
      key,
      versions: versions.map(({ index, blob, effectiveDate }) => ({ index, blob, entry: { effectiveDate } })),
    }));
  }

  negativeItems(list: string): ListedKey[] {
    const { items } = this.#parse(negativeItemsPath(list), parseNegativeItemsFile);
    return items.map(({ key, entries }) => ({
      key,
      versions: entries.map(({ index, entry }) => ({ index, blob: entry.blob, entry })),
    }));
  }

  /** Whether the content of a blob is there; it is not once it was redacted. */
  hasBlob(name: string): boolean {
    return existsSync(join(this.#folder, blobPath(name)));
  }

  /** Undefined for a redacted one. @throws PublishedError `wrong-blob` for bytes that are not what their name says */
  findBlob(name: string): ListedBlob | undefined {
    if (!this.hasBlob(name)) return undefined;
    const path = blobPath(name);
    const bytes = this.#read(path);
    if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== name) {
      throw new PublishedError('wrong-blob', `${path} is not what its name says`);
    }
    return parseAs(path, bytes, () => parseJsonAs(BLOBS, bytes, 'the blob'));
  }

  #parse<T>(path: string, parse: (bytes: Uint8Array) => T): T {
    return parseAs(path, this.#read(path), parse);
  }

  #read(path: string): Buffer {
    try {
      return readFileSync(join(this.#folder, path));
    } catch (cause) {
      throw new PublishedError('missing-file', `cannot read ${path}`, { cause });
    }
  }
}
