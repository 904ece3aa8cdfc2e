import {
  type AuthorityItem,
  AuthorityItemSchema,
  findLevel,
  type LevelDivision,
  parseDuties,
  parseLegalBases,
  type SubItem,
} from '@mandate/lists';
import { type ItemDraft, type ItemPart, TEXT_FIELDS, type TextField } from './item-draft.ts';

type Texts = Partial<Record<TextField, string>>;

/**
 * Draft → an item, whose `organ` is not known yet and empty. Words that all rows share stand on the item, those of one
 * sub-item under it, those of one level under that level: nothing is said twice and nothing is lost.
 * Where the list's words do not fit an item, the schema's issue instead.
 */
export function assembleItem(draft: ItemDraft): AuthorityItem | { readonly issue: string } {
  if (draft.category === undefined) return { issue: '没有权力类型' };
  const { shared, rest } = hoist(draft.parts);
  const groups = groupBySubItem(rest);
  const subItems = groups.filter((group) => group.name !== undefined).map((group) => toSubItem(group));
  // Level rows before the first sub-item are the item's own.
  const own = groups.filter((group) => group.name === undefined).flatMap((group) => toLevels(group.parts));
  const common = commonLevels(subItems);
  const parsed = AuthorityItemSchema.safeParse({
    schema: 'authority-item/1',
    organ: '',
    name: draft.name,
    category: draft.category,
    state: draft.state ?? 'in-force',
    ...(Object.keys(draft.codes).length > 0 && { codes: draft.codes }),
    bases: [],
    ...wording(shared),
    ...(draft.organNature !== undefined && { organNature: draft.organNature }),
    ...(draft.powerSource !== undefined && { powerSource: draft.powerSource }),
    ...(draft.service !== undefined && { service: draft.service }),
    levels: [...own, ...(common ?? [])],
    subItems: common === undefined ? subItems : subItems.map(({ levels: _levels, ...subItem }) => subItem),
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return { issue: `${issue?.path.join('.') ?? ''}：${issue?.message ?? ''}` };
}

/** What all parts say alike, or only the first of them says, is said of all. */
function hoist(parts: readonly ItemPart[]): { shared: Texts; rest: ItemPart[] } {
  const shared: Texts = {};
  for (const field of TEXT_FIELDS) {
    const first = parts[0]?.texts[field];
    if (first !== undefined && parts.every(({ texts }) => (texts[field] ?? first) === first))
      shared[field] = first;
  }
  const rest = parts.map((part) => {
    const texts: Texts = {};
    for (const field of TEXT_FIELDS) {
      const text = part.texts[field];
      if (text !== undefined && shared[field] === undefined) texts[field] = text;
    }
    return { ...part, texts };
  });
  return { shared, rest };
}

interface Group {
  readonly name: string | undefined;
  readonly parts: ItemPart[];
}

function groupBySubItem(parts: readonly ItemPart[]): Group[] {
  const groups: Group[] = [];
  for (const part of parts) {
    const group = groups.find(({ name }) => name === part.subItem);
    if (group) group.parts.push(part);
    else groups.push({ name: part.subItem, parts: [part] });
  }
  return groups;
}

function toSubItem(group: Group): SubItem {
  const { shared, rest } = hoist(group.parts);
  const levels = toLevels(rest);
  return {
    name: group.name ?? '',
    bases: [],
    ...wording(shared),
    ...(levels.length > 0 && { levels }),
  };
}

function toLevels(parts: readonly ItemPart[]): LevelDivision[] {
  const levels = new Map<string, LevelDivision>();
  for (const { label, division, texts } of parts) {
    const level = label === undefined ? undefined : findLevel(label);
    const made: LevelDivision = {
      ...(level && { level }),
      ...(label !== undefined && { label }),
      ...(division !== undefined && { division }),
      ...wording(texts),
    };
    if (Object.keys(made).length > 0) levels.set(JSON.stringify(made), made);
  }
  return [...levels.values()];
}

/** The levels of the sub-items, where all have the same. */
function commonLevels(subItems: readonly SubItem[]): LevelDivision[] | undefined {
  const [first, ...others] = subItems;
  if (first?.levels === undefined) return undefined;
  const levels = JSON.stringify(first.levels);
  return others.every((other) => JSON.stringify(other.levels) === levels) ? first.levels : undefined;
}

/** The words as they stand and what was parsed from them. */
function wording(texts: Texts) {
  const { basisText, dutiesText, dutyBasisText } = texts;
  return {
    ...texts,
    ...(basisText !== undefined && { bases: parseLegalBases(basisText) }),
    ...(dutiesText !== undefined && { duties: parseDuties(dutiesText) }),
    ...(dutyBasisText !== undefined && { dutyBases: parseLegalBases(dutyBasisText) }),
  };
}
