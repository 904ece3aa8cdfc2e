import type { Organ } from '@mandate/lists';
import type { AuthoritySource, FoundItem } from '../source-file.ts';
import type { ListWarning } from '../list-warning.ts';
import type { Register } from './known-organ.ts';
import { type Claim, Claims } from './organ-claims.ts';
import { SourceParts } from './source-part.ts';

/** An item of a file that is nobody's as far as the file says. */
export interface UnownedItem {
  readonly sheet: string;
  /** from 1 */
  readonly row: number;
  readonly serial: string;
  readonly name: string;
  /** as the file says whose it is; empty where it says nothing */
  readonly organ: string;
  readonly message: string;
}

/** The items of one organ in a file of several. */
export interface OrganPart {
  readonly organ: Organ;
  readonly source: AuthoritySource;
  readonly warnings: readonly ListWarning[];
}

/** A file of several organs: each item in one part, or told as nobody's. */
export interface Division {
  /** where it was read whose each item is: 列, 分节标题, 工作表 */
  readonly from: string;
  readonly parts: readonly OrganPart[];
  readonly unowned: readonly UnownedItem[];
}

export interface DivisionContext extends Register {
  /** the organ that a title, the file's name or a person says the whole file is of */
  readonly owner: Organ | undefined;
  /** the place that titles tell of */
  readonly region: string | undefined;
  /** a person named the column */
  readonly splitBy: string | undefined;
  /** a person named the owner: what the column does not say is that organ's */
  readonly isGiven: boolean;
}

type Way = (item: FoundItem) => Claim | undefined;

/**
 * A file that holds the items of several organs → those of each. By the column that a person names; else by titles between the
 * rows, by sheets, or by the column of 行使主体 or 主管部门, where they are clear. Undefined for a file of one organ, and for one
 * that leaves it unclear.
 */
export function divideSource(source: AuthoritySource, context: DivisionContext): Division | undefined {
  if (source.says !== undefined || source.items.length === 0) return undefined;
  const claims = new Claims(context);
  if (context.splitBy !== undefined)
    return divide(source, `“${context.splitBy}”列`, claims, (item) => {
      const claim = claims.ofCell(item.organName ?? '', true);
      const { owner, isGiven } = context;
      if (!isGiven || !owner || (claim && 'organ' in claim)) return claim;
      return {
        words: '',
        organ: owner,
        doubt: `${claim?.message ?? '没有写明属于哪个机关'}按 --organ 归入。`,
      };
    });
  return (
    byHeadings(source, claims, context) ??
    bySheets(source, claims, context) ??
    byColumn(source, claims, context)
  );
}

/** The list of one organ with a doubt at each item whose row names another one of the same place. */
export function doubtOthers(
  source: AuthoritySource,
  owner: Organ,
  context: DivisionContext,
): AuthoritySource {
  // Without its place nobody can say whether another one is of the same.
  if (context.region === undefined) return source;
  const claims = new Claims(context);
  const told = new Map<string, ListWarning[]>();
  for (const item of source.items) {
    const claim = claims.ofItem({ ...item, department: '' });
    if (!claim || !('organ' in claim) || /政府$/u.test(claim.organ.name)) continue;
    if (isOf(claims, claim.organ.key, owner) || !claims.isHere(claim.organ)) continue;
    const message = `行使主体写作“${claim.words.slice(0, 60)}”，与“${owner.name}”不是同一机关；事项仍归入本清单，请核对。`;
    const warning: ListWarning = { row: item.row, code: 'organ-unclear', message };
    const ofSheet = told.get(item.sheet);
    if (ofSheet) ofSheet.push(warning);
    else told.set(item.sheet, [warning]);
  }
  if (told.size === 0) return source;
  const sheets = source.sheets.map((sheet) => ({
    ...sheet,
    warnings: [...sheet.warnings, ...(told.get(sheet.sheet) ?? [])].toSorted((a, b) => a.row - b.row),
  }));
  return { ...source, sheets };
}

function byHeadings(
  source: AuthoritySource,
  claims: Claims,
  { owner }: DivisionContext,
): Division | undefined {
  if (source.items.every(({ organName }) => organName === undefined)) return undefined;
  const way: Way = (item) =>
    item.organName === undefined ? ownerClaim(owner) : claims.ofName(item.organName);
  const found = source.items.map(way);
  const named = new Set(found.flatMap((claim) => claims.keyOf(claim) ?? []));
  return named.size > 1 ? divide(source, '分节标题', claims, way) : undefined;
}

function bySheets(source: AuthoritySource, claims: Claims, { owner }: DivisionContext): Division | undefined {
  const filled = source.sheets.filter(({ sheet }) => source.items.some((item) => item.sheet === sheet));
  const claimOf = new Map(
    filled.map(({ sheet, titles = [] }) => [sheet, claims.ofSheet(sheet, titles, owner)]),
  );
  const named = [...claimOf.values()].flatMap((claim) => claims.keyOf(claim) ?? []);
  // A sheet more that names nobody is told of; most of them must name somebody.
  if (new Set(named).size < 2 || named.length * 2 < filled.length) return undefined;
  return divide(source, '工作表', claims, ({ sheet }) => claimOf.get(sheet));
}

function byColumn(source: AuthoritySource, claims: Claims, { owner }: DivisionContext): Division | undefined {
  const claimOf = new Map(source.items.map((item) => [item, claims.ofItem(item)]));
  const keys = [...claimOf.values()].flatMap((claim) => claims.keyOf(claim) ?? []);
  const others = keys.filter((key) => !isOf(claims, key, owner));
  const joint = [...claimOf.values()].filter((claim) => claim && 'joint' in claim).length;
  if (new Set(keys).size < 2 || (keys.length + joint) * 2 < source.items.length) return undefined;
  // The list of one organ may name another here and there: it stays that organ's, and is told of.
  if (owner !== undefined && others.length * 2 <= source.items.length) return undefined;
  return divide(source, '行使主体', claims, (item) => claimOf.get(item));
}

/** The organ itself, or what is a part of it: 市公安局交警支队 in the list of 市公安局. */
function isOf(claims: Claims, key: string, owner: Organ | undefined): boolean {
  return owner !== undefined && (key === owner.key || claims.nameOf(key).startsWith(owner.name));
}

function ownerClaim(owner: Organ | undefined): Claim | undefined {
  return owner && { organ: owner, words: owner.name };
}

function divide(source: AuthoritySource, from: string, claims: Claims, way: Way): Division {
  const items = new Map<string, FoundItem[]>();
  const organs = new Map<string, Organ>();
  const doubts = new Map<FoundItem, string>();
  const unowned: UnownedItem[] = [];
  for (const item of source.items) {
    const claim = way(item);
    if (claim && 'organ' in claim) {
      const organ = claims.settled(claim.organ);
      organs.set(organ.key, organ);
      const own = items.get(organ.key);
      if (own) own.push(item);
      else items.set(organ.key, [item]);
      if (claim.doubt !== undefined) doubts.set(item, claim.doubt);
    } else {
      const { sheet, row, serial, name } = item;
      unowned.push({
        sheet,
        row,
        serial,
        name,
        organ: claim?.words ?? '',
        message: claim?.message ?? '没有写明属于哪个机关。',
      });
    }
  }
  const parts = new SourceParts(source, doubts, new Set(unowned.map(({ name }) => name)));
  return {
    from,
    unowned,
    parts: [...organs.values()].map((organ) => ({
      organ,
      source: parts.of(items.get(organ.key) ?? []),
      warnings: claims.notesOf(organ.key),
    })),
  };
}
