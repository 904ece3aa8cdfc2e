import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AuthorityItemSchema,
  ListEntrySchema,
  NegativeListItemSchema,
  NegativeListSchema,
  OrganSchema,
  RegionSchema,
} from '@mandate/lists';
import { z } from 'zod';
import { PublishedError } from '../../src/published/errors.ts';
import { parseAs } from '../../src/published/parse.ts';

// The index is also built where no page is: what it reads, it reads itself, from the folder it is told.

const OrgansSchema = z.object({ organs: z.array(z.object({ key: z.string(), organ: OrganSchema })) });
const RegionsSchema = z.object({ regions: z.array(z.object({ key: z.string(), region: RegionSchema })) });
const ListsSchema = z.object({ lists: z.array(z.object({ key: z.string(), list: NegativeListSchema })) });
const SummariesSchema = z.object({
  items: z.array(
    z.object({
      key: z.string().regex(/^[0-9A-Za-z-]+\.\d{5}$/),
      versions: z
        .array(z.object({ index: z.number().int(), effectiveDate: z.string(), blob: z.string() }))
        .min(1),
    }),
  ),
});
const NegativeItemsSchema = z.object({
  items: z.array(
    z.object({
      key: z.string().regex(/^[0-9a-z-]+\.\d{6}$/),
      entries: z.array(z.object({ index: z.number().int(), entry: ListEntrySchema })).min(1),
    }),
  ),
});
const BLOBS = z.discriminatedUnion('schema', [AuthorityItemSchema, NegativeListItemSchema]);

export type ListedBlob = z.infer<typeof BLOBS>;
export type OrganSource = z.infer<typeof OrgansSchema>['organs'][number];
export type RegionSource = z.infer<typeof RegionsSchema>['regions'][number];
export type ListSource = z.infer<typeof ListsSchema>['lists'][number];

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
    return this.#parse('data/organs.json', OrgansSchema).organs;
  }

  regions(): RegionSource[] {
    return this.#parse('data/regions.json', RegionsSchema).regions;
  }

  negativeLists(): ListSource[] {
    return this.#parse('data/negative-lists.json', ListsSchema).lists;
  }

  items(organ: string): ListedKey[] {
    const { items } = this.#parse(`data/summaries/${organ}.json`, SummariesSchema);
    return items.map(({ key, versions }) => ({
      key,
      versions: versions.map(({ index, blob, effectiveDate }) => ({ index, blob, entry: { effectiveDate } })),
    }));
  }

  negativeItems(list: string): ListedKey[] {
    const { items } = this.#parse(`data/negative/${list}.json`, NegativeItemsSchema);
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
    return parseAs(path, bytes, BLOBS);
  }

  #parse<T extends z.ZodType>(path: string, schema: T): z.infer<T> {
    return parseAs(path, this.#read(path), schema);
  }

  #read(path: string): Buffer {
    try {
      return readFileSync(join(this.#folder, path));
    } catch (cause) {
      throw new PublishedError('missing-file', `cannot read ${path}`, { cause });
    }
  }
}

function blobPath(name: string): string {
  const hex = name.slice('sha256:'.length);
  return `data/blobs/${hex.slice(0, 2)}/${hex}.json`;
}
