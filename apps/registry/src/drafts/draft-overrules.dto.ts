import { HEALTH_RULE_CODES } from '@mandate/lists';
import { z } from 'zod';
import { Count, key, line } from '../http/fields.ts';
import { DraftHead, DraftParams } from './drafts.dto.ts';

const Rule = z.enum(HEALTH_RULE_CODES, '没有这条体检规则');

export const OverruleBody = z.strictObject({
  version: Count.meta({ description: '您看到的版本；已被别人改动时拒绝' }),
  rule: Rule.meta({ description: '体检规则' }),
  change: Count.optional().meta({ description: '第几项改动；不给则为这条规则在草稿里的全部' }),
  reason: line(500, '请写明理由').meta({
    description: '为什么可以保留，一句话（至少 6 个汉字）；随条目公开',
  }),
});
export type OverruleBody = z.infer<typeof OverruleBody>;

export const OverruleParams = { ...DraftParams, overrule: key('哪一条保留') };

const Covered = z.number().int().meta({ description: '其中的问题有几处' });

export const OverruleGiven = z.strictObject({ id: z.uuid(), count: Covered, draft: DraftHead });

export const Overrules = z.strictObject({
  overrules: z.array(
    z.strictObject({
      id: z.uuid(),
      rule: Rule,
      change: z.number().int().optional(),
      reason: z.string(),
      count: Covered,
      by: z.strictObject({ login: z.string(), displayName: z.string() }),
      at: z.iso.datetime(),
    }),
  ),
});
