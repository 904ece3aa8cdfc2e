import { Injectable } from '@nestjs/common';
import {
  asListTitle,
  chooseNegativeList,
  chooseOrgan,
  ListFileError,
  namesOrgan,
  type SourceFile,
} from '@mandate/list-files';
import { NegativeListSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import type { ListFiles } from './list-files.ts';

/** What somebody says of whose list a file is. */
export interface OwnerOptions {
  /** key, USCC or full name; without it the file says whose list it is */
  readonly organ?: string | undefined;
  /** key of the organ to which a file belongs that names none */
  readonly fallback?: string | undefined;
  /** key or name of a negative list */
  readonly list?: string | undefined;
  /** regions that the files of the run name */
  readonly regions?: readonly string[] | undefined;
}

/** Whose list a file is, held against the organs and negative lists of the register. */
@Injectable()
export class ListOwnersService {
  constructor(
    private readonly lists: ListsService,
    private readonly organs: OrgansService,
  ) {}

  /** @throws ListFileError `no-organ` | `unknown-organ` | `no-negative-list` */
  async of(tx: EntityManager, source: SourceFile, options: OwnerOptions): Promise<ListFiles> {
    return source.register === 'negative-list-item'
      ? this.negativeList(tx, source, options)
      : this.organ(tx, source, options);
  }

  private async negativeList(
    tx: EntityManager,
    source: SourceFile,
    { list: given }: OwnerOptions,
  ): Promise<ListFiles> {
    const { register, owner, titles, file } = source;
    const known = (await this.lists.records(tx, 'negative-list')).map(({ value }) =>
      NegativeListSchema.parse(value),
    );
    const { list, from } = chooseNegativeList({ given, owner, titles, file, known });
    return {
      register,
      key: list.key,
      name: list.name,
      owner: list,
      files: [{ source, from, warnings: [] }],
    };
  }

  private async organ(tx: EntityManager, source: SourceFile, options: OwnerOptions): Promise<ListFiles> {
    const { register, owner } = source;
    const worded = register === 'discretion' ? asListTitle : (title: string): string => title;
    const [titles, file] = [source.titles.map(worded), worded(source.file)];
    const known = await this.organs.list(tx);
    // A template that the registry filled names its organ by key; one that a person filled, by name.
    const said = known.find(({ key }) => key === owner.key)?.key ?? owner.name ?? owner.key;
    const given = options.organ ?? said;
    const choice = { titles, file, known, regions: options.regions ?? [] };
    const named = given !== undefined || namesOrgan(choice);
    const chosen = chooseOrgan({ ...choice, given: named ? given : options.fallback });
    const inGuide = options.organ === undefined && said !== undefined;
    const from = !named ? '账号' : inGuide ? '填写说明' : chosen.from;
    const { organ, warnings } = chosen;
    if (register === 'discretion' && !known.some(({ key }) => key === organ.key))
      throw new ListFileError(
        'unknown-organ',
        `“${organ.name}”还没有登记；裁量基准要对上它已列入的行政处罚，请先导入它的权责清单，或用 --organ 指明是哪个机关的。`,
      );
    return {
      register,
      key: organ.key,
      name: organ.name,
      owner: organ,
      files: [{ source, from, warnings }],
    };
  }
}
