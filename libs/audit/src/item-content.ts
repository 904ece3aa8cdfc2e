import type { Json } from '@mandate/encoding';
import { isNewer, isObject, listOf, textOf } from './json.ts';

/** Not a word this audit knows: the content may be right, and what follows from it is not known. */
export const NEWER = 'newer';

/** What the records say of an item's content. */
export type ItemContent =
  | typeof NEWER
  | {
      readonly name: string;
      readonly category: string;
      readonly state: string;
      readonly levels: readonly string[];
      readonly baseCode: string | undefined;
      readonly office: string | undefined;
      readonly subItems: readonly string[];
      readonly laws: readonly string[];
      readonly statutoryDays: number | undefined;
      readonly promisedDays: number | undefined;
      readonly charged: boolean | undefined;
    };

const STATES: readonly string[] = ['in-force', 'suspended', 'cancelled'];
const LAWS: readonly string[] = ['law', 'administrative-regulation', 'local-regulation', 'rule'];
const OTHER_BASES: readonly string[] = ['state-council-decision', 'normative-document', 'unknown'];
const SHOWN_LAWS = 5;

/** Undefined for what is no item. Read without the field's own rules, so that a wrong one is seen. */
export function readItem(value: Json): ItemContent | undefined {
  if (!isObject(value)) return undefined;
  if (isNewer(value['schema'], 'authority-item')) return NEWER;
  const [name, category, state] = ['name', 'category', 'state'].map((member) => textOf(value, member));
  if (name === undefined || category === undefined || state === undefined) return undefined;
  const { service } = value;
  const divisions = [value, ...listOf(value, 'subItems')].flatMap((one) => listOf(one, 'levels'));
  const levels = divisions.flatMap((one) => textOf(one, 'level') ?? []);
  const bases = listOf(value, 'bases').map(
    (basis) => [textOf(basis, 'kind') ?? '', textOf(basis, 'title')] as const,
  );
  const known = bases.every(([kind]) => LAWS.includes(kind) || OTHER_BASES.includes(kind));
  if (!STATES.includes(state) || !known) return NEWER;
  const laws = bases.flatMap(([kind, title]) => (LAWS.includes(kind) ? (title ?? []) : []));
  return {
    name,
    category,
    state,
    levels: [...new Set(levels)].sort(),
    baseCode: textOf(value['codes'], 'base'),
    office: textOf(value, 'handlingOffice'),
    subItems: listOf(value, 'subItems').flatMap((one) => textOf(one, 'name') ?? []),
    laws: [...new Set(laws)].slice(0, SHOWN_LAWS),
    statutoryDays: daysOf(service, 'statutoryTime'),
    promisedDays: daysOf(service, 'promisedTime'),
    charged: chargedOf(service),
  };
}

function daysOf(service: Json | undefined, member: string): number | undefined {
  const time = isObject(service) ? service[member] : undefined;
  const days = isObject(time) ? time['days'] : undefined;
  return typeof days === 'number' ? days : undefined;
}

function chargedOf(service: Json | undefined): boolean | undefined {
  const fee = isObject(service) ? service['fee'] : undefined;
  const charged = isObject(fee) ? fee['charged'] : undefined;
  return typeof charged === 'boolean' ? charged : undefined;
}
