import { Injectable } from '@nestjs/common';
import { parseJson } from '@mandate/encoding';
import { OrganSchema, type Register } from '@mandate/lists';
import { isKeyOf } from '@mandate/published';
import { ListsError } from './lists.errors.ts';
import {
  ListVersionsRepository,
  type StoredVersion,
  type VersionFilter,
  type VersionHead,
} from './list-versions.repository.ts';
import type { Moment } from './moment.ts';

export interface Page<T> {
  readonly rows: readonly T[];
  /** cursor of the page that follows */
  readonly next: string | undefined;
}

export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What to call a key that is not there. What cannot be one is not asked for. */
const REGISTERS = {
  organ: { missing: 'organ-not-found', name: '机关' },
  'authority-item': { missing: 'item-not-found', name: '事项' },
  region: { missing: 'region-not-found', name: '行政区划' },
  'negative-list': { missing: 'negative-list-not-found', name: '负面清单' },
  'negative-list-item': {
    missing: 'item-not-found',
    name: '负面清单事项',
  },
  edition: {
    missing: 'edition-not-found',
    name: '清单版本',
  },
} as const satisfies Partial<Record<Register, { missing: ListsError['code']; name: string }>>;

export type ReadRegister = keyof typeof REGISTERS;

/** The lists as the public reads them: what they said at an instant, what was in force on a day, and how that came about. */
@Injectable()
export class ListReaderService {
  constructor(private readonly versions: ListVersionsRepository) {}

  /**
   * @param query.region items of the organs of a region
   * @throws ListsError `organ-not-found` | `invalid-cursor`
   */
  async items(
    query: Moment &
      PageQuery &
      Omit<VersionFilter, 'owner'> & { organ?: string | undefined; region?: string | undefined },
  ): Promise<Page<VersionHead>> {
    const { organ, region, ...rest } = query;
    if (organ !== undefined) await this.one('organ', organ, {});
    if (region === undefined) return this.heads('authority-item', { ...rest, owner: organ });
    const after = this.verifyCursor('authority-item', query.cursor);
    const organs = (await this.organsOf(region, query)).filter((key) => organ === undefined || key === organ);
    const rows: VersionHead[] = [];
    for (const owner of organs) {
      if (rows.length > query.limit) break;
      if (after !== undefined && after > `${owner}/`) continue;
      const bounds = { after, limit: query.limit + 1 - rows.length };
      rows.push(...(await this.versions.page('authority-item', query, { ...rest, owner }, bounds)));
    }
    return cut(rows, query.limit);
  }

  /** @throws ListsError `negative-list-not-found` | `invalid-cursor` */
  async negativeItems(list: string, query: Moment & PageQuery & VersionFilter): Promise<Page<VersionHead>> {
    await this.one('negative-list', list, {});
    return this.heads('negative-list-item', { ...query, owner: list });
  }

  /** Keys of a register with their contents. @throws ListsError `invalid-cursor` */
  async records(
    register: ReadRegister,
    query: Moment & PageQuery & VersionFilter,
  ): Promise<Page<StoredVersion>> {
    const after = this.verifyCursor(register, query.cursor);
    const rows = await this.versions.storedPage(register, query, query, { after, limit: query.limit + 1 });
    return cut(rows, query.limit);
  }

  /** @throws ListsError of the register when there was no such key at the moment */
  async one(register: ReadRegister, key: string, moment: Moment): Promise<StoredVersion> {
    const found = isKeyOf(register, key) ? await this.versions.find(register, key, moment) : undefined;
    if (found === undefined) throw missing(register, key);
    return found;
  }

  /** Entries of a key, oldest first. @throws ListsError of the register, `invalid-cursor` */
  async history(
    register: ReadRegister,
    key: string,
    { limit, cursor }: PageQuery,
  ): Promise<Page<StoredVersion>> {
    if (!isKeyOf(register, key)) throw missing(register, key);
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw invalidCursor();
    const offset = Number(cursor ?? 0);
    const rows = await this.versions.history(register, key, { offset, limit: limit + 1 });
    if (rows.length === 0 && offset === 0) throw missing(register, key);
    return {
      rows: rows.slice(0, limit),
      next: rows.length > limit ? (offset + limit).toString() : undefined,
    };
  }

  /** @throws ListsError `invalid-cursor` */
  verifyCursor(register: ReadRegister, cursor: string | undefined): string | undefined {
    if (cursor !== undefined && !isKeyOf(register, cursor)) throw invalidCursor();
    return cursor;
  }

  private async heads(
    register: ReadRegister,
    query: Moment & PageQuery & VersionFilter,
  ): Promise<Page<VersionHead>> {
    const after = this.verifyCursor(register, query.cursor);
    return cut(
      await this.versions.page(register, query, query, { after, limit: query.limit + 1 }),
      query.limit,
    );
  }

  private async organsOf(region: string, { asOf, inForceOn }: Moment): Promise<readonly string[]> {
    const stored = await this.versions.storedPage('organ', { asOf, inForceOn }, {}, { limit: 10_000 });
    return stored.flatMap(({ key, bytes }) =>
      OrganSchema.parse(parseJson(bytes)).region === region ? [key] : [],
    );
  }
}

function cut<T extends { readonly key: string }>(rows: readonly T[], limit: number): Page<T> {
  return { rows: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]?.key : undefined };
}

function invalidCursor(): ListsError {
  return new ListsError('invalid-cursor', 'cursor 应当是上一页给出的 next。');
}

function missing(register: ReadRegister, key: string): ListsError {
  const { missing: code, name } = REGISTERS[register];
  return new ListsError(code, `没有标识为 ${key.slice(0, 60)} 的${name}，或者当时还没有。`);
}
