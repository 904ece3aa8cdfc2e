import type { Organ } from '@mandate/lists';
import { ListFileError } from '../list-files.errors.ts';
import type { ListWarning } from '../list-warning.ts';
import type { AuthoritySource } from '../source-file.ts';
import { divideSource, type DivisionContext, doubtOthers, type UnownedItem } from './divide-source.ts';
import { Claims } from './organ-claims.ts';
import { chooseOrgan, nameInSource, type OrganChoice, type OrganSource } from './organ-choice.ts';
import { findRegionInTitle } from './organ-title.ts';

/** Whose the items of a file are. */
export interface FileOwners {
  readonly parts: readonly {
    readonly organ: Organ;
    /** where it was read: 标题, 文件名, --organ, “行使主体”列, 分节标题, 工作表 */
    readonly from: string;
    readonly source: AuthoritySource;
    readonly warnings: readonly ListWarning[];
  }[];
  /** of a file of several organs: the items that are nobody's as far as it says */
  readonly unowned: readonly UnownedItem[];
  readonly divided: boolean;
}

export interface OwnersSaid extends OrganSource {
  /** key of the organ of whoever sends it, to whom a file belongs that names none */
  readonly fallback?: string | undefined;
  readonly splitBy?: string | undefined;
}

/**
 * A file as the list of one organ, or of each of those that it names.
 * @throws ListFileError `no-organ` | `unknown-organ`
 */
export function ownersOf(source: AuthoritySource, said: OwnersSaid): FileOwners {
  const { given, splitBy } = said;
  const named = given !== undefined || nameInSource(said.titles, said.file) !== undefined;
  if (given === undefined || splitBy !== undefined) {
    const owner = named ? chooseOrgan(said).organ : undefined;
    // The organ of the title counts as known to its own rows: 市科技局 there is it.
    const known =
      owner && !said.known.some(({ key }) => key === owner.key) ? [...said.known, owner] : said.known;
    const context = {
      ...said,
      known,
      owner,
      splitBy,
      region: regionTold(said, owner),
      isGiven: given !== undefined,
    };
    const division = divideSource(source, context);
    if (division && division.parts.length > 0) {
      const { parts, unowned, from } = division;
      return { parts: parts.map((part) => ({ ...part, from })), unowned, divided: true };
    }
    if (splitBy !== undefined || owner === undefined) requireOne(source, said, context);
    if (owner) return whole(doubtOthers(source, owner, context), said);
  }
  return whole(source, said);
}

function whole(source: AuthoritySource, said: OwnersSaid): FileOwners {
  return { parts: [{ ...ownerOf(said), source }], unowned: [], divided: false };
}

/** The one organ whose a file is: named by somebody or by the file, else that of whoever sends it. @throws ListFileError */
export function ownerOf(said: Omit<OwnersSaid, 'splitBy'>): OrganChoice {
  const named = said.given !== undefined || nameInSource(said.titles, said.file) !== undefined;
  const choice = chooseOrgan({ ...said, given: named ? said.given : said.fallback });
  return named ? choice : { ...choice, from: '账号' };
}

/** The place that names without one are of: that of the organ in the title, else the one the title begins with. */
function regionTold(said: OwnersSaid, owner: Organ | undefined): string | undefined {
  const inTitle = [...said.titles, said.file].map(findRegionInTitle).find((region) => region !== undefined);
  const [run, ...others] = new Set(said.regions);
  const sender = said.known.find(({ key }) => key === said.fallback);
  return owner?.regionName ?? inTitle ?? (others.length === 0 ? run : undefined) ?? sender?.regionName;
}

/** A file that names several organs in words that leave it unclear is nobody's list by itself. @throws ListFileError `no-organ` */
function requireOne(source: AuthoritySource, said: OwnersSaid, context: DivisionContext): void {
  const { splitBy } = said;
  const claims = new Claims(context);
  const words = new Map<string, number>();
  const organs = new Set<string>();
  for (const item of source.items) {
    const claim = splitBy === undefined ? claims.ofItem(item) : claims.ofCell(item.organName ?? '', true);
    const key = claims.keyOf(claim);
    if (key !== undefined) organs.add(key);
    if (claim) words.set(claim.words, (words.get(claim.words) ?? 0) + 1);
  }
  const one = splitBy === undefined && organs.size < 2;
  if (one && (said.fallback !== undefined || words.size === 0)) return;
  const most = [...words].sort(([, a], [, b]) => b - a).slice(0, 5);
  const told = most.map(([word, rows]) => `“${word.slice(0, 30)}”${rows.toString()} 项`).join('、');
  const column = splitBy === undefined ? '行使主体' : splitBy;
  const found =
    told === '' ? `“${column}”列里没有机关名称` : `“${column}”列写的是${told}${words.size > 5 ? '等' : ''}`;
  const advice = one
    ? '请用 --organ 指明，例如 --organ 示例市财政局。'
    : '不能都归入一个机关：请用 --split-by 指明写有机关全称的那一列，例如 --split-by 行使主体；确属一个机关的，用 --organ 指明。';
  throw new ListFileError('no-organ', `标题和文件名里都没有机关名称，${found}。${advice}`, {
    organs: most.map(([name, items]) => ({ words: name.slice(0, 100), items })),
  });
}
