import { Injectable } from '@nestjs/common';
import {
  asListTitle,
  type AuthoritySource,
  chooseNegativeList,
  type DiscretionSource,
  ListFileError,
  ownerOf,
  ownersOf,
  type ReadingOptions,
  type SourceFile,
} from '@mandate/list-files';
import { NegativeListSchema, OrganSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import type { ListFiles, OwnedFile } from './list-files.ts';

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
  /** what a person says of the columns of the files */
  readonly reading?: ReadingOptions | undefined;
}

/** Whose list a file is, held against the organs and negative lists of the register. */
@Injectable()
export class ListOwnersService {
  constructor(
    private readonly lists: ListsService,
    private readonly organs: OrgansService,
  ) {}

  /** @throws ListFileError `no-organ` | `unknown-organ` | `no-negative-list` */
  async of(tx: EntityManager, source: SourceFile, options: OwnerOptions): Promise<OwnedFile> {
    switch (source.register) {
      case 'negative-list-item':
        return { lists: [await this.negativeList(tx, source, options)] };
      case 'discretion':
        return { lists: [await this.punishingOrgan(tx, source, options)] };
      case 'authority-item':
        return this.organLists(tx, source, options);
    }
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

  /** Standards are of an organ that has its list already. @throws ListFileError `unknown-organ` */
  private async punishingOrgan(
    tx: EntityManager,
    source: DiscretionSource,
    options: OwnerOptions,
  ): Promise<ListFiles> {
    const { register } = source;
    const known = await this.organs.list(tx);
    const { organ, from, warnings } = ownerOf({
      given: options.organ,
      fallback: options.fallback,
      titles: source.titles.map(asListTitle),
      file: asListTitle(source.file),
      known,
      areas: await this.organs.regions(tx),
      regions: options.regions ?? [],
    });
    const listed = known.find(({ key }) => key === organ.key);
    if (listed === undefined)
      throw new ListFileError(
        'unknown-organ',
        `“${organ.name}”还没有登记；裁量基准要对上它已列入的行政处罚，请先导入它的权责清单，或用 --organ 指明是哪个机关的。`,
      );
    const { key, name } = listed;
    return { register, key, name, owner: listed, files: [{ source, from, warnings }] };
  }

  private async organLists(
    tx: EntityManager,
    source: AuthoritySource,
    options: OwnerOptions,
  ): Promise<OwnedFile> {
    const { register, owner, titles, file } = source;
    const listed = await this.organs.listWithNames(tx);
    const known = listed.map(({ organ, formerNames }) => ({ ...organ, formerNames }));
    // A template that the registry filled names its organ by key; one that a person filled, by name.
    const said = known.find(({ key }) => key === owner.key)?.key ?? owner.name ?? owner.key;
    const { parts, unowned, divided } = ownersOf(source, {
      given: options.organ ?? said,
      fallback: options.fallback,
      titles,
      file,
      known,
      areas: await this.organs.regions(tx),
      regions: options.regions ?? [],
      splitBy: options.reading?.splitBy,
    });
    const inGuide = options.organ === undefined && said !== undefined;
    const lists = parts.map(({ organ, from, source: part, warnings }): ListFiles => {
      const listedOrgan = listed.find((one) => one.organ.key === organ.key)?.organ;
      return {
        register,
        key: organ.key,
        name: organ.name,
        owner: listedOrgan ?? OrganSchema.parse(organ),
        ...(listedOrgan === undefined && { founded: true }),
        files: [
          {
            source: part,
            from: inGuide && !divided ? '填写说明' : from,
            warnings,
            ...(divided && { isPart: true }),
          },
        ],
      };
    });
    return { lists, ...(divided && { divided: { source, unowned } }) };
  }
}
