import {
  AuthorityItemSchema,
  checkList,
  type CheckedItem,
  type HealthContext,
  type HealthFinding,
  ItemSummarySchema,
  lawsOf,
  NegativeListItemSchema,
  NegativeListSchema,
  type NegativeListItem,
  type Organ,
  RegionSchema,
  type SisterItem,
  sistersOf,
} from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CertificateTypesService } from '../certificates/certificate-types.service.ts';
import { type ComparedItem, ItemsService } from '../lists/items.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';

const { category: Category, state: State } = ItemSummarySchema.shape;

/** 清单体检 of what is listed, or is to be: the pure rules of `@mandate/lists`, and what they hold a list against. */
@Injectable()
export class ListHealthService {
  constructor(
    private readonly lists: ListsService,
    private readonly organs: OrgansService,
    private readonly types: CertificateTypesService,
    private readonly listed: ItemsService,
  ) {}

  /** Items of an organ as they are listed now, scheduled changes included, that are not cancelled. */
  async items(tx: EntityManager, organ: string): Promise<(CheckedItem & { readonly key: string })[]> {
    const records = await this.lists.records(tx, 'authority-item', { organ });
    return records
      .map(({ entry: { key }, value }) => ({ key, item: AuthorityItemSchema.parse(value) }))
      .filter(({ item }) => item.state !== 'cancelled');
  }

  /** What an organ's list is held against: all organs and regions, its sisters' items, negative lists, certificate types. */
  async context(tx: EntityManager, organ: Organ): Promise<HealthContext> {
    const organs = await this.organs.list(tx);
    const sisters = await this.listed.comparedItems(tx, [...sistersOf(organ, organs).keys()]);
    const regions = await this.lists.records(tx, 'region');
    const types = await this.types.list(tx);
    return {
      organ,
      organs,
      regions: regions.map(({ value }) => RegionSchema.parse(value)),
      sisters: sisters.map(toSister),
      negativeItems: await this.negativeItems(tx),
      certificateTypes: types.map(({ type }) => type),
    };
  }

  /**
   * @param items of the organ: those listed, or those of a draft or a file; without a key where they are new
   * @returns by rule, then in the order of the items
   */
  async check(
    tx: EntityManager,
    organ: Organ,
    items: readonly CheckedItem[],
  ): Promise<readonly HealthFinding[]> {
    return checkList(items, await this.context(tx, organ));
  }

  /** Items of the market-access lists that are not cancelled. */
  async negativeItems(tx: EntityManager): Promise<NegativeListItem[]> {
    const lists = (await this.lists.records(tx, 'negative-list')).map(({ value }) =>
      NegativeListSchema.parse(value),
    );
    const items: NegativeListItem[] = [];
    for (const { key, kind } of lists) {
      if (kind !== 'market-access') continue;
      const records = await this.lists.records(tx, 'negative-list-item', { organ: key });
      items.push(...records.map(({ value }) => NegativeListItemSchema.parse(value)));
    }
    return items.filter(({ state }) => state === 'in-force');
  }
}

function toSister({ key, name, category, state, base, bases }: ComparedItem): SisterItem {
  return {
    key,
    name,
    category: Category.parse(category),
    state: State.parse(state),
    ...(base !== null && { baseCode: base }),
    laws: lawsOf({ bases }),
  };
}
