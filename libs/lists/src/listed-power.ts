import type { Json } from '@mandate/encoding';
import * as z from 'zod';
import type { ItemState } from './authority-item.ts';
import { ListError } from './errors.ts';
import { isNewerSchema } from './newer-format.ts';

/** What a mandate asks of an item's content; every AuthorityItem has it. */
export interface ListedPower {
  readonly organ: string;
  readonly name: string;
  readonly category: string;
  readonly state: ItemState;
}

const SCHEMA = 'authority-item/1';
const STATES: readonly string[] = ['in-force', 'suspended', 'cancelled'] satisfies ItemState[];

const PowerSchema = z.object({
  schema: z.literal(SCHEMA),
  organ: z.string(),
  name: z.string(),
  category: z.string(),
  state: z.string(),
});

/**
 * Content of register `authority-item` → the power it lists, whatever else it holds (formats §9.4).
 * @throws ListError `newer-format` for a later version of the schema and for a state that is not known, `invalid-item`
 */
export function parseListedPower(json: Json): ListedPower {
  const { schema } = z.object({ schema: z.unknown() }).catch({ schema: undefined }).parse(json);
  if (isNewerSchema(schema, SCHEMA))
    throw new ListError('newer-format', '事项内容的格式比本程序新，请更新程序');
  const { data, error } = PowerSchema.safeParse(json);
  if (data === undefined) throw new ListError('invalid-item', `不是事项的内容：${z.prettifyError(error)}`);
  const { organ, name, category, state } = data;
  // Whether the power may be used hangs on it: a word that is not understood must not pass for any other.
  if (!isState(state)) throw new ListError('newer-format', `事项状态 ${state} 无法识别，请更新程序`);
  return { organ, name, category, state };
}

function isState(text: string): text is ItemState {
  return STATES.includes(text);
}
