import { type Draft, type DraftHeadings, type NewDraftChange, REGISTRY_LIST } from '@mandate/drafting';
import { type Level, type Organ, organKey } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { OrgansService } from '../organs/organs.service.ts';
import { DraftsService } from './drafts.service.ts';

/** What is said about a change to organs beside the change itself; the title says what it is unless given. */
export type OrganHeadings = Omit<DraftHeadings, 'title' | 'edition'> & {
  readonly title?: string | undefined;
};

interface Said {
  readonly headings: OrganHeadings;
}

type FoundedOrgan = Pick<Organ, 'name' | 'shortName' | 'uscc' | 'region' | 'regionName' | 'level' | 'parent'>;

/** What is to be other than it is; what is absent stays. */
interface OrganPlace {
  readonly parent?: string | undefined;
  readonly level?: Level | undefined;
  readonly region?: string | undefined;
  readonly regionName?: string | undefined;
}

/** Founding, renaming, merging and placing organs, as drafts: they take effect as every other change does. */
@Injectable()
export class OrganDraftsService {
  constructor(
    private readonly drafts: DraftsService,
    private readonly organs: OrgansService,
  ) {}

  /** @param given.recorded it was founded long ago, and is new to the register alone: the day of its entry is not its own */
  async found(
    tx: EntityManager,
    author: Account,
    {
      organ,
      recorded = false,
      headings,
    }: Said & { readonly organ: FoundedOrgan; readonly recorded?: boolean | undefined },
  ): Promise<Draft> {
    const above = organ.parent === undefined ? {} : { parent: (await this.organs.get(tx, organ.parent)).key };
    const value: Organ = { schema: 'organ/1', key: organKey(organ), ...organ, ...above };
    const title = `${recorded ? '首次收录' : '设立'}${organ.name}`;
    const change = { ...added(value), ...(recorded && { kind: 'recorded' as const }) };
    return this.create(tx, author, { title, headings, changes: [change] });
  }

  /** The key stays, and with it the list and its history; what was listed before stays under the name of its time. */
  async rename(
    tx: EntityManager,
    author: Account,
    {
      organ,
      names,
      headings,
    }: Said & {
      readonly organ: string;
      readonly names: { readonly name: string; readonly shortName?: string | undefined };
    },
  ): Promise<Draft> {
    const { shortName: _formerShortName, ...before } = await this.organs.get(tx, organ);
    const shortName = names.shortName === undefined ? {} : { shortName: names.shortName };
    const value: Organ = { ...before, name: names.name, ...shortName };
    const title = `${before.name}更名为${names.name}`;
    return this.create(tx, author, { title, headings, changes: [changed(value)] });
  }

  async place(
    tx: EntityManager,
    author: Account,
    { organ, placed, headings }: Said & { readonly organ: string; readonly placed: OrganPlace },
  ): Promise<Draft> {
    const before = await this.organs.get(tx, organ);
    const parent = placed.parent === undefined ? undefined : (await this.organs.get(tx, placed.parent)).key;
    const value: Organ = {
      ...before,
      ...(parent !== undefined && { parent }),
      ...(placed.level !== undefined && { level: placed.level }),
      ...(placed.region !== undefined && { region: placed.region }),
      ...(placed.regionName !== undefined && { regionName: placed.regionName }),
    };
    const title = `调整${before.name}的隶属关系`;
    return this.create(tx, author, { title, headings, changes: [changed(value)] });
  }

  /** From its day on the organ acts no more; its items stay under its key until they are cancelled or taken over. */
  async abolish(
    tx: EntityManager,
    author: Account,
    {
      organ,
      successors,
      headings,
    }: Said & { readonly organ: string; readonly successors: readonly string[] },
  ): Promise<Draft> {
    const before = await this.organs.get(tx, organ);
    const keys: string[] = [];
    for (const successor of successors) keys.push((await this.organs.get(tx, successor)).key);
    const title = `撤销${before.name}`;
    return this.create(tx, author, { title, headings, changes: [abolished(before, keys)] });
  }

  /** Several organs become one, which may be new or be there already. @param merger.into key or name */
  async merge(
    tx: EntityManager,
    author: Account,
    { organs, into, headings }: Said & { readonly organs: readonly string[]; readonly into: string },
  ): Promise<Draft> {
    const before: Organ[] = [];
    for (const organ of organs) before.push(await this.organs.get(tx, organ));
    const known = await this.organs.find(tx, into);
    const [first] = before;
    const successor: Organ = known ?? {
      schema: 'organ/1',
      key: organKey({ name: into }),
      name: into,
      ...(first?.level !== undefined && { level: first.level }),
      ...(first?.region !== undefined && { region: first.region }),
      ...(first?.regionName !== undefined && { regionName: first.regionName }),
      ...(first?.parent !== undefined && { parent: first.parent }),
      ...(first?.sample !== undefined && { sample: first.sample }),
    };
    const ended = before.filter(({ key }) => key !== successor.key);
    const title = `${before.map(({ name }) => name).join('、')}合并为${successor.name}`;
    const changes = [
      ...(known === undefined ? [added(successor)] : []),
      ...ended.map((organ) => abolished(organ, [successor.key])),
    ];
    return this.create(tx, author, { title: title.slice(0, 200), headings, changes });
  }

  private async create(
    tx: EntityManager,
    author: Account,
    given: Said & { readonly title: string; readonly changes: readonly NewDraftChange[] },
  ): Promise<Draft> {
    const { headings, changes } = given;
    const draft = { scope: 'change' as const, list: REGISTRY_LIST, changes };
    return this.drafts.create(tx, author, { ...draft, ...headings, title: headings.title ?? given.title });
  }
}

const added = (value: Organ): NewDraftChange => ({ register: 'organ', kind: 'added', value });
const changed = (value: Organ): NewDraftChange => ({
  register: 'organ',
  key: value.key,
  kind: 'changed',
  value,
});
const abolished = (organ: Organ, successors: readonly string[]): NewDraftChange => ({
  register: 'organ',
  key: organ.key,
  kind: 'cancelled',
  value: { ...organ, abolished: true, ...(successors.length > 0 && { successors: [...successors] }) },
});
