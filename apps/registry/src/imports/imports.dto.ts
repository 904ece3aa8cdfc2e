import { CategoryChoice, ColumnChoices, HeaderWords } from '@mandate/list-files';
import { z } from 'zod';
import { Day, key, line, lines, wholeNumber } from '../http/fields.ts';

const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const ImportQuery = z
  .strictObject({
    file: line(200).meta({
      description: '文件名，用来认出机关和年份',
      example: '示例市财政局2026年权责清单.xlsx',
    }),
    organ: line(200)
      .optional()
      .meta({ description: '机关的全称、统一社会信用代码或标识；不给则取自标题、文件名或账号' }),
    list: line(200).optional().meta({ description: '负面清单的名称或标识' }),
    effectiveDate: Day.optional().meta({
      description: '生效日期；不给为今天，首次收录的清单为清单自己的日期',
    }),
    listDate: Day.optional().meta({
      description: '清单自己的日期（公布、印发）；不给则取自标题、文件名或文号中写明的完整日期',
    }),
    newItems: z.enum(['recorded', 'added']).optional().meta({
      description:
        '清单里还没有的事项：recorded 首次收录（早已有效，本登记簿刚知道），added 新增；不给则清单尚无事项时为首次收录',
    }),
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
    reclassify: Flag.optional().meta({
      description: '文字没有变、只是依据种类（法律、行政法规……）按现在的规则不同的，也列为变更；不给则只报告',
    }),
    mostlyChanged: line(500).optional().meta({
      description: '事项大多是新的、或者大多不在文件里时，写明缘由才建立草稿；审核人会看到',
    }),
    replace: key('改正后的文件替换哪份草稿的内容：它的编号；须连同 version').optional(),
    version: wholeNumber(1).optional().meta({
      description: '要替换的草稿：您看到的版本；之后有人改过就不替换',
    }),
    submit: Flag.optional().meta({ description: '起草后即提交审核' }),
    dryRun: Flag.optional().meta({ description: '只读取和比较，不写入任何内容' }),
  })
  .refine(({ replace, version }) => (replace === undefined) === (version === undefined), {
    path: ['version'],
    error: '替换草稿须同时写明 replace 和 version：它的编号和您看到的版本',
  });
export type ImportQuery = z.infer<typeof ImportQuery>;

export const TemplateParams = { list: key('authority、negative，或机关、负面清单的标识') };

export const TemplateQuery = z.strictObject({
  format: z.enum(['xlsx', 'csv']).default('xlsx').meta({ description: 'CSV 只有主表' }),
});
export type TemplateQuery = z.infer<typeof TemplateQuery>;

export const MappingParams = {
  organ: key('机关的标识'),
  signature: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '请照 GET /api/imports/mappings 给出的写')
    .meta({ description: '表头的特征' }),
};

export const Mappings = z.object({
  mappings: z.array(
    z.object({
      organ: z.string(),
      organName: z.string(),
      signature: z.string(),
      header: z.string().meta({ description: '表头的文字' }),
      reading: z.object({
        columns: z.record(z.string(), z.string()).optional(),
        category: z.string().optional(),
        splitBy: z.string().optional(),
      }),
      file: z.string(),
      savedAt: z.string(),
    }),
  ),
});

const Counts = z.object({ new: z.number(), changed: z.number(), unchanged: z.number() });

const ListAnswer = z.object({
  list: z.string(),
  name: z.string(),
  effectiveDate: z.string(),
  edition: z
    .object({ number: z.string(), name: z.string(), date: z.string().optional() })
    .optional()
    .meta({ description: '裁量基准只改已列入的事项，不成为新版本' }),
  newItems: z.enum(['recorded', 'added']),
  changes: Counts,
  standards: z
    .object({ joined: z.number(), unmatched: z.array(z.unknown()), unclear: z.array(z.unknown()) })
    .optional()
    .meta({ description: '裁量基准：对上的、没有对上的和不止一项可对的' }),
  reclassified: z
    .object({ items: z.number(), bases: z.number() })
    .optional()
    .meta({ description: '文字没有变、只是依据种类按现在的规则不同的' }),
  missing: z.array(z.object({ key: z.string(), organ: z.string(), name: z.string() })),
  doubtful: z.array(z.unknown()),
  asked: z.number().meta({ description: '有几项可能是清单现有事项改了名称，须答复' }),
  cancelled: z.number(),
  mostlyChanged: z
    .object({
      found: z.number(),
      new: z.number(),
      listed: z.number(),
      missing: z.number(),
      cause: z.string(),
    })
    .optional()
    .meta({ description: '与现有清单大多对不上，及最可能的原因' }),
  draft: z
    .object({
      id: z.string(),
      state: z.string(),
      version: z.number(),
      changes: z.number(),
      undecided: z.number(),
    })
    .optional()
    .meta({ description: '没有新内容时不建立草稿' }),
});

const FileAnswer = z.object({
  file: z.string(),
  items: z.number(),
  organs: z
    .array(
      z.object({
        key: z.string(),
        name: z.string(),
        items: z.number(),
        founded: z.literal(true).optional().meta({ description: '还没有登记，随它的清单设立' }),
        draft: z.string().optional(),
        error: z.object({ code: z.string(), message: z.string() }).optional(),
      }),
    )
    .optional()
    .meta({ description: '文件里有几个机关的事项时：各机关多少项' }),
  unowned: z
    .array(z.object({ sheet: z.string(), row: z.number(), name: z.string(), message: z.string() }))
    .optional()
    .meta({ description: '看不出属于哪个机关、没有导入的事项' }),
});

const Regions = z
  .object({
    missing: z.array(z.object({ code: z.string(), name: z.string() })),
    draft: z.object({ id: z.string(), state: z.string() }).optional(),
  })
  .optional()
  .meta({ description: '新设立的机关所在、还没有登记的区划，和登记它们的草稿' });

const Reports = {
  reports: z.array(FileAnswer).meta({ description: '逐个工作表的读取情况' }),
  regions: Regions,
};

/** What of the report programs rely on; it says more. A file of several organs has a report for each list. */
export const ImportAnswer = z.union([
  ListAnswer.extend(Reports),
  z.object({ lists: z.array(ListAnswer), changes: Counts, ...Reports }),
]);
