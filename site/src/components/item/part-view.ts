import {
  LEVELS,
  POWER_SOURCES,
  type AuthorityItem,
  type LegalBasis,
  type LevelDivision,
  type StagedDuty,
  type SubItem,
} from '@mandate/lists';
import { levelWord, partTexts } from '../../text/item-text.ts';
import { startOf } from '../../text/format.ts';
import { BASIS_KINDS, DUTY_KINDS } from '../../text/words.ts';

// What a page says of the power and the duty of an item, of its levels and of its sub-items, as a flat list of blocks: the
// page then needs one loop and no component for each paragraph.

/** A text of the list, word for word. */
export interface Wording {
  readonly text: string;
  /** JSON pointer (RFC 6901) of this text in the blob: the browser compares both, character by character */
  readonly field: string;
  /** what stands above it while it is folded; absent for a short text */
  readonly folded?: string;
}

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export type Block =
  | { readonly kind: 'heading'; readonly id: string | undefined; readonly words: Words }
  | { readonly kind: 'words'; readonly words: Words }
  | { readonly kind: 'wording'; readonly label?: Words; readonly wording: Wording }
  | {
      readonly kind: 'pairs';
      readonly rows: readonly { readonly words: Words; readonly value: Words | Wording }[];
    }
  | {
      readonly kind: 'levels';
      readonly rows: readonly { readonly word: string; readonly division: Wording | undefined }[];
    }
  | { readonly kind: 'bases'; readonly rows: readonly BasisRow[] }
  | { readonly kind: 'duties'; readonly rows: readonly DutyRow[] };

export interface BasisRow {
  readonly tag: Words;
  readonly title: string | undefined;
  readonly version: string | undefined;
  readonly articles: string;
  readonly wording: Wording;
}

interface DutyRow {
  /** named once, above the first duty of a kind */
  readonly kind: Words | undefined;
  readonly stage: string | undefined;
  readonly wording: Wording;
  readonly more: readonly { readonly label: Words; readonly wording: Wording }[];
}

/** The item, a level that says more than its division, or a sub-item. */
export interface PartView {
  /** absent for the item itself */
  readonly heading?: { readonly text: string; readonly field?: string };
  /** 0 the item, 1 its levels and sub-items, 2 levels of a sub-item */
  readonly depth: number;
  readonly power: readonly Block[];
  readonly duty: readonly Block[];
}

export interface PartGroup {
  readonly id: string;
  readonly words: Words;
  readonly parts: readonly PartView[];
}

type Part = AuthorityItem | SubItem | LevelDivision;

const FOLD_TEXT = 600;
const FOLD_BASIS = 260;
/** A longer one stands in the text below anyway. */
const MAX_VERSION = 24;

const BASIS_KINDS_EN: Readonly<Record<LegalBasis['kind'], string>> = {
  law: 'Law',
  'administrative-regulation': 'Regulation',
  'local-regulation': 'Local regulation',
  rule: 'Rule',
  'state-council-decision': 'State Council decision',
  'normative-document': 'Normative document',
  unknown: 'Unclassed',
};

const NATURES: Readonly<Record<NonNullable<AuthorityItem['organNature']>, Words>> = {
  statutory: { zh: '法定机关', en: 'Statutory organ' },
  authorized: { zh: '授权组织', en: 'Authorized organization' },
  entrusted: { zh: '受委托组织', en: 'Entrusted organization' },
};

const SOURCES_EN: Readonly<Record<NonNullable<AuthorityItem['powerSource']>, string>> = {
  '1': 'Its own by law',
  '2': 'Delegated from above',
  '3': 'Authorized from above',
  '4': 'Authorized at its own level',
  '5': 'Entrusted from above',
  '6': 'Entrusted at its own level',
};

/** @param organ name of the organ whose list this is; a 行使主体 of the same words is not repeated */
export function partGroups(item: AuthorityItem, organ: string | undefined): PartGroup[] {
  const groups: PartGroup[] = [
    {
      id: 'responsibility',
      words: { zh: '权力与责任', en: 'Power and duty' },
      parts: [
        {
          depth: 0,
          power: [...factBlocks(item, organ), ...powerBlocks(item, '', true)],
          duty: hasDuty(item)
            ? dutyBlocks(item, '', true)
            : [{ kind: 'words', words: { zh: '清单没有写明责任。', en: 'The list states no duty.' } }],
        },
      ],
    },
  ];
  if (!isBrief(item.levels)) {
    const parts = item.levels.map((level, n) => levelPart(level, `/levels/${n}`, 1));
    groups.push({ id: 'levels', words: { zh: '行使层级与分工', en: 'Levels' }, parts });
  }
  if (item.subItems.length > 0) {
    const words = { zh: `子项（${item.subItems.length}）`, en: `Sub-items (${item.subItems.length})` };
    groups.push({ id: 'sub-items', words, parts: item.subItems.flatMap(subItemParts) });
  }
  return groups;
}

/** A power without a duty is said to be one; duties may stand under its levels and sub-items alone. */
function hasDuty(item: AuthorityItem): boolean {
  return [item, ...item.levels, ...item.subItems, ...item.subItems.flatMap(({ levels = [] }) => levels)].some(
    (part) => dutyBlocks(part, '', false).length > 0,
  );
}

function subItemParts(sub: SubItem, n: number): PartView[] {
  const field = `/subItems/${n}`;
  const part = {
    heading: { text: sub.name, field: `${field}/name` },
    depth: 1,
    power: [...carrierBlocks(sub, field), ...powerBlocks(sub, field, false), ...restBlocks(sub, field)],
    duty: dutyBlocks(sub, field, false),
  };
  const { levels = [] } = sub;
  return isBrief(levels)
    ? [part]
    : [part, ...levels.map((level, at) => levelPart(level, `${field}/levels/${at}`, 2))];
}

function levelPart(level: LevelDivision, field: string, depth: number): PartView {
  const division = level.division === undefined ? [] : [wordingBlock(level.division, `${field}/division`)];
  return {
    heading: { text: levelWord(level) ?? '未注明层级' },
    depth,
    power: [
      ...division,
      ...carrierBlocks(level, field),
      ...powerBlocks(level, field, false),
      ...restBlocks(level, field),
    ],
    duty: dutyBlocks(level, field, false),
  };
}

/** Levels that say nothing but their division are a list; others are parts of their own. */
function isBrief(levels: readonly LevelDivision[]): boolean {
  return levels.every((level) => partTexts(level).length === 0);
}

function factBlocks(item: AuthorityItem, organ: string | undefined): Block[] {
  const { implementingOrgan, handlingOffice, organNature, powerSource } = item;
  const rows: { words: Words; value: Words | Wording }[] = [];
  if (organ !== undefined)
    rows.push({ words: { zh: '实施机关', en: 'Organ' }, value: { zh: organ, en: organ } });
  if (implementingOrgan !== undefined && implementingOrgan !== organ) {
    rows.push({
      words: { zh: '清单上写作', en: 'As printed' },
      value: wording(implementingOrgan, '/implementingOrgan'),
    });
  }
  if (handlingOffice !== undefined) {
    rows.push({
      words: { zh: '承办机构', en: 'Handling office' },
      value: wording(handlingOffice, '/handlingOffice'),
    });
  }
  if (organNature) rows.push({ words: { zh: '机关性质', en: 'Nature' }, value: NATURES[organNature] });
  if (powerSource) {
    const value = { zh: POWER_SOURCES[powerSource], en: SOURCES_EN[powerSource] };
    rows.push({ words: { zh: '权力来源', en: 'Source' }, value });
  }
  return rows.length > 0 ? [{ kind: 'pairs', rows }] : [];
}

function carrierBlocks(part: SubItem | LevelDivision, field: string): Block[] {
  const labels = {
    implementingOrgan: { zh: '行使主体', en: 'Organ' },
    handlingOffice: { zh: '承办机构', en: 'Handling office' },
  } as const;
  return (['implementingOrgan', 'handlingOffice'] as const).flatMap((name) => {
    const text = part[name];
    return text === undefined ? [] : [wordingBlock(text, `${field}/${name}`, labels[name])];
  });
}

function powerBlocks(part: Part, field: string, isItem: boolean): Block[] {
  const { bases = [], basisText } = part;
  const levels = 'levels' in part ? (part.levels ?? []) : [];
  const blocks: Block[] = [];
  if (levels.length > 0 && isBrief(levels)) {
    blocks.push(heading('levels', { zh: '行使层级与分工', en: 'Levels' }, isItem), {
      kind: 'levels',
      rows: levels.map((level, n) => ({
        word: levelWord(level) ?? (level.level ? LEVELS[level.level] : '未注明层级'),
        division:
          level.division === undefined ? undefined : wording(level.division, `${field}/levels/${n}/division`),
      })),
    });
  }
  if (!isItem && bases.length === 0 && basisText === undefined) return blocks;
  blocks.push(heading('bases', { zh: '设定和实施依据', en: 'Legal bases' }, isItem));
  if (bases.length > 0) blocks.push(basisBlock(bases, `${field}/bases`));
  else if (basisText !== undefined) blocks.push(wordingBlock(basisText, `${field}/basisText`));
  else {
    const inside =
      'subItems' in part && [...part.levels, ...part.subItems].some((one) => (one.bases?.length ?? 0) > 0);
    const words = inside
      ? { zh: '清单把依据写在各层级、各子项下。', en: 'The list gives them under its levels and sub-items.' }
      : { zh: '清单没有写明依据。', en: 'The list names none.' };
    blocks.push({ kind: 'words', words });
  }
  return blocks;
}

function dutyBlocks(part: Part, field: string, isItem: boolean): Block[] {
  const { departmentDuties, duties = [], dutiesText, dutyBases = [], dutyBasisText } = part;
  const blocks: Block[] = [];
  if (departmentDuties !== undefined || duties.length > 0 || dutiesText !== undefined) {
    blocks.push(heading('duties', { zh: '责任事项', en: 'Duties' }, isItem));
  }
  if (departmentDuties !== undefined) {
    blocks.push(
      wordingBlock(departmentDuties, `${field}/departmentDuties`, {
        zh: '部门职责',
        en: 'Of the department',
      }),
    );
  }
  if (duties.length > 0) blocks.push({ kind: 'duties', rows: dutyRows(duties, `${field}/duties`) });
  else if (dutiesText !== undefined) blocks.push(wordingBlock(dutiesText, `${field}/dutiesText`));
  if (dutyBases.length > 0 || dutyBasisText !== undefined) {
    blocks.push(heading('duty-bases', { zh: '责任事项依据', en: 'Bases of the duties' }, isItem));
    if (dutyBases.length > 0) blocks.push(basisBlock(dutyBases, `${field}/dutyBases`));
    else if (dutyBasisText !== undefined) blocks.push(wordingBlock(dutyBasisText, `${field}/dutyBasisText`));
  }
  const answers = accountability(part, field);
  if (answers.length > 0) {
    blocks.push(heading('accountability', { zh: '追责', en: 'Accountability' }, isItem));
    blocks.push(...answers.map((one) => ({ kind: 'wording', ...one }) as const));
  }
  return blocks;
}

function accountability(part: Part | StagedDuty, field: string): { label: Words; wording: Wording }[] {
  const labels = {
    accountablePersons: { zh: '追责对象范围', en: 'Who answers' },
    accountabilityGrounds: { zh: '追责情形', en: 'When they answer' },
  } as const;
  return (['accountablePersons', 'accountabilityGrounds'] as const).flatMap((name) => {
    const text = part[name];
    return text === undefined ? [] : [{ label: labels[name], wording: wording(text, `${field}/${name}`) }];
  });
}

/** What stands at the end of the item's own page, for its parts. */
function restBlocks(part: SubItem | LevelDivision, field: string): Block[] {
  const labels = {
    remedies: { zh: '救济渠道', en: 'Remedies' },
    remarks: { zh: '备注', en: 'Remarks' },
  } as const;
  return (['remedies', 'remarks'] as const).flatMap((name) => {
    const text = part[name];
    return text === undefined ? [] : [wordingBlock(text, `${field}/${name}`, labels[name])];
  });
}

function basisBlock(bases: readonly LegalBasis[], field: string): Block {
  return { kind: 'bases', rows: basisRows(bases, field) };
}

function basisRows(bases: readonly LegalBasis[], field: string): BasisRow[] {
  return bases.map(({ kind, title, version, articles, text }, n) => ({
    tag: { zh: BASIS_KINDS[kind], en: BASIS_KINDS_EN[kind] },
    title,
    version: version !== undefined && version.length <= MAX_VERSION ? version : undefined,
    articles: articles.join('、'),
    wording: wording(text, `${field}/${n}/text`, FOLD_BASIS),
  }));
}

function dutyRows(duties: readonly StagedDuty[], field: string): DutyRow[] {
  return duties.map((duty, n) => ({
    kind: duty.kind !== undefined && duty.kind !== duties[n - 1]?.kind ? dutyKind(duty.kind) : undefined,
    stage: duty.stage,
    wording: wording(duty.text, `${field}/${n}/text`),
    more: [
      ...(duty.bases ?? []).map((basis, at) => ({
        label: { zh: '依据', en: 'Basis' },
        wording: wording(basis.text, `${field}/${n}/bases/${at}/text`, FOLD_BASIS),
      })),
      ...accountability(duty, `${field}/${n}`),
    ],
  }));
}

function dutyKind(kind: 'direct' | 'supervision'): Words {
  return { zh: DUTY_KINDS[kind], en: kind === 'direct' ? 'In its own work' : 'In guiding and supervising' };
}

/** Headings of the item itself are places that people may have noted: their anchors do not change. */
function heading(id: string, words: Words, isItem: boolean): Block {
  return { kind: 'heading', id: isItem ? id : undefined, words };
}

function wordingBlock(text: string, field: string, label?: Words): Block {
  return { kind: 'wording', wording: wording(text, field), ...(label && { label }) };
}

export function wording(text: string, field: string, foldBeyond = FOLD_TEXT): Wording {
  if (text.length <= foldBeyond) return { text, field };
  return { text, field, folded: startOf(text, 40) };
}
