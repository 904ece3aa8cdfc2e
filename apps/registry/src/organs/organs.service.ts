import { Injectable } from '@nestjs/common';
import { entryInForceOn, type Organ, OrganSchema, type Region, RegionSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { requireHierarchy, requireRegions } from './hierarchy.ts';
import { OrganError } from './organs.errors.ts';

/** The organs of the register: who has a list, under which name, above and below whom. */
@Injectable()
export class OrgansService {
  constructor(private readonly lists: ListsService) {}

  /** Every organ ever listed, by key. */
  async list(tx: EntityManager, options: { asOf?: Date } = {}): Promise<readonly Organ[]> {
    const records = await this.lists.records(tx, 'organ', options);
    return records.map(({ value }) => OrganSchema.parse(value));
  }

  /** The same, each with the other names that it ever had. */
  async listWithNames(
    tx: EntityManager,
  ): Promise<readonly { readonly organ: Organ; readonly formerNames: readonly string[] }[]> {
    const names = new Map<string, Set<string>>();
    for (const { entry, value } of await this.lists.history(tx, 'organ')) {
      const known = names.get(entry.key) ?? new Set<string>();
      names.set(entry.key, known.add(OrganSchema.parse(value).name));
    }
    return (await this.list(tx)).map((organ) => ({
      organ,
      formerNames: [...(names.get(organ.key) ?? [])].filter((name) => name !== organ.name),
    }));
  }

  /** Every region ever listed, by code. */
  async regions(tx: EntityManager): Promise<readonly Region[]> {
    return (await this.lists.records(tx, 'region')).map(({ value }) => RegionSchema.parse(value));
  }

  /** The organ of this key or full name. */
  async find(tx: EntityManager, keyOrName: string): Promise<Organ | undefined> {
    const organs = await this.list(tx);
    return organs.find(({ key, name, uscc }) => [key, name, uscc].includes(keyOrName));
  }

  /** @throws OrganError `organ-not-found` */
  async get(tx: EntityManager, keyOrName: string): Promise<Organ> {
    const found = await this.find(tx, keyOrName);
    if (found !== undefined) return found;
    throw new OrganError(
      'organ-not-found',
      `没有机关“${keyOrName}”。用 npx mandate organs 查看各机关的标识。`,
    );
  }

  /** The organ as it is on a day: under the name of that day, abolished from its day on. Undefined before its first day. */
  async findInForce(tx: EntityManager, key: string, day: string): Promise<Organ | undefined> {
    const history = await this.lists.history(tx, 'organ', key);
    const placed = history.map(({ entry, value }, index) => ({ index, entry, value }));
    const found = entryInForceOn(placed, day);
    return found && OrganSchema.parse(found.value);
  }

  /** Every name the organ ever had, or is to have, but the one it was listed with last. */
  async otherNames(tx: EntityManager, key: string): Promise<readonly string[]> {
    const names = (await this.lists.history(tx, 'organ', key)).map(
      ({ value }) => OrganSchema.parse(value).name,
    );
    const last = names.at(-1);
    return [...new Set(names)].filter((name) => name !== last);
  }

  /**
   * Whether organs and regions still fit together with these in place of what is listed.
   * @throws OrganError `parent-not-found` | `successor-not-found` | `circle` | `wrong-level` | `abolished`
   */
  async requireFit(
    tx: EntityManager,
    changes: { readonly organs: readonly Organ[]; readonly regions: readonly Region[] },
  ): Promise<void> {
    if (changes.organs.length > 0) {
      const organs = [...(await this.list(tx)), ...changes.organs].map(
        (organ) => [organ.key, organ] as const,
      );
      const keys = changes.organs.map(({ key }) => key);
      requireHierarchy(new Map(organs), keys);
    }
    if (changes.regions.length > 0) {
      const regions = [...(await this.regions(tx)), ...changes.regions].map(
        (region) => [region.code, region] as const,
      );
      const codes = changes.regions.map(({ code }) => code);
      requireRegions(new Map(regions), codes);
    }
  }
}
