import { type ContentBlob, type Json, blobName, canonicalBytes, parseJson } from '@mandate/encoding';
import {
  AuthorityItemSchema,
  type ItemState,
  NegativeListItemSchema,
  NegativeListSchema,
  OrganSchema,
  type Register,
  RegionSchema,
} from '@mandate/lists';
import { z } from 'zod';
import { REGISTRY_LIST } from './draft.ts';
import { cleanJson } from './draft-schemas.ts';
import { DraftError } from './drafts.errors.ts';

/** A value as one of the registers takes it. */
export interface RegisterValue {
  readonly value: Json;
  readonly bytes: Uint8Array;
  readonly blob: string;
  /** absent for a power: its key is no part of it */
  readonly key: string | undefined;
  /** organ to whose list a power belongs, list to which a negative item belongs */
  readonly list: string;
  readonly state: ItemState;
  /** what people call it */
  readonly name: string;
}

interface Description {
  readonly key?: string;
  readonly list: string;
  readonly state?: ItemState;
  readonly name: string;
}

const REGISTERS: Readonly<Partial<Record<Register, z.ZodType<Description>>>> = {
  'authority-item': AuthorityItemSchema.transform(({ organ, state, name }) => ({ list: organ, state, name })),
  organ: OrganSchema.transform(({ key, name, abolished }) => ({
    key,
    list: key,
    name,
    state: abolished === true ? ('cancelled' as const) : ('in-force' as const),
  })),
  region: RegionSchema.transform(({ code, name }) => ({ key: code, list: REGISTRY_LIST, name })),
  'negative-list': NegativeListSchema.transform(({ key, name }) => ({ key, list: key, name })),
  'negative-list-item': NegativeListItemSchema.transform(({ list, code, name, state }) => ({
    key: `${list}.${code}`,
    list,
    name,
    state,
  })),
};

/** Registers that drafts write; certificate types and keys have commands of their own, editions come with publication. */
export const DRAFT_REGISTERS = [
  'organ',
  'region',
  'authority-item',
  'negative-list',
  'negative-list-item',
] as const satisfies readonly Register[];

/**
 * @param content the value with its bytes, where they are made already
 * @throws DraftError `invalid-change` with the fields that are wrong
 */
export function parseRegisterValue(register: Register, value: Json, content?: ContentBlob): RegisterValue {
  const clean = content?.value ?? cleanJson(value);
  const schema = REGISTERS[register];
  if (schema === undefined) throw new DraftError('invalid-change', `“${register}”不能经草稿修改。`);
  const parsed = schema.safeParse(clean);
  if (!parsed.success) {
    const fields = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({
      field: path.map(String).join('.'),
      message,
    }));
    const words = fields.map(({ field, message }) => `${field || '内容'}：${message}`).join('；');
    throw new DraftError('invalid-change', `内容不符合登记格式：${words}`, { fields });
  }
  const { key, list, state = 'in-force', name } = parsed.data;
  if (content !== undefined)
    return { value: clean, bytes: content.bytes, blob: content.name, key, list, state, name };
  const bytes = canonical(clean);
  // What is kept is what the bytes say, not an object that its maker may still change.
  return { value: parseJson(bytes), bytes, blob: blobName(bytes), key, list, state, name };
}

function canonical(value: Json): Uint8Array {
  try {
    return canonicalBytes(value);
  } catch {
    throw new DraftError('invalid-change', '内容含有不能登记的字符（如不成对的代理字符）或数值。');
  }
}
