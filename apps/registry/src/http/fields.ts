import { isDay } from '@mandate/certificate';
import { describeTextFault, findTextFault } from '@mandate/encoding';
import { z } from 'zod';

// What a field of a request may hold. `validation.ts` refuses what no text may hold, whatever the schema; these say the rest.

// What zod itself says of a field, officials read.
z.config(z.locales.zhCN());

/** What a column of whole numbers takes. */
const MOST_COUNT = 2_147_483_647;

const plain =
  (options: { readonly lines: boolean }) =>
  ({ value, issues }: z.core.ParsePayload<string>): void => {
    const found = findTextFault(value, options);
    if (found !== undefined) issues.push({ code: 'custom', message: describeTextFault(found), input: value });
  };

/** A text of one line, its ends trimmed; never empty. */
export const line = (most: number, empty = '不能是空的') =>
  z
    .string()
    .trim()
    .min(1, empty)
    .max(most, `最多 ${most.toString()} 个字`)
    .check(plain({ lines: false }));

/** A text that may have several lines, its ends trimmed; empty unless a least length is added. */
export const lines = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `最多 ${most.toString()} 个字`)
    .check(plain({ lines: true }));

/** What names something in an address or a query: whether there is such a thing, its feature says. */
export const key = (description: string, most = 120) =>
  z
    .string()
    .min(1, '不能是空的')
    .max(most, `最多 ${most.toString()} 个字`)
    .check(plain({ lines: false }))
    .meta({ description });

/** A day that exists, 1900 to 2199. */
export const Day = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\d$/, '请写作 2026-01-31')
  .refine(isDay, '没有这一天');

/** A number of changes, of a version …: from 1, as large as the database counts. */
export const Count = z.number('请填写整数').int('请填写整数').min(1, '至少为 1').max(MOST_COUNT, '数目太大');

/** A whole number out of a query or an address. */
export const wholeNumber = (least: number, most = MOST_COUNT) =>
  z.coerce
    .number('须为整数')
    .int('须为整数')
    .min(least, `至少为 ${least.toString()}`)
    .max(most, `至多为 ${most.toString()}`);
