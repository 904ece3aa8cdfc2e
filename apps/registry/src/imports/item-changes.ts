import { blobName, canonicalBytes } from '@mandate/encoding';
import type { AuthorityItem } from '@mandate/lists';
import type { ItemHead } from '../lists/items.service.ts';
import { assembleItem } from './assemble-item.ts';
import type { ImportSource } from './import-source.entity.ts';
import type { ImportWarning, SheetReport } from './import-report.ts';
import type { ItemDraft } from './item-draft.ts';
import { matchItems } from './match-items.ts';
import type { ListFile } from './read-file.ts';
import type { SheetDraft } from './read-list.ts';

export interface ItemChange {
  readonly key: string;
  readonly item: AuthorityItem;
  /** absent for an item that is new */
  readonly before: ItemHead | undefined;
}

/** A draft with the key of the item it is. */
interface KeyedDraft {
  readonly sheet: SheetDraft;
  readonly draft: ItemDraft;
  readonly key: string;
  readonly before: ItemHead | undefined;
}

/** What importing one file means for the items of its organ, worked out item by item: a file may hold very many. */
export class FileChanges {
  readonly #keyed: readonly KeyedDraft[];
  readonly #organ: string;
  readonly #file: ListFile;
  readonly #issues = new Map<SheetDraft, ImportWarning[]>();
  readonly #counts = new Map<SheetDraft, { items: number; subItems: number; levels: number }>();
  readonly #sources: Omit<ImportSource, 'importedAt'>[] = [];
  readonly count = { new: 0, changed: 0, unchanged: 0 };

  constructor(
    file: ListFile,
    organ: string,
    known: {
      readonly heads: readonly ItemHead[];
      readonly sources: ReadonlyMap<string, ImportSource>;
      readonly newKey: () => string;
    },
  ) {
    this.#file = file;
    this.#organ = organ;
    const drafts = file.sheets.flatMap((sheet) =>
      // Without a category no power; the reader has said so for each of them.
      sheet.items.flatMap((draft) =>
        draft.category === undefined ? [] : { sheet, draft, category: draft.category },
      ),
    );
    const heads = new Map(known.heads.map((head) => [head.key, head]));
    const matches = matchItems(
      drafts.map(({ sheet, draft, category }) => ({
        file: file.file,
        sheet: sheet.sheet,
        serial: draft.serial,
        name: draft.name,
        category,
      })),
      known.heads.map((head) => ({
        ...head,
        cancelled: head.state === 'cancelled',
        file: known.sources.get(head.key)?.file,
        sheet: known.sources.get(head.key)?.sheet,
        serial: known.sources.get(head.key)?.serial,
      })),
    );
    this.#keyed = drafts.map(({ sheet, draft }, n) => {
      const key = matches[n]?.key;
      return {
        sheet,
        draft,
        key: key ?? known.newKey(),
        before: key === undefined ? undefined : heads.get(key),
      };
    });
  }

  /** Items whose content is not what is listed, in the order of the workbook. */
  *changes(): Generator<ItemChange> {
    for (const { sheet, draft, key, before } of this.#keyed) {
      const item = assembleItem(draft, this.#organ);
      if ('issue' in item) {
        this.#addIssue(sheet, draft, item.issue);
        continue;
      }
      this.#countItem(sheet, item);
      this.#sources.push({
        key,
        file: this.#file.file,
        sheet: sheet.sheet,
        serial: draft.serial,
        row: draft.row,
      });
      // A suspension is decided elsewhere than in the workbook: importing the words does not end it.
      if (before?.state === 'suspended') item.state = 'suspended';
      if (before && blobName(canonicalBytes(item)) === before.blob) this.count.unchanged += 1;
      else {
        if (before) this.count.changed += 1;
        else this.count.new += 1;
        yield { key, item, before };
      }
    }
  }

  /** Where the items were found. Complete when `changes` has run to its end, as is `reports`. */
  get sources(): readonly Omit<ImportSource, 'importedAt'>[] {
    return this.#sources;
  }

  /** Keys of everything the file holds, also of what could not be imported: none of it is missing. */
  get keys(): readonly string[] {
    return this.#keyed.map(({ key }) => key);
  }

  get reports(): SheetReport[] {
    return this.#file.sheets.map((sheet) => ({
      sheet: sheet.sheet,
      ...(this.#counts.get(sheet) ?? { items: 0, subItems: 0, levels: 0 }),
      ...(sheet.claimed !== undefined && { claimed: sheet.claimed }),
      warnings: [...sheet.warnings, ...(this.#issues.get(sheet) ?? [])].toSorted((a, b) => a.row - b.row),
    }));
  }

  #addIssue(sheet: SheetDraft, { row, serial, name }: ItemDraft, issue: string): void {
    const message = `序号 ${serial}“${name.slice(0, 60)}”不能作为事项登记，未导入：${issue}`;
    this.#issues.set(sheet, [...(this.#issues.get(sheet) ?? []), { row, code: 'invalid-item', message }]);
  }

  #countItem(sheet: SheetDraft, item: AuthorityItem): void {
    const count = this.#counts.get(sheet) ?? { items: 0, subItems: 0, levels: 0 };
    count.items += 1;
    count.subItems += item.subItems.length;
    count.levels += item.levels.length;
    for (const subItem of item.subItems) count.levels += subItem.levels?.length ?? 0;
    this.#counts.set(sheet, count);
  }
}
