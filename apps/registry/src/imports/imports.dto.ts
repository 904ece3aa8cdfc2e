import { CategoryChoice, ColumnChoices, HeaderWords } from '@mandate/list-files';
import { z } from 'zod';
import { Day, key, line, lines } from '../http/fields.ts';

const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const ImportQuery = z.strictObject({
  file: line(200).meta({
    description: '文件名，用来认出机关和年份',
    example: '示例市财政局2026年权责清单.xlsx',
  }),
  organ: line(200)
    .optional()
    .meta({ description: '机关的全称、统一社会信用代码或标识；不给则取自标题、文件名或账号' }),
  list: line(200).optional().meta({ description: '负面清单的名称或标识' }),
  effectiveDate: Day.optional().meta({ description: '生效日期；不给为今天' }),
  backdatedReason: lines(250)
    .min(1, '不能是空的')
    .optional()
    .meta({ description: '生效日期早于发布日时的理由，会公开' }),
  reason: lines(700).min(1, '不能是空的').optional().meta({ description: '写进每一条目的理由，会公开' }),
  document: line(100).optional().meta({ description: '文号，会公开' }),
  edition: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,30}$/, '只能是字母、数字和连字符')
    .optional()
    .meta({ description: '版本编号，如 2026' }),
  editionName: line(200).optional(),
  editionDate: Day.optional(),
  approvedBy: line(200).optional().meta({ description: '批准机关' }),
  cancelMissing: Flag.optional().meta({ description: '清单里已经没有的事项在草稿里列为取消' }),
  column: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .pipe(ColumnChoices)
    .optional()
    .meta({ description: '指明一列：字段=文件里的表头；可以重复', example: '名称=许可事项名称' }),
  category: CategoryChoice.optional().meta({
    description: '没有写明权力类型的事项都属于此类',
    example: '行政许可',
  }),
  splitBy: HeaderWords.optional().meta({
    description: '哪一列写明事项属于哪个机关：文件里的表头',
    example: '行使主体',
  }),
  submit: Flag.optional().meta({ description: '起草后即提交审核' }),
  dryRun: Flag.optional().meta({ description: '只读取和比较，不写入任何内容' }),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

export const TemplateParams = { list: key('authority、negative，或机关、负面清单的标识') };

export const TemplateQuery = z.strictObject({
  format: z.enum(['xlsx', 'csv']).default('xlsx').meta({ description: 'CSV 只有主表' }),
});
export type TemplateQuery = z.infer<typeof TemplateQuery>;

const Counts = z.object({ new: z.number(), changed: z.number(), unchanged: z.number() });

/** What of the report programs rely on; it says more. */
export const ImportAnswer = z.object({
  list: z.string(),
  name: z.string(),
  effectiveDate: z.string(),
  edition: z.object({ number: z.string(), name: z.string(), date: z.string() }),
  changes: Counts,
  missing: z.array(z.object({ key: z.string(), organ: z.string(), name: z.string() })),
  doubtful: z.array(z.unknown()),
  cancelled: z.number(),
  draft: z
    .object({ id: z.string(), state: z.string(), version: z.number(), changes: z.number() })
    .optional()
    .meta({ description: '没有新内容时不建立草稿' }),
  reports: z.array(z.unknown()).meta({ description: '逐个工作表的读取情况' }),
});
