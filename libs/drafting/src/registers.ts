import { CertificateTypeSchema, SigningKeySchema } from '@mandate/certificate';
import { CATEGORIES } from '@mandate/codes';
import type { Json } from '@mandate/encoding';
import {
  AuthorityItemSchema,
  compareItems,
  compareNegativeItems,
  type FieldChange,
  type ItemState,
  LEVELS,
  NegativeListItemSchema,
  NegativeListSchema,
  OrganSchema,
  type Register,
  RegionSchema,
} from '@mandate/lists';
import { isMeantAsNegativeListKey } from '@mandate/published';
import type { z } from 'zod';
import { compareFields, type FieldNames, type FieldWords } from './compare-fields.ts';
import { REGISTRY_LIST } from './draft.ts';

/** What a draft has to know of a value, whatever register it belongs to. */
export interface Description {
  /** absent where the key is no part of the content */
  readonly key?: string;
  /** the list to which it belongs: that of an organ, a negative list, or `REGISTRY_LIST` */
  readonly list: string;
  /** `in-force` unless given */
  readonly state?: ItemState;
  /** what people call it */
  readonly name: string;
  /** key of the organ that decides by it, as the entry says it; absent for the registry's own acts */
  readonly organ?: string;
}

/** Checks of a whole draft that need the lists; the registry has one function for each. */
export type WholeCheck =
  /** organs and regions still fit together */
  | 'hierarchy'
  /** an organ that is no more gains nothing */
  | 'living-organ'
  /** one name belongs to one type */
  | 'type-name'
  /** the organ is listed, and the key says what its certificate says */
  | 'signing-key';

interface Rules<Value> {
  /** What officials call its records, also in the refusal of who may not write them. */
  readonly records: string;
  readonly schema: z.ZodType<Value>;
  readonly describe: (value: Value) => Description;
  /** Where a new record has its key from. */
  readonly keyFrom: 'content' | 'publication';
  /** Who may write it: organs their own, or only accounts of the registry. */
  readonly writtenBy: 'organs' | 'registry';
  /** Others stand on it, so it is published before them. */
  readonly first: boolean;
  /** Each of its records is a list of its own, which the same draft may begin to fill. */
  readonly opensList: boolean;
  /** 下放, 承接, 委托, 暂停 and 恢复 make sense for it. */
  readonly handsOver: boolean;
  readonly wholeChecks: readonly WholeCheck[];
  readonly compare: (before: Value, after: Value) => readonly FieldChange[];
}

export interface DraftRegister extends Omit<Rules<unknown>, 'schema' | 'describe' | 'compare'> {
  /** What its schema says to a value, and what there is to know of it. */
  readonly parse: (value: unknown) => z.ZodSafeParseResult<Description>;
  /** Field by field; both are values that its schema has taken. */
  readonly compare: (before: Json, after: Json) => readonly FieldChange[];
  /** All that a new value says, field by field, as the same kind of list. */
  readonly tell: (value: Json) => readonly FieldChange[];
}

const FIELD_NAMES: FieldNames = {
  key: '标识',
  code: '代码',
  name: '名称',
  shortName: '简称',
  uscc: '统一社会信用代码',
  region: '区划代码',
  regionName: '区划',
  level: '层级',
  parent: '上级',
  abolished: '已撤销',
  successors: '承接机关',
  issuer: '发布机关',
  kind: '种类',
  remarks: '备注',
  sample: '示例',
};

const FIELD_WORDS: FieldWords = {
  level: LEVELS,
  kind: { 'market-access': '市场准入', 'foreign-investment': '外商投资准入', other: '其他' },
};

const TYPE_FIELD_NAMES: FieldNames = {
  name: '名称',
  mandate: '依据的权力',
  faceFields: '照面项目',
  statement: '正文',
  numberPrefix: '证号前缀',
  validityYears: '有效期（年）',
  sample: '示例',
  category: '权力类型',
  itemNames: '事项名称',
  'faceFields.name': '代码',
  label: '名称',
  required: '必填',
  maxLength: '最多字数',
};

const KEY_FIELD_NAMES: FieldNames = {
  organ: '机关',
  notBefore: '自',
  notAfter: '至',
  revokedAt: '作废时间',
  revocationReason: '作废原因',
  sha256: '证书指纹',
  certificate: '证书',
  sample: '示例',
};

/** The registers that a draft may write. One that is not here enters the lists in some other way. README: how to add one. */
const RULES = {
  organ: register({
    records: '机关',
    schema: OrganSchema,
    describe: ({ key, name, abolished }) => ({
      key,
      list: key,
      name,
      state: abolished === true ? 'cancelled' : 'in-force',
    }),
    keyFrom: 'content',
    writtenBy: 'registry',
    first: true,
    opensList: true,
    handsOver: false,
    wholeChecks: ['hierarchy'],
    compare: compareFields(FIELD_NAMES, FIELD_WORDS),
  }),
  region: register({
    records: '区划',
    schema: RegionSchema,
    describe: ({ code, name }) => ({ key: code, list: REGISTRY_LIST, name }),
    keyFrom: 'content',
    writtenBy: 'registry',
    first: true,
    opensList: false,
    handsOver: false,
    wholeChecks: ['hierarchy'],
    compare: compareFields(FIELD_NAMES, FIELD_WORDS),
  }),
  'authority-item': register({
    records: '权责事项',
    schema: AuthorityItemSchema,
    describe: ({ organ, state, name }) => ({ list: organ, state, name, organ }),
    keyFrom: 'publication',
    writtenBy: 'organs',
    first: false,
    opensList: false,
    handsOver: true,
    wholeChecks: ['living-organ'],
    compare: compareItems,
  }),
  'negative-list': register({
    records: '负面清单',
    schema: NegativeListSchema,
    describe: ({ key, name }) => ({ key, list: key, name }),
    keyFrom: 'content',
    writtenBy: 'registry',
    first: true,
    opensList: true,
    handsOver: false,
    wholeChecks: [],
    compare: compareFields(FIELD_NAMES, FIELD_WORDS),
  }),
  'negative-list-item': register({
    records: '负面清单',
    schema: NegativeListItemSchema,
    describe: ({ list, code, name, state }) => ({ key: `${list}.${code}`, list, name, state }),
    keyFrom: 'content',
    writtenBy: 'registry',
    first: false,
    opensList: false,
    handsOver: false,
    wholeChecks: [],
    compare: compareNegativeItems,
  }),
  'certificate-type': register({
    records: '证照类型',
    schema: CertificateTypeSchema,
    describe: ({ code, name }) => ({ key: code, list: REGISTRY_LIST, name }),
    keyFrom: 'content',
    writtenBy: 'registry',
    first: false,
    opensList: false,
    handsOver: false,
    wholeChecks: ['type-name'],
    compare: compareFields(TYPE_FIELD_NAMES, { category: CATEGORIES }),
  }),
  'signing-key': register({
    records: '签章密钥',
    schema: SigningKeySchema,
    describe: ({ sha256, organ }) => ({
      key: sha256,
      list: REGISTRY_LIST,
      name: `${organ} 的签章密钥 ${sha256.slice(0, 16)}`,
      organ,
    }),
    keyFrom: 'content',
    writtenBy: 'registry',
    first: false,
    opensList: false,
    handsOver: false,
    wholeChecks: ['signing-key'],
    compare: compareFields(KEY_FIELD_NAMES),
  }),
} as const satisfies Readonly<Partial<Record<Register, DraftRegister>>>;

export type DraftRegisterName = keyof typeof RULES;

export const DRAFT_REGISTERS: Readonly<Partial<Record<Register, DraftRegister>>> = RULES;

// Object.keys forgets the names; they are those of the table.
export const DRAFT_REGISTER_NAMES = Object.keys(RULES) as DraftRegisterName[];

/** What organs, or the registry, write by draft, in words that follow one another: 机关、区划和负面清单. */
export function recordsWrittenBy(who: DraftRegister['writtenBy']): string {
  const rules: readonly DraftRegister[] = Object.values(RULES);
  const words = new Set(rules.flatMap(({ records, writtenBy }) => (writtenBy === who ? [records] : [])));
  const [last = '', ...before] = [...words].reverse();
  return before.length === 0 ? last : `${before.reverse().join('、')}和${last}`;
}

/** The registers of a list: in which it is entered itself, and in which its items are. */
export function registersOfList(
  list: string,
):
  | { readonly list: 'organ'; readonly items: 'authority-item' }
  | { readonly list: 'negative-list'; readonly items: 'negative-list-item' } {
  return isMeantAsNegativeListKey(list)
    ? { list: 'negative-list', items: 'negative-list-item' }
    : { list: 'organ', items: 'authority-item' };
}

/** Rules for values of one schema, as a draft asks them of any value. */
function register<Value>({ schema, describe, compare, ...rules }: Rules<Value>): DraftRegister {
  const described = schema.transform(describe);
  return {
    ...rules,
    parse: (value) => described.safeParse(value),
    // The schema of the register held when either was written.
    compare: (before, after) => compare(before as Value, after as Value),
    // Both ways of comparing go by the members that are there: of nothing there are none.
    tell: (value) => compare({} as Value, value as Value).filter(({ path }) => path !== 'schema'),
  };
}
