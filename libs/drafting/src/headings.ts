import { isDay } from '@mandate/certificate';
import { describeTextFault, findTextFault, mendText } from '@mandate/encoding';
import { CHANGE_KIND_CODES, REGISTERS } from '@mandate/lists';
import { z } from 'zod';
import { quotedJson } from './clean-json.ts';
import type { DraftEdition, DraftHeadings, NewDraftChange } from './draft.ts';
import { DraftError } from './errors.ts';

const plain =
  (options: { readonly lines: boolean }) =>
  ({ value, issues }: z.core.ParsePayload<string>): void => {
    const found = findTextFault(value, options);
    if (found !== undefined) issues.push({ code: 'custom', message: describeTextFault(found), input: value });
  };

/** Text as it may stand in the database and in an entry: cleaned, and never empty. */
const text = (longest: number, hint: string, { lines = false } = {}) =>
  z
    .string()
    .check(plain({ lines }))
    .transform((typed) => mendText(typed).text)
    .pipe(z.string().min(1, hint).max(longest, `最多 ${longest.toString()} 个字`));

export const Day = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\d$/, '请写作 2026-01-31')
  .refine(isDay, '没有这一天');

/** Words of a file: a cell's serial may break its line. */
const Cited = z
  .string()
  .max(300)
  .check(plain({ lines: true }));

const Document = text(100, '文号是空的').meta({ description: '文号', example: '示政发〔2026〕1号' });
// An entry takes 1,000 characters; the reason for a past date is added to it.
const Reason = text(700, '请写明理由', { lines: true }).meta({
  description: '理由，公开可见',
  example: '法律修订',
});

export const EditionBody = z.strictObject({
  number: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,30}$/, '版本编号只含数字、字母和连字符，如 2026 或 2026-1')
    .meta({ description: '在本清单内不重复的编号', example: '2026' }),
  name: text(200, '请写明版本名称').pipe(z.string().min(2)),
  date: Day.optional().meta({ description: '发布日期；清单没有写明的不填，发布时记为当日' }),
  approvedBy: text(200, '批准机关是空的').optional(),
}) satisfies z.ZodType<DraftEdition>;

export const HeadingsBody = z.strictObject({
  title: text(200, '请写明标题'),
  effectiveDate: Day.meta({ description: '生效日期', example: '2026-12-01' }),
  reason: Reason,
  document: Document.optional(),
  backdatedReason: text(250, '追溯的理由是空的', { lines: true })
    .optional()
    .meta({ description: '生效日期早于发布之日时的理由，公开可见' }),
  edition: EditionBody.optional(),
}) satisfies z.ZodType<DraftHeadings>;

export const ChangeBody = z.strictObject({
  register: z.enum(REGISTERS),
  key: z
    .string()
    .regex(/^[0-9A-Za-z.-]{1,100}$/, '标识只含数字、字母、点和连字符')
    .optional()
    .meta({ description: '所改事项的标识；新列入的事项不填，发布时编定' }),
  kind: z.enum(CHANGE_KIND_CODES).meta({ description: '变更类型' }),
  value: z.json().meta({ description: '改后的全文，按登记簿的格式' }),
  baseBlob: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .optional()
    .meta({ description: '对照的现行版本；与清单不符时拒绝，并给出两个版本' }),
  effectiveDate: Day.optional(),
  reason: Reason.optional(),
  document: Document.optional(),
  related: z
    .string()
    .regex(/^(#[1-9]\d{0,5}|[0-9A-Za-z.-]{1,100})$/, '请填写对应事项的标识，或 #3（本草稿第 3 项）')
    .optional()
    .meta({ description: '下放、委托给的事项，或从其承接的事项' }),
  place: z
    .strictObject({
      file: Cited,
      sheet: Cited,
      row: z.number().int().min(0).max(2_147_483_647),
      serial: Cited.optional(),
    })
    .optional(),
  doubts: z
    .array(
      z.strictObject({
        code: z
          .string()
          .max(60)
          .check(plain({ lines: false })),
        message: z
          .string()
          .max(2_000)
          .check(plain({ lines: true })),
      }),
    )
    .max(200)
    .optional(),
}) satisfies z.ZodType<NewDraftChange>;

/** The content is read by its register. Made once: a schema is compiled at its first use. */
const ChangeHeadings = ChangeBody.omit({ value: true });

/** @throws DraftError `invalid-draft` with the fields that are wrong */
export function parseHeadings(headings: DraftHeadings): DraftHeadings {
  const { title, effectiveDate, reason, document, backdatedReason, edition } = headings;
  return parse(
    HeadingsBody,
    { title, effectiveDate, reason, document, backdatedReason, edition },
    'invalid-draft',
    '草稿',
  );
}

/** What is said about a change beside its content. @throws DraftError `invalid-change` */
export function parseChangeHeadings(change: NewDraftChange, number: number): NewDraftChange {
  const { register, key, kind, baseBlob, effectiveDate, reason, document, related, place, doubts } = change;
  const headings = {
    register,
    key,
    kind,
    baseBlob,
    effectiveDate,
    reason,
    document,
    related,
    // What the reader of a file says of it quotes its words, lost characters too; requests are looked at before.
    place: place && quotedJson({ ...place }),
    doubts: doubts && quotedJson(doubts.map(({ code, message }) => ({ code, message }))),
  };
  return {
    ...parse(ChangeHeadings, headings, 'invalid-change', `第 ${number.toString()} 项`),
    value: change.value,
    ...(change.content && { content: change.content }),
    ...(change.pair && { pair: change.pair }),
  };
}

function parse<T>(
  schema: z.ZodType<T>,
  value: unknown,
  code: 'invalid-draft' | 'invalid-change',
  what: string,
): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({
    field: path.map(String).join('.'),
    message,
  }));
  const words = fields.map(({ field, message }) => `${field}：${message}`).join('；');
  throw new DraftError(code, `${what}的内容有误：${words}`, { fields });
}
