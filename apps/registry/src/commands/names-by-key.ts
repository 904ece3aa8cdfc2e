import { REGISTRY_LIST } from '@mandate/drafting';
import type { FieldChange } from '@mandate/lists';
import type { INestApplicationContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';

/** What people call the organs and lists that a draft names by their keys. */
export type NamesByKey = ReadonlyMap<string, string>;

/** @param report of the import that made the draft: an organ that it founds is listed nowhere yet */
export async function namesByKey(
  app: INestApplicationContext,
  tx: EntityManager,
  report?: unknown,
): Promise<NamesByKey> {
  const lists = app.get(ListsService);
  const records = [...(await lists.records(tx, 'organ')), ...(await lists.records(tx, 'negative-list'))];
  // A report is JSON that an import wrote, maybe of an older program: every member may be wanting.
  const { list, name } = (report ?? {}) as { readonly list?: unknown; readonly name?: unknown };
  return new Map([
    [REGISTRY_LIST, '登记簿'],
    ...(typeof list === 'string' && typeof name === 'string' ? [[list, name] as const] : []),
    // Of both registers the value has its key and its name.
    ...records
      .map(({ value }) => value as { readonly key: string; readonly name: string })
      .map(({ key, name: own }) => [key, own] as const),
  ]);
}

/** Fields that hold keys of organs and lists. */
const KEY_FIELDS = /(?:^|\.)(?:organ|parent|successors|list)$/;

/** The same change with the names before the keys; a key is told whole, and not which of its letters differ. */
export function withNames(field: FieldChange, names: NamesByKey): FieldChange {
  if (!KEY_FIELDS.test(field.path)) return field;
  const side = (other: 'added' | 'removed'): string =>
    field.pieces.flatMap(({ kind, text }) => (kind === other ? [] : [text])).join('');
  const named = (text: string): string =>
    text
      .split('、')
      .map((key) => (names.has(key) ? `${names.get(key) ?? ''}（${key}）` : key))
      .join('、');
  const [before, after] = [named(side('added')), named(side('removed'))];
  return {
    ...field,
    pieces: [
      ...(before === '' ? [] : [{ kind: 'removed' as const, text: before }]),
      ...(after === '' ? [] : [{ kind: 'added' as const, text: after }]),
    ],
  };
}
