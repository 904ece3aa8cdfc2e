import { canonicalBytes, type Json } from '@mandate/encoding';
import { EditionSchema, NegativeListSchema, OrganSchema, RegionSchema } from '@mandate/lists';
import * as z from 'zod';
import { EntriesSchema } from './entries.ts';
import { parseAs } from './reading.ts';

// The registers with few keys: each key with what the newest of its entries that still has content says, and its entries.

const Count = z.number().int().min(0);

const OrgansFileSchema = z.strictObject({
  schema: z.literal('organs/1').optional(),
  organs: z.array(
    z.strictObject({
      key: z.string(),
      organ: OrganSchema,
      entries: EntriesSchema,
      /** items that are not cancelled */
      items: Count,
      /** the same, by category code */
      categories: z.record(z.string(), Count),
    }),
  ),
});
export type OrganRecord = z.infer<typeof OrgansFileSchema>['organs'][number];

/** `data/organs.json`, in the order in which the organs came onto the list. @throws PublishedFormatError */
export function parseOrgansFile(bytes: Uint8Array): OrganRecord[] {
  return parseAs(OrgansFileSchema, bytes, 'the organs').organs;
}

/** @param organs in any order */
export function encodeOrgansFile(organs: readonly OrganRecord[]): Uint8Array<ArrayBuffer> {
  const first = ({ entries }: OrganRecord): number => entries[0]?.index ?? 0;
  return canonicalBytes({ organs: [...organs].sort((a, b) => first(a) - first(b)) });
}

const RegionsFileSchema = z.strictObject({
  schema: z.literal('regions/1').optional(),
  regions: z.array(z.strictObject({ key: z.string(), region: RegionSchema, entries: EntriesSchema })),
});
export type RegionRecord = z.infer<typeof RegionsFileSchema>['regions'][number];

/** `data/regions.json`, in order of the codes. @throws PublishedFormatError */
export function parseRegionsFile(bytes: Uint8Array): RegionRecord[] {
  return parseAs(RegionsFileSchema, bytes, 'the regions').regions;
}

/** @param regions in any order, as those below */
export function encodeRegionsFile(regions: readonly RegionRecord[]): Uint8Array<ArrayBuffer> {
  return canonicalBytes({ regions: byText(regions, ({ key }) => key) });
}

const EditionsFileSchema = z.strictObject({
  schema: z.literal('editions/1').optional(),
  editions: z.array(z.strictObject({ key: z.string(), edition: EditionSchema, entries: EntriesSchema })),
});
export type EditionRecord = z.infer<typeof EditionsFileSchema>['editions'][number];

/** `data/editions.json`, in order of the keys. @throws PublishedFormatError */
export function parseEditionsFile(bytes: Uint8Array): EditionRecord[] {
  return parseAs(EditionsFileSchema, bytes, 'the editions').editions;
}

export function encodeEditionsFile(editions: readonly EditionRecord[]): Uint8Array<ArrayBuffer> {
  return canonicalBytes({ editions: byText(editions, ({ key }) => key) });
}

const NegativeListsFileSchema = z.strictObject({
  schema: z.literal('negative-lists/1').optional(),
  lists: z.array(
    z.strictObject({
      key: z.string(),
      list: NegativeListSchema,
      /** items that are not cancelled */
      items: Count,
      entries: EntriesSchema,
    }),
  ),
});
export type NegativeListRecord = z.infer<typeof NegativeListsFileSchema>['lists'][number];

/** `data/negative-lists.json`, in order of the keys. @throws PublishedFormatError */
export function parseNegativeListsFile(bytes: Uint8Array): NegativeListRecord[] {
  return parseAs(NegativeListsFileSchema, bytes, 'the negative lists').lists;
}

export function encodeNegativeListsFile(lists: readonly NegativeListRecord[]): Uint8Array<ArrayBuffer> {
  return canonicalBytes({ lists: byText(lists, ({ key }) => key) });
}

const TypesFileSchema = z.strictObject({
  schema: z.literal('types/1').optional(),
  types: z.array(
    z.strictObject({
      code: z.string(),
      entries: EntriesSchema,
      /** the newest blob of the type, of whatever version of that format */
      type: z.custom<Json>((value) => value !== undefined),
    }),
  ),
});
export type TypeRecord = z.infer<typeof TypesFileSchema>['types'][number];

/** `data/types.json`, in order of the codes. @throws PublishedFormatError */
export function parseTypesFile(bytes: Uint8Array): TypeRecord[] {
  return parseAs(TypesFileSchema, bytes, 'the types of certificates').types;
}

export function encodeTypesFile(types: readonly TypeRecord[]): Uint8Array<ArrayBuffer> {
  return canonicalBytes({ types: byText(types, ({ code }) => code) });
}

/** In order of code units, as canonical JSON sorts. */
function byText<T>(records: readonly T[], of: (record: T) => string): T[] {
  return [...records].sort((a, b) => (of(a) < of(b) ? -1 : 1));
}
