import {
  ChangeBody,
  Day,
  MISSING_CHOICES,
  MISSING_DECISIONS,
  type MissingState,
  DRAFT_STATE_CODES,
  HeadingsBody,
} from '@mandate/drafting';
import { CHANGE_KIND_CODES, REGISTERS } from '@mandate/lists';
import { z } from 'zod';
import { Count, key, lines, wholeNumber } from '../http/fields.ts';

const Version = Count.meta({ description: '您看到的版本；已被别人改动时拒绝，不会覆盖' });
const Account = z.strictObject({ login: z.string(), displayName: z.string() });
const List = z
  .string()
  .regex(/^[0-9A-Za-z-]{1,60}$/, '请填写机关标识、负面清单标识或 registry')
  .meta({ description: '机关标识、负面清单标识，或 registry（机关、区划及跨机关的事项）' });
// What a register holds is said by its own schema; here it is any JSON.
const Content = z.unknown().meta({ description: '全文，按登记簿的格式' });

/** Most changes in one request: an edition comes by import. */
const MOST_CHANGES = 200;

export const NewDraftBody = HeadingsBody.extend({
  scope: z.enum(['change', 'edition']).default('change').meta({ description: 'edition：整份清单的版本' }),
  list: List,
  changes: z
    .array(ChangeBody.extend({ value: Content }))
    .max(MOST_CHANGES)
    .default([]),
});
export type NewDraftBody = z.infer<typeof NewDraftBody>;

export const HeadingsEdit = HeadingsBody.extend({ version: Version });
export type HeadingsEdit = z.infer<typeof HeadingsEdit>;

export const NewChangeBody = ChangeBody.extend({ value: Content });
export type NewChangeBody = z.infer<typeof NewChangeBody>;

export const ChangeEdit = NewChangeBody.extend({ version: Version });
export type ChangeEdit = z.infer<typeof ChangeEdit>;

export const StepBody = z.strictObject({
  version: Version,
  comment: lines(5_000).optional().meta({ description: '意见；退回时必填' }),
});
export type StepBody = z.infer<typeof StepBody>;

export const PublicationBody = StepBody.extend({
  backdatedReason: HeadingsBody.shape.backdatedReason,
});
export type PublicationBody = z.infer<typeof PublicationBody>;

export const CommentBody = z.strictObject({
  comment: lines(5_000).min(1, '意见是空的，请写上内容').meta({ description: '意见' }),
  change: Count.optional().meta({ description: '所说的是第几项' }),
});
export type CommentBody = z.infer<typeof CommentBody>;

export const CancelMissingBody = z.strictObject({
  version: Version,
  keys: z.array(key('事项标识', 100)).min(1).max(500).meta({ description: '确认取消的事项' }),
});
export type CancelMissingBody = z.infer<typeof CancelMissingBody>;

export const MissingBody = z.strictObject({
  version: Version,
  decision: z
    .enum(MISSING_CHOICES)
    .meta({ description: 'cancelled 取消，stays 保留，moved 划转，undecided 收回决定' }),
  keys: z
    .array(key('事项标识', 100))
    .min(1)
    .max(5_000)
    .optional()
    .meta({ description: '所决定的事项；不给则为尚未决定的全部（收回时为已决定的全部）' }),
  reason: lines(700).min(1, '不能是空的').optional().meta({ description: '理由，公开可见；保留时必填' }),
  related: key('划转后的事项标识', 100).optional(),
});
export type MissingBody = z.infer<typeof MissingBody>;

export const PairBody = z.strictObject({
  version: Version,
  same: z.boolean().meta({ description: 'true：是同一事项，沿用它的标识；false：不是，作为新事项列入' }),
  key: key('清单现有的哪一项；只有一项可选时不必给', 100).optional(),
});
export type PairBody = z.infer<typeof PairBody>;

export const DraftsQuery = z.object({
  list: List.optional(),
  state: z.enum(DRAFT_STATE_CODES).optional(),
  limit: wholeNumber(1, 200).default(50),
  cursor: key('上一页的 next', 80).optional(),
});
export type DraftsQuery = z.infer<typeof DraftsQuery>;

export const ChangesQuery = z.object({
  doubtful: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({ description: '只看存疑的' }),
  limit: wholeNumber(1, 200).default(50),
  cursor: wholeNumber(0).default(0).meta({ description: '上一页的 next' }),
});
export type ChangesQuery = z.infer<typeof ChangesQuery>;

export const DraftParams = { id: key('草稿的编号') };
export const ChangeParams = { ...DraftParams, number: key('第几项', 20) };

export const VersionQuery = z.object({ version: wholeNumber(1).meta({ description: '您看到的版本' }) });
export type VersionQuery = z.infer<typeof VersionQuery>;

export const DraftHead = HeadingsBody.extend({
  id: z.uuid(),
  scope: z.enum(['change', 'edition']),
  list: z.string(),
  state: z.enum(DRAFT_STATE_CODES),
  effect: z
    .enum(['scheduled', 'in-force'])
    .optional()
    .meta({ description: '发布后：已生效，或将于生效日期生效' }),
  version: z.number().int(),
  author: Account,
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  openFindings: z
    .array(
      z.strictObject({
        rule: z.string(),
        name: z.string(),
        count: z.number().int(),
        first: z.array(
          z.strictObject({ change: z.number(), name: z.string(), place: z.string(), text: z.string() }),
        ),
      }),
    )
    .optional()
    .meta({ description: '提交时告知：应当改正的问题，不改正或说明理由就不能通过' }),
});

export const DraftPage = z.strictObject({ drafts: z.array(DraftHead), next: z.string().optional() });

// Object.keys forgets the names; they are those of the table.
const MissingStates = z.enum(Object.keys(MISSING_DECISIONS) as [MissingState, ...MissingState[]]);
const Missing = z.strictObject({
  key: z.string(),
  name: z.string(),
  is: MissingStates.meta({ description: 'undecided 和 stale 尚待决定，不决定不能提交' }),
  change: z.number().optional().meta({ description: '草稿中改动它的是第几项' }),
  reason: z.string().optional().meta({ description: '保留的理由' }),
  by: z.string().optional(),
});

export const MissingPage = z.strictObject({
  version: z.number().meta({ description: '草稿的版本，决定时须写明' }),
  open: z.number().meta({ description: '还要决定的有几项' }),
  missing: z.array(Missing),
  next: z.number().optional(),
});

const PairState = z.enum(['asked', 'sure', 'same', 'apart']);
const Candidate = z.strictObject({ key: z.string(), name: z.string(), likeness: z.number() });

export const DraftDetail = DraftHead.extend({
  missing: z.array(Missing).meta({ description: '清单现有而来源中没有同名的事项，各须决定' }),
  questions: z
    .strictObject({ pairs: z.number(), missing: z.number() })
    .meta({ description: '还没有答复的：是否同一事项，来源中没有的事项' }),
  report: Content.optional(),
  counts: z
    .strictObject({ changes: z.number(), doubtful: z.number(), kinds: z.record(z.string(), z.number()) })
    .meta({ description: '改动的数目' }),
  events: z.array(
    z.strictObject({
      version: z.number(),
      action: z.string(),
      account: Account,
      change: z.number().optional(),
      comment: z.string().optional(),
      detail: Content.optional(),
      at: z.iso.datetime(),
    }),
  ),
  entries: z
    .array(z.strictObject({ number: z.number(), key: z.string(), entry: z.number() }))
    .optional()
    .meta({ description: '发布后各项成为的条目，前 200 项；0 为版本本身' }),
});

const Change = z.strictObject({
  number: z.number(),
  version: z.number(),
  register: z.enum(REGISTERS),
  key: z.string().optional(),
  kind: z.enum(CHANGE_KIND_CODES),
  value: Content,
  blob: z.string(),
  baseBlob: z.string().optional(),
  effectiveDate: Day.optional(),
  reason: z.string().optional(),
  document: z.string().optional(),
  related: z.string().optional(),
  place: Content.optional(),
  doubts: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  pair: z
    .strictObject({ state: PairState, candidates: z.array(Candidate), rivals: z.array(z.string()) })
    .optional()
    .meta({ description: '可能是清单现有的哪一项' }),
  editedBy: z.string(),
});

export const ChangePage = z.strictObject({ changes: z.array(Change), next: z.number().optional() });

const Piece = z.strictObject({ kind: z.enum(['same', 'removed', 'added']), text: z.string() });
const Field = z.strictObject({
  path: z.string(),
  name: z.string(),
  english: z.string(),
  within: z.array(z.strictObject({ name: z.string(), english: z.string(), member: z.string() })),
  kind: z.enum(['added', 'removed', 'changed', 'reordered']),
  member: z.string().optional(),
  pieces: z.array(Piece),
});

export const PairPage = z.strictObject({
  pairs: z.array(
    z.strictObject({
      change: z.number(),
      version: z.number().meta({ description: '这一项的版本，答复时须写明' }),
      name: z.string(),
      key: z.string().optional().meta({ description: '认作的清单现有事项；没有则作为新事项' }),
      place: Content.optional(),
      state: PairState.meta({
        description: 'asked 待答复，sure 仅有笔误之差、未经人答复，same 已确认，apart 已分开',
      }),
      rivals: z.array(z.string()).meta({ description: '同样与它相近的其他新事项：可能是一项拆成了几项' }),
      candidates: z.array(Candidate.extend({ fields: z.array(Field) })),
    }),
  ),
  next: z.number().optional(),
});

export const ComparedChange = z.strictObject({
  number: z.number(),
  key: z.string().optional(),
  kind: z.enum(CHANGE_KIND_CODES),
  name: z.string(),
  listed: z
    .strictObject({ entry: Content, value: Content })
    .optional()
    .meta({ description: '到生效那天清单上的；新列入的没有' }),
  later: z
    .array(z.strictObject({ effectiveDate: z.string(), reason: z.string() }))
    .meta({ description: '生效更晚、届时将取代这项改动的条目' }),
  stale: z.boolean().meta({ description: '起草之后清单已被别人改动' }),
  fields: z.array(Field).meta({ description: '逐字段的不同；新列入的为全文' }),
  doubts: z
    .array(z.strictObject({ code: z.string(), message: z.string() }))
    .meta({ description: '存疑之处' }),
  place: Content.optional().meta({ description: '取自来源文件的哪一行' }),
  others: z
    .array(z.strictObject({ draft: z.string(), title: z.string(), state: z.string(), author: z.string() }))
    .meta({ description: '改动同一事项的其他草稿' }),
});

export const Comparison = z.strictObject({
  changes: z.array(ComparedChange),
  next: z.number().optional(),
});

export const ChangeDetail = z.strictObject({ change: Change, comparison: ComparedChange });
export const ChangePlaced = z.strictObject({ number: z.number(), version: z.number() });

export const Publication = z.strictObject({
  draft: DraftHead,
  entries: z.array(z.number()),
  keys: z.array(z.string()).meta({ description: '各项改动的标识' }),
  edition: z.string().optional(),
});
