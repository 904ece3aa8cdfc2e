import { ListEntrySchema, OrganSchema, type ListEntry, type Organ } from '@mandate/lists';
import { z } from 'zod';
import { parsePublished } from './files.ts';

const OrgansSchema = z.object({
  organs: z.array(
    z.object({
      key: z.string(),
      organ: OrganSchema,
      entries: z.array(z.object({ index: z.number().int(), entry: ListEntrySchema })),
      items: z.number().int(),
      categories: z.record(z.string(), z.number().int()),
    }),
  ),
});

export interface OrganRecord {
  readonly key: string;
  readonly organ: Organ;
  readonly entries: readonly { readonly index: number; readonly entry: ListEntry }[];
  /** items that are not cancelled */
  readonly items: number;
  /** the same, by category code */
  readonly categories: Readonly<Record<string, number>>;
}

let organs: readonly OrganRecord[] | undefined;
let byKey: ReadonlyMap<string, OrganRecord> | undefined;

/** All organs, in the order of the export. */
export function getOrgans(): readonly OrganRecord[] {
  organs ??= parsePublished('data/organs.json', OrgansSchema).organs;
  return organs;
}

export function findOrgan(key: string): OrganRecord | undefined {
  byKey ??= new Map(getOrgans().map((organ) => [organ.key, organ]));
  return byKey.get(key);
}
