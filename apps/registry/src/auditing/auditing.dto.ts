import { z } from 'zod';
import { line, wholeNumber } from '../http/fields.ts';
import { ACTION_CODES } from '../ledger/actions.ts';

const Instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional();

export const LedgerFilter = z.object({
  from: Instant.meta({ description: '从何时起：2026-01-31（上海当日零时）或 2026-01-31T08:00:00Z' }),
  to: Instant.meta({ description: '到何时止：日期含当日，时刻不含' }),
  account: line(60).optional().meta({ description: '账号' }),
  action: z.enum(ACTION_CODES, '没有这种操作').optional().meta({ description: '操作' }),
  subject: line(200).optional().meta({ description: '对象：账号、草稿编号、证照标识、机关等' }),
  way: z.enum(['http', 'command-line', 'start', 'worker']).optional().meta({ description: '渠道' }),
});

export const LedgerQuery = LedgerFilter.extend({
  limit: wholeNumber(1, 1_000).default(100),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, '不是上一页给出的 cursor')
    .optional()
    .meta({ description: '上一页给出的 cursor' }),
});
export type LedgerQuery = z.infer<typeof LedgerQuery>;

export const LedgerAct = z.strictObject({
  number: z.number().int().meta({ description: '台账序号，从 1 起，没有缺号' }),
  at: z.string().meta({ description: '时间，UTC', example: '2026-01-31T08:00:00.123456Z' }),
  account: z.string().optional().meta({ description: '账号；登记簿自身所为没有' }),
  action: z.enum(ACTION_CODES),
  name: z.string().meta({ description: '操作的名称', example: '签发证照' }),
  subject: z.string(),
  way: z.string().optional().meta({ description: '渠道', example: 'http' }),
  hostUser: z.string().optional().meta({ description: '命令行操作时，本机登录的用户' }),
  detail: z.json().optional(),
  hash: z.string().meta({ description: '到这一条为止的链的 SHA-256，十六进制' }),
});

export const LedgerPage = z.strictObject({
  acts: z.array(LedgerAct),
  next: z.string().optional().meta({ description: '下一页的 cursor' }),
});
