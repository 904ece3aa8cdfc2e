import { CATEGORY_CODES, isBusinessCode } from '@mandate/codes';
import * as z from 'zod';
import { LEVELS, type Level } from './levels.ts';
import { DiscretionStandardSchema, IntegrityRiskSchema, ProcessSchema } from './oversight.ts';
import { ServiceFactsSchema } from './service-facts.ts';

/** 权力来源 */
export const POWER_SOURCES = {
  '1': '法定本级行使',
  '2': '上级下放',
  '3': '上级授权',
  '4': '同级授权',
  '5': '上级委托',
  '6': '同级委托',
} as const;
export type PowerSource = keyof typeof POWER_SOURCES;

const Text = z.string().min(1).max(60_000);
// Object.keys forgets the names; they are those of LEVELS.
const LevelCode = z.enum(Object.keys(LEVELS) as [Level, ...Level[]]);

/** One paragraph of 实施依据 as parsed; the wording itself is kept whole beside it. */
export const LegalBasisSchema = z.strictObject({
  /** from its title and number, and the bracket that opens it, e.g. 【行政法规】; `unknown` where these leave it open */
  kind: z.enum([
    'law',
    'administrative-regulation',
    'local-regulation',
    'rule',
    'state-council-decision',
    'normative-document',
    'unknown',
  ]),
  /** the title without 《》; absent where none was found */
  title: z.string().max(300).optional(),
  /** what stands in brackets after the title: 2018年修正 … */
  version: z.string().max(300).optional(),
  /** 第…条[之…] [第…款] [第（…）项], as written */
  articles: z.array(z.string().max(100)),
  /** the paragraph, word for word; line ends in the middle of a sentence are taken out */
  text: Text,
});

const StagedDutySchema = z.strictObject({
  /** 受理, 审查, 决定 …; absent for a paragraph that names no stage */
  stage: z.string().max(40).optional(),
  /** 直接实施责任 / 指导监督责任 where the list divides so */
  kind: z.enum(['direct', 'supervision']).optional(),
  text: Text,
  /** where the list gives them for this duty and not for all together */
  bases: z.array(LegalBasisSchema).optional(),
  accountablePersons: Text.optional(),
  accountabilityGrounds: Text.optional(),
});

const Duties = {
  /** 责任事项内容, verbatim, and by stage */
  dutiesText: Text.optional(),
  duties: z.array(StagedDutySchema).optional(),
  /** 责任事项依据, verbatim, and by paragraph */
  dutyBasisText: Text.optional(),
  dutyBases: z.array(LegalBasisSchema).optional(),
  accountablePersons: Text.optional(),
  accountabilityGrounds: Text.optional(),
};

const Basis = {
  /** 实施依据, verbatim, and by paragraph */
  basisText: Text.optional(),
  bases: z.array(LegalBasisSchema),
};

/** Who carries it out, where a list says so for a sub-item or a level rather than for the item. */
const Carrier = {
  /** 行使主体 as the list words it; may be template text */
  implementingOrgan: Text.optional(),
  /** 承办机构 */
  handlingOffice: Text.optional(),
};

/**
 * 实施层级及权限: one level and what it may do. A list that gives every level a row of its own words the other columns
 * by level too; they stand here only where the rows differ, else on the item.
 */
const LevelDivisionSchema = z.strictObject({
  level: LevelCode.optional(),
  /** the words of the list, e.g. 地（州、市）级 */
  label: z.string().max(100).optional(),
  division: Text.optional(),
  ...Carrier,
  basisText: Text.optional(),
  bases: z.array(LegalBasisSchema).optional(),
  departmentDuties: Text.optional(),
  ...Duties,
  remedies: Text.optional(),
  remarks: Text.optional(),
});

const SubItemSchema = z.strictObject({
  name: z.string().min(1).max(2_000),
  ...Carrier,
  ...Basis,
  levels: z.array(LevelDivisionSchema).optional(),
  departmentDuties: Text.optional(),
  ...Duties,
  remedies: Text.optional(),
  remarks: Text.optional(),
});

/**
 * The blob of register `authority-item`: one power of one organ (权力事项) with the duties that go with it (权责清单).
 * What a list did not say is absent, never an empty string.
 */
export const AuthorityItemSchema = z.strictObject({
  schema: z.literal('authority-item/1'),
  /** key of the organ in register `organ` */
  organ: z.string(),
  name: z.string().min(1).max(2_000),
  category: z.enum(CATEGORY_CODES),
  /** 事项状态: 1 在用 2 暂停 3 取消 */
  state: z.enum(['in-force', 'suspended', 'cancelled']),
  codes: z
    .strictObject({
      /** 基本编码, 12 */
      base: z
        .string()
        .regex(/^\d{12}$/)
        .optional(),
      /** 实施编码, 31 */
      implementation: z
        .string()
        .regex(/^[0-9A-Z]{31}$/)
        .optional(),
      /** 业务办理项编码, 33 */
      business: z.string().refine(isBusinessCode).optional(),
      /** 旧职权编码, 16 */
      former: z.string().max(40).optional(),
      /** a code of another province or system, verbatim */
      other: z.string().min(1).max(60).optional(),
    })
    .optional(),
  ...Carrier,
  /** 实施主体性质: 法定机关 / 授权组织 / 受委托组织 */
  organNature: z.enum(['statutory', 'authorized', 'entrusted']).optional(),
  powerSource: z.enum(Object.keys(POWER_SOURCES) as [PowerSource, ...PowerSource[]]).optional(),
  ...Basis,
  levels: z.array(LevelDivisionSchema),
  /** 部门职责 where the list gives it once for the item */
  departmentDuties: Text.optional(),
  ...Duties,
  subItems: z.array(SubItemSchema),
  /** 救助渠道 */
  remedies: Text.optional(),
  /** what a citizen needs to be served */
  service: ServiceFactsSchema.optional(),
  /** 权力运行流程 */
  process: ProcessSchema.optional(),
  /** 廉政风险点 */
  risks: z.array(IntegrityRiskSchema).optional(),
  /** 行政裁量基准 */
  discretion: z.array(DiscretionStandardSchema).optional(),
  /** 备注 */
  remarks: Text.optional(),
  sample: z.literal(true).optional(),
});

export type AuthorityItem = z.infer<typeof AuthorityItemSchema>;
export type LegalBasis = z.infer<typeof LegalBasisSchema>;
export type ItemState = AuthorityItem['state'];
export type StagedDuty = z.infer<typeof StagedDutySchema>;
export type LevelDivision = z.infer<typeof LevelDivisionSchema>;
export type SubItem = z.infer<typeof SubItemSchema>;
