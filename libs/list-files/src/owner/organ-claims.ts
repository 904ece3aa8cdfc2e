import type { Organ } from '@mandate/lists';
import type { ListWarning } from '../list-warning.ts';
import type { FoundItem } from '../source-file.ts';
import { isSameRegion, placeOf, type Register } from './known-organ.ts';
import { type CellName, readOrganCell } from './organ-cell.ts';
import { comparableDepartment } from './organ-name.ts';
import { findOrganInTitle } from './organ-title.ts';
import { placeOfWord, type Resolved, resolveOrgan } from './resolve-organ.ts';
import { findSheetOrgan } from './section-organ.ts';

/** Whose an item is, or why nobody can say. */
export type Claim =
  | { readonly words: string; readonly organ: Organ; readonly doubt?: string }
  /** `joint`: several organs that are organs */
  | { readonly words: string; readonly message: string; readonly joint?: true };

const EVERYWHERE = /^(?:地州市|地州|地市|州市|市州|市县区?|县市区?|区县|县区|旗县|[省市县区州旗]级)/u;

/** Names of organs in one file, each held against the register once. */
export class Claims {
  readonly #register: Register;
  readonly #region: string | undefined;
  readonly #resolved = new Map<string, Resolved>();
  readonly #cells = new Map<string, Claim | undefined>();
  readonly #organs = new Map<string, Organ>();
  readonly #folds = new Map<Organ, string>();
  /** of those that are not registered, by region and department: the one with the longest name */
  readonly #founded = new Map<string, Organ>();
  readonly #notes = new Map<string, Set<string>>();

  constructor({ region, ...register }: Register & { readonly region: string | undefined }) {
    this.#register = register;
    this.#region = region;
  }

  /** A name by itself, as a heading or a sheet has it. */
  ofName(words: string): Claim {
    return claimOf(words, this.#resolve(words));
  }

  /**
   * A cell: the one organ of the list's own level that it names. Several are a joint power, which belongs to none by itself.
   * @param anyPlace the words of a template count as well: 地州市教育局 is 市教育局 here
   */
  ofCell(cell: string, anyPlace: boolean): Claim | undefined {
    const at = `${anyPlace.toString()} ${cell}`;
    if (!this.#cells.has(at)) this.#cells.set(at, this.#readCell(cell, anyPlace));
    return this.#cells.get(at);
  }

  /** By 行使主体; where that names no organ, or several, by 主管部门. */
  ofItem({ wordings, department = '' }: FoundItem): Claim | undefined {
    const cell = [...new Set(wordings)].join('；');
    const claim = this.ofCell(cell, false);
    if (claim && 'organ' in claim) return claim;
    const above = this.ofCell(department, false);
    if (!above || !('organ' in above)) return claim ?? above;
    if (cell === '') return above;
    return {
      ...above,
      doubt: `行使主体写作“${cell.slice(0, 60)}”，不是一个具体机关，按主管部门归入“${above.organ.name}”。`,
    };
  }

  ofSheet(sheet: string, titles: readonly string[], owner: Organ | undefined): Claim | undefined {
    const inTitle = titles.map(findOrganInTitle).find((organ) => organ !== undefined);
    const words = inTitle?.name ?? findSheetOrgan(sheet, this.#register.known);
    if (words === undefined || (owner?.name.endsWith(words) === true && inTitle === undefined))
      return undefined;
    return this.ofName(words);
  }

  /** The key of the organ that is claimed; undefined where none is. */
  keyOf(claim: Claim | undefined): string | undefined {
    return claim && 'organ' in claim ? this.settled(claim.organ).key : undefined;
  }

  /** 市市场监管局 and 市市场监督管理局 in one file are one organ, founded under the longer name. */
  settled(organ: Organ): Organ {
    return this.#founded.get(this.#foldOf(organ)) ?? organ;
  }

  nameOf(key: string): string {
    return this.#organs.get(key)?.name ?? '';
  }

  notesOf(key: string): readonly ListWarning[] {
    return [...(this.#notes.get(key) ?? [])].map((message) => ({ row: 1, code: 'organ-named', message }));
  }

  #readCell(cell: string, anyPlace: boolean): Claim | undefined {
    const names = readOrganCell(cell);
    if (names.length === 0) return undefined;
    const words = cell.replace(/\s+/gu, '').slice(0, 100);
    const claims = names.flatMap((name) => this.#claimsOf(name, anyPlace));
    const organs = new Map(claims.flatMap((one) => ('organ' in one ? [[this.keyOf(one), one]] : [])));
    const here = [...organs.values()].filter((one) => this.isHere(one.organ));
    const [only, ...others] = here.length > 0 ? here : organs.values();
    if (!only)
      return (
        claims.map((one) => ({ ...one, words })).find((one) => 'message' in one) ?? {
          words,
          message: `“${words}”不是一个具体机关的名称。`,
        }
      );
    if (others.length === 0) return { ...only, words };
    const all = [only, ...others].map(({ organ }) => `“${organ.name}”`).join('、');
    return { words, joint: true, message: `“${words}”写了不止一个机关（${all}），没有替您选定。` };
  }

  #claimsOf({ words, kind, levelWord }: CellName, anyPlace: boolean): Claim[] {
    if (kind === 'organ') return [claimOf(words, this.#resolve(words))];
    if (kind === 'government' && levelWord !== undefined) {
      const place = this.#region === undefined ? undefined : placeOfWord(levelWord, this.#region);
      return place === undefined ? [] : [claimOf(words, this.#resolve(`${place}人民政府`))];
    }
    if (kind !== 'template' || !anyPlace || this.#region === undefined || !EVERYWHERE.test(words)) return [];
    const local = words.replace(EVERYWHERE, '').replace(/^级/u, '');
    if (!/(?:[局厅委办队]|委员会|政府)$/u.test(local)) return [];
    return [claimOf(words, this.#resolve(`${this.#region}${local}`))];
  }

  /** Whether an organ is of the very region that the list is of. */
  isHere(organ: Organ): boolean {
    const { region } = placeOf(organ);
    return this.#region === undefined || region === undefined || isSameRegion(region, this.#region);
  }

  #resolve(words: string): Resolved {
    const known = this.#resolved.get(words);
    if (known) return known;
    const resolved = resolveOrgan(words, this.#register, this.#region);
    this.#resolved.set(words, resolved);
    if ('organ' in resolved) this.#keep(resolved);
    return resolved;
  }

  #keep({ is, organ, note }: Extract<Resolved, { readonly organ: Organ }>): void {
    this.#organs.set(organ.key, organ);
    const fold = is === 'new' ? this.#foldOf(organ) : undefined;
    const before = fold === undefined ? undefined : this.#founded.get(fold);
    if (fold !== undefined && (before === undefined || before.name.length < organ.name.length))
      this.#founded.set(fold, organ);
    if (note !== undefined) {
      const notes = this.#notes.get(organ.key) ?? new Set();
      this.#notes.set(organ.key, notes.add(note));
    }
  }

  /** Its region and department, as two spellings of it have them in common. */
  #foldOf(organ: Organ): string {
    const known = this.#folds.get(organ);
    if (known !== undefined) return known;
    const { region, local } = placeOf(organ);
    const fold = `${region ?? ''} ${comparableDepartment(local)}`;
    this.#folds.set(organ, fold);
    return fold;
  }
}

function claimOf(words: string, resolved: Resolved): Claim {
  return 'organ' in resolved ? { words, organ: resolved.organ } : { words, message: resolved.message };
}
