import { canonicalText, ContentBlob, type Json } from '@mandate/encoding';
import type { ItemState, Register } from '@mandate/lists';
import { cleanJson } from './clean-json.ts';
import { DraftError } from './errors.ts';
import { DRAFT_REGISTERS } from './registers.ts';

/** A value as one of the registers takes it. */
export interface RegisterValue {
  readonly value: Json;
  /** canonical JSON of the value: the blob is its UTF-8 */
  readonly text: string;
  readonly blob: string;
  /** undefined where it is no part of the content: a power has its key from publication */
  readonly key: string | undefined;
  /** organ to whose list a power belongs, list to which a negative item belongs … */
  readonly list: string;
  readonly state: ItemState;
  /** what people call it */
  readonly name: string;
  /** key of the organ that decides by it; undefined for the registry's own acts */
  readonly organ: string | undefined;
}

/**
 * @param content the value with its bytes, where they are made already
 * @throws DraftError `invalid-change` with the fields that are wrong
 */
export function parseRegisterValue(register: Register, value: Json, content?: ContentBlob): RegisterValue {
  const clean = content?.value ?? cleanJson(value);
  const rules = DRAFT_REGISTERS[register];
  if (rules === undefined) throw new DraftError('invalid-change', `“${register}”不能经草稿修改。`);
  const parsed = rules.parse(clean);
  if (!parsed.success) {
    const fields = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({
      field: path.map(String).join('.'),
      message,
    }));
    const words = fields.map(({ field, message }) => `${field || '内容'}：${message}`).join('；');
    throw new DraftError('invalid-change', `内容不符合登记格式：${words}`, { fields });
  }
  const { key, list, state = 'in-force', name, organ } = parsed.data;
  // What is kept is what the text says, not an object that its maker may still change.
  const made = content ?? ContentBlob.stored(canonical(clean));
  return {
    value: made.value,
    key,
    list,
    state,
    name,
    organ,
    text: made.text,
    get blob() {
      return made.name;
    },
  };
}

function canonical(value: Json): string {
  try {
    return canonicalText(value);
  } catch {
    throw new DraftError('invalid-change', '内容含有不能登记的字符（如不成对的代理字符）或数值。');
  }
}
