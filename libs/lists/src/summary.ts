import { CATEGORY_CODES } from '@mandate/codes';
import * as z from 'zod';
import type { ItemState, LegalBasis } from './authority-item.ts';
import { CHANGE_KIND_CODES, kindOf } from './change-kinds.ts';
import { LEVELS, type Level } from './levels.ts';
import { levelsOf } from './list-head.ts';
import type { ListEntry } from './list-entry.ts';

const State = z.enum(['in-force', 'suspended', 'cancelled']);

/** One entry of an item, as lists, feeds and pictures show it. */
const VersionSummarySchema = z.strictObject({
  /** leaf index in the lists log */
  index: z.number().int().min(0),
  time: z.string(),
  effectiveDate: z.string(),
  /** as the entry says, else worked out from the states before and after */
  kind: z.enum(CHANGE_KIND_CODES),
  /** absent, as the name, where the content was redacted */
  state: State.optional(),
  name: z.string().optional(),
  reason: z.string(),
  document: z.string().optional(),
  edition: z.string().optional(),
  related: z.string().optional(),
  blob: z.string(),
});

/**
 * What lists, facets, search results, feeds and statistics need of an item: small enough to hold a whole registry of
 * them, and worked out once when the item changes. Everything in it follows from the item's entries and blobs.
 */
export const ItemSummarySchema = z.strictObject({
  key: z.string(),
  /** of the newest entry; absent, as what follows, where its content was redacted */
  name: z.string().optional(),
  category: z.enum(CATEGORY_CODES).optional(),
  state: State.optional(),
  levels: z.array(z.enum(Object.keys(LEVELS) as [Level, ...Level[]])),
  /** 基本编码 */
  baseCode: z.string().optional(),
  office: z.string().optional(),
  subItems: z.array(z.string()),
  /** titles of the laws, regulations and rules it rests on, the first five */
  laws: z.array(z.string()).optional(),
  /** working or calendar days, where the item counts them */
  statutoryDays: z.number().int().optional(),
  promisedDays: z.number().int().optional(),
  charged: z.boolean().optional(),
  /** oldest first */
  versions: z.array(VersionSummarySchema).min(1),
});

export type ItemSummary = z.infer<typeof ItemSummarySchema>;
export type VersionSummary = z.infer<typeof VersionSummarySchema>;

interface CountedLevels {
  readonly level?: Level | undefined;
}

interface CountedTime {
  readonly days?: number | undefined;
}

/** What is read of an item's content to summarize it; every AuthorityItem has it. */
export interface SummarizedItem {
  readonly name: string;
  readonly category: (typeof CATEGORY_CODES)[number];
  readonly state: ItemState;
  readonly codes?: { readonly base?: string | undefined } | undefined;
  readonly handlingOffice?: string | undefined;
  readonly bases?: readonly { readonly kind: LegalBasis['kind']; readonly title?: string | undefined }[];
  readonly levels: readonly CountedLevels[];
  readonly subItems: readonly {
    readonly name: string;
    readonly levels?: readonly CountedLevels[] | undefined;
  }[];
  readonly service?:
    | {
        readonly statutoryTime?: CountedTime | undefined;
        readonly promisedTime?: CountedTime | undefined;
        readonly fee?: { readonly charged: boolean } | undefined;
      }
    | undefined;
}

const MAX_LAWS = 5;
const LAWS: readonly LegalBasis['kind'][] = ['law', 'administrative-regulation', 'local-regulation', 'rule'];

/** Titles of the laws, regulations and rules an item rests on, without 《》, each once. */
export function lawsOf({ bases = [] }: Pick<SummarizedItem, 'bases'>): string[] {
  const titles = bases.flatMap(({ kind, title }) =>
    LAWS.includes(kind) && title !== undefined ? title : [],
  );
  return [...new Set(titles)];
}

/** @param entries all entries of the item, oldest first, each with its content where that is not redacted */
export function summarize(
  key: string,
  entries: readonly {
    readonly index: number;
    readonly entry: ListEntry;
    readonly item: SummarizedItem | undefined;
  }[],
): ItemSummary {
  const item = entries.at(-1)?.item;
  let before: ItemState | 'none' = 'none';
  const versions = entries.map(({ index, entry, item: said }): VersionSummary => {
    const { time, effectiveDate, reason, document, edition, related, blob } = entry;
    const kind = entry.kind ?? kindOf(before, said?.state ?? 'in-force');
    before = said?.state ?? (before === 'none' ? 'in-force' : before);
    return {
      index,
      time,
      effectiveDate,
      kind,
      ...(said && { state: said.state, name: said.name }),
      reason,
      ...(document !== undefined && { document }),
      ...(edition !== undefined && { edition }),
      ...(related !== undefined && { related }),
      blob,
    };
  });
  const { statutoryTime, promisedTime, fee } = item?.service ?? {};
  const laws = item ? lawsOf(item).slice(0, MAX_LAWS) : [];
  return {
    key,
    ...(item && { name: item.name, category: item.category, state: item.state }),
    levels: item ? levelsOf(item) : [],
    ...(item?.codes?.base !== undefined && { baseCode: item.codes.base }),
    ...(item?.handlingOffice !== undefined && { office: item.handlingOffice }),
    subItems: item?.subItems.map(({ name }) => name) ?? [],
    ...(laws.length > 0 && { laws }),
    ...(statutoryTime?.days !== undefined && { statutoryDays: statutoryTime.days }),
    ...(promisedTime?.days !== undefined && { promisedDays: promisedTime.days }),
    ...(fee && { charged: fee.charged }),
    versions,
  };
}
