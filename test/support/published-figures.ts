import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATEGORIES, type CategoryCode } from '@mandate/codes';
import { CHANGE_KIND_CODES, CHANGE_KINDS, type ChangeKind, LEVELS, type ListEntry } from '@mandate/lists';

// Every figure of the pages once more, out of the published files alone (formats §10): nothing of the site's code is used.

interface Placed {
  readonly index: number;
  readonly entry: ListEntry;
}
interface Content {
  readonly name?: string;
  readonly state?: string;
  readonly category?: CategoryCode;
  readonly levels?: readonly { readonly level?: string }[];
  readonly subItems?: readonly { readonly name: string; readonly levels?: Content['levels'] }[];
}
interface Item {
  readonly key: string;
  readonly versions: readonly (Placed & { readonly content: Content; readonly kind: ChangeKind })[];
  readonly now: Content;
}
interface Summary {
  readonly category?: CategoryCode;
  readonly state?: string;
  readonly statutoryDays?: number;
  readonly promisedDays?: number;
}
export interface Organ {
  readonly key: string;
  readonly organ: { readonly name: string; readonly abolished?: boolean; readonly parent?: string };
  readonly items: number;
  readonly categories: Readonly<Partial<Record<CategoryCode, number>>>;
}
export interface EditionFile {
  readonly key: string;
  readonly edition: {
    readonly list: string;
    readonly number: string;
    readonly name: string;
    readonly items: number;
    readonly document?: string;
  };
  readonly entries: readonly Placed[];
}
type Change = Item['versions'][number] & { readonly list: string };
interface Group {
  readonly recorded: boolean;
  readonly changes: readonly Change[];
}

/** A line of a page without spaces, such as 行政许可32项. */
export type Line = string;

export class PublishedFigures {
  readonly #root: string;
  readonly organs: readonly Organ[];
  readonly editions: readonly EditionFile[];
  /** of each list, organs' and negative ones */
  readonly #items = new Map<string, readonly Item[]>();
  readonly #summaries: readonly Summary[];
  readonly #negative: readonly string[];
  readonly #log: { readonly size: number };

  constructor(root: string) {
    this.#root = root;
    // Each file holds what formats §10 says of it; what does not makes a figure wrong.
    this.organs = (this.#read('data/organs.json') as { organs: Organ[] }).organs;
    this.editions = (this.#read('data/editions.json') as { editions: EditionFile[] }).editions;
    this.#log = (this.#read('data/registry.json') as { logs: { lists: { size: number } } }).logs.lists;
    this.#negative = (this.#read('data/negative-lists.json') as { lists: { key: string }[] }).lists.map(
      ({ key }) => key,
    );
    for (const { key } of this.organs) this.#items.set(key, this.#itemsOf(`data/items/${key}.json`));
    for (const key of this.#negative) this.#items.set(key, this.#itemsOf(`data/negative/${key}.json`));
    this.#summaries = this.organs.flatMap(
      ({ key }) => (this.#read(`data/summaries/${key}.json`) as { items: Summary[] }).items,
    );
  }

  /** Names, reasons and numbers of decisions: what people wrote, and may hold digits of its own. */
  words(): readonly string[] {
    const words = new Set<string>();
    for (const { organ } of this.organs) words.add(organ.name);
    for (const { edition } of this.editions) words.add(edition.name);
    for (const { edition } of this.editions) words.add(edition.document ?? '');
    for (const items of this.#items.values())
      for (const { versions } of items)
        for (const { content, entry } of versions)
          for (const word of [content.name, entry.reason, entry.document]) words.add(word ?? '');
    return [...words].filter((word) => /\d/.test(word)).sort((a, b) => b.length - a.length);
  }

  /** Items of a list that are not cancelled. */
  countOf(list: string): number {
    return this.#listed(list).length;
  }

  home(): readonly Line[] {
    const negative = this.#negative.flatMap((list) => this.#listed(list)).length;
    return [
      `政府能做什么？${count(this.#powers())}项权力，由谁行使、凭什么行使。`,
      `我不能做什么？${negative > 0 ? `${count(negative)}项禁止或要许可，` : ''}清单之外，人人可做。`,
      ...this.#groupLines(this.#groups(this.#changes()).slice(0, 5)),
      ...this.#categoryLines(this.organs),
      ...this.#treeLines(this.organs),
      `${count(this.#log.size)}条`,
    ];
  }

  organsPage(): readonly Line[] {
    return [`${this.#organCount()}，现行${count(this.#powers())}项。`, ...this.#treeLines(this.organs)];
  }

  months(): readonly string[] {
    return [...Map.groupBy(this.#changes(), monthOf).keys()].sort();
  }

  changesPage(): readonly Line[] {
    return [
      ...this.months().map((month) => {
        const { total, recorded } = this.#month(month);
        const changes = total > 0 || recorded === 0 ? `${count(total)}次` : '';
        return `${written(month)}${changes}${recorded > 0 ? `首次收录${count(recorded)}项` : ''}`;
      }),
      ...this.#groupLines(this.#groups(this.#changes()).slice(0, 12)),
    ];
  }

  month(month: string): readonly Line[] {
    const { kinds, total, recorded, changes } = this.#month(month);
    return [
      ...CHANGE_KIND_CODES.filter((kind) => kind !== 'recorded' && kinds(kind) > 0).map(
        (kind) => `${CHANGE_KINDS[kind].name}${count(kinds(kind))}次`,
      ),
      ...(recorded > 0
        ? [`${total > 0 ? '另' : ''}首次收录${count(recorded)}项：清单早已有效，本月才收录在这里，不是变更。`]
        : []),
      ...this.#groupLines(this.#groups(changes)),
    ];
  }

  statistics(): readonly Line[] {
    const months = this.months().map((month) => ({ month, ...this.#month(month) }));
    const recorded = months.reduce((sum, month) => sum + month.recorded, 0);
    const kinds: readonly (readonly ChangeKind[])[] = [
      ['added', 'taken-over', 'resumed'],
      ['changed'],
      ['delegated', 'entrusted'],
      ['cancelled', 'suspended'],
    ];
    const pairs = this.#summaries.flatMap(({ state, category, statutoryDays: by, promisedDays: in_ }) =>
      state === 'in-force' && by !== undefined && in_ !== undefined ? [{ category, by, in: in_ }] : [],
    );
    const points = [...Map.groupBy(pairs, (pair) => `${pair.by}|${pair.in}`)];
    const mean = (days: readonly number[]): string =>
      String(Math.round((10 * days.reduce((sum, one) => sum + one, 0)) / days.length) / 10);
    return [
      `${this.#organCount()}，现行${count(this.#powers())}项。统计到北京时间【时刻】的最新一条日志。`,
      ...this.#byCategory(this.organs).map(({ name, items }) => `${name}|${count(items)}|`),
      ...this.organs
        .filter(({ key }) => this.#listed(key).length > 0)
        .map(({ key, organ }) => `${organ.name}|${count(this.#listed(key).length)}|`),
      ...(recorded > 0
        ? [`首次收录${count(recorded)}项：随清单第一次收录在这里，收录之前早已有效，不计入下面的变更。`]
        : []),
      ...months
        .filter(({ total }) => total > 0)
        .map((one) => {
          const sums = kinds.map((group) => count(group.reduce((sum, kind) => sum + one.kinds(kind), 0)));
          return `${written(one.month)}|${sums.join('|')}|`;
        }),
      ...(pairs.length === 0
        ? []
        : [
            `两个时限都以天数写明的有${count(pairs.length)}项：承诺比法定短的${count(pairs.filter((one) => one.in < one.by).length)}项，一样的${count(pairs.filter((one) => one.in === one.by).length)}项，反而更长的${count(pairs.filter((one) => one.in > one.by).length)}项。`,
          ]),
      ...codes().flatMap((code) => {
        const own = pairs.filter(({ category }) => category === code);
        if (own.length === 0) return [];
        return [`${CATEGORIES[code]}|${mean(own.map(({ by }) => by))}|${mean(own.map((one) => one.in))}|`];
      }),
      ...points.map(([days, own]) => `${days}|${count(own.length)}`),
    ];
  }

  organPage(key: string): readonly Line[] {
    const record = this.organs.find((one) => one.key === key);
    if (record === undefined) throw new Error(`no organ ${key}`);
    const items = this.#items.get(key) ?? [];
    const listed = this.#listed(key);
    const cancelled = items.length - listed.length;
    const suspended = listed.filter(({ now }) => now.state === 'suspended').length;
    const categories = this.#categoryLines([record]);
    const levels = Object.entries(LEVELS).flatMap(([level, name]) => {
      const own = listed.filter(({ now }) =>
        [now, ...(now.subItems ?? [])].some((one) => one.levels?.some((said) => said.level === level)),
      );
      return own.length === 0 ? [] : [`${name}${count(own.length)}`];
    });
    return [
      `现行${count(listed.length)}项${cancelled > 0 ? `，已取消${count(cancelled)}项` : ''}。没有列入清单的权力，本部门不得行使；觉得漏列的，可以向本部门查问。`,
      // Beside the way to them, and again over them.
      ...categories,
      ...categories,
      ...(suspended > 0 && categories.length > 0 ? [`其中暂停行使${count(suspended)}项`] : []),
      ...(cancelled > 0 && categories.length > 0 ? [`已取消${count(cancelled)}项`] : []),
      ...(levels.length > 1 && categories.length > 0 ? [`按行使层级：${levels.join('')}`] : []),
      ...this.editions
        .filter(({ edition }) => edition.list === key)
        .map(
          ({ edition: { document, items: held } }) =>
            `${document === undefined ? '' : `${document}，`}${count(held)}项`,
        ),
      ...this.#groupLines(this.#groups(this.#changesOf(key))),
      ...this.#treeLines(this.organs.filter(({ organ }) => organ.parent === key)),
    ];
  }

  editionPage({ key, edition, entries }: EditionFile): readonly Line[] {
    const own = this.editions
      .filter((one) => one.edition.list === edition.list)
      .sort((a, b) => indexOf(a) - indexOf(b));
    const at = own.findIndex((one) => one.key === key);
    const before = own[at - 1];
    const held = this.#heldBefore(edition.list, indexOf({ entries }));
    if (held.size !== edition.items) throw new Error(`${key} holds ${held.size}, not ${edition.items}`);
    const lines = [edition.number, `${count(edition.items)}项`, `第${indexOf({ entries })}条，【时刻】`];
    if (before === undefined) return lines;
    const then = this.#heldBefore(edition.list, indexOf(before));
    const came = [...held].filter(([of]) => !then.has(of));
    const isRecorded = ([, { kind }]: (typeof came)[number]): boolean => kind === 'recorded';
    const recorded = came.filter(isRecorded).length;
    const changed = [...held].filter(
      ([of, { entry }]) => then.has(of) && then.get(of)?.entry.blob !== entry.blob,
    );
    const gone = [...then.keys()].filter((of) => !held.has(of));
    return [
      ...lines,
      `新增${count(came.length - recorded)}项，${recorded > 0 ? `首次收录${count(recorded)}项，` : ''}修改${count(changed.length)}项，不再列入${count(gone.length)}项。上一版是${before.edition.name}。逐字比较`.replaceAll(
        ' ',
        '',
      ),
    ];
  }

  #heldBefore(list: string, index: number): ReadonlyMap<string, Item['versions'][number]> {
    return new Map(
      (this.#items.get(list) ?? []).flatMap(({ key, versions }) => {
        const last = versions.findLast((version) => version.index < index);
        return last === undefined || last.content.state === 'cancelled' ? [] : [[key, last]];
      }),
    );
  }

  #month(month: string) {
    const changes = this.#changes().filter((change) => monthOf(change) === month);
    const kinds = (kind: ChangeKind): number => changes.filter((change) => change.kind === kind).length;
    const recorded = kinds('recorded');
    return { changes, kinds, recorded, total: changes.length - recorded };
  }

  #powers(): number {
    return this.organs.reduce((sum, { key }) => sum + this.#listed(key).length, 0);
  }

  #organCount(): string {
    const gone = this.organs.filter(({ organ }) => organ.abolished === true).length;
    return `${count(this.organs.length - gone)}个部门${gone > 0 ? `（另有${count(gone)}个已撤销）` : ''}`;
  }

  #treeLines(organs: readonly Organ[]): readonly Line[] {
    return organs
      .filter(({ organ }) => organ.abolished !== true)
      .map(({ key, organ }) => `${organ.name}${count(this.#listed(key).length)}项`);
  }

  #byCategory(organs: readonly Organ[]): readonly { readonly name: string; readonly items: number }[] {
    return codes()
      .map((code) => {
        const items = organs
          .flatMap(({ key }) => this.#listed(key))
          .filter((one) => one.now.category === code);
        return { name: CATEGORIES[code], items: items.length };
      })
      .filter(({ items }) => items > 0);
  }

  #categoryLines(organs: readonly Organ[]): readonly Line[] {
    return this.#byCategory(organs).map(({ name, items }) => `${name}${count(items)}项`);
  }

  #listed(list: string): readonly Item[] {
    return (this.#items.get(list) ?? []).filter(({ now }) => now.state !== 'cancelled');
  }

  #changes(): readonly Change[] {
    return [...this.#items.keys()].flatMap((list) => this.#changesOf(list));
  }

  #changesOf(list: string): readonly Change[] {
    return (this.#items.get(list) ?? []).flatMap(({ versions }) =>
      versions.map((version) => ({ ...version, list })),
    );
  }

  /** What came together, what was listed last first. */
  #groups(changes: readonly Change[]): readonly Group[] {
    const groups = Map.groupBy(changes, ({ list, kind, entry }) => {
      const { effectiveDate, time, reason, document = '', edition = '' } = entry;
      const recorded = kind === 'recorded' ? edition : 'no';
      return JSON.stringify([list, effectiveDate, dayOf(time), reason, document, recorded]);
    });
    const newest = ({ changes: all }: Group): number => Math.max(...all.map(({ index }) => index));
    return [...groups.values()]
      .map((all): Group => ({ recorded: all[0]?.kind === 'recorded', changes: all }))
      .sort((a, b) => newest(b) - newest(a));
  }

  #groupLines(groups: readonly Group[]): readonly Line[] {
    return groups.flatMap(({ recorded, changes: { length } }) => {
      if (recorded) return [`共${count(length)}项，收录之前早已有效，不是新增的权力。`];
      if (length <= 8) return [];
      return [length <= 200 ? `涉及${count(length)}项` : `涉及${count(length)}项，逐项见下载的文件。`];
    });
  }

  #itemsOf(path: string): readonly Item[] {
    const { items } = this.#read(path) as { items: { key: string; entries: Placed[] }[] };
    return items.map(({ key, entries }) => {
      let before = 'none';
      const versions = entries.map(({ index, entry }) => {
        const hex = entry.blob.slice(7);
        const content = this.#read(`data/blobs/${hex.slice(0, 2)}/${hex}.json`) as Content;
        const { state = 'in-force' } = content;
        const kind = entry.kind ?? shownAs(before, state);
        before = state;
        return { index, entry, content, kind };
      });
      return { key, versions, now: versions.at(-1)?.content ?? {} };
    });
  }

  #read(path: string): unknown {
    return JSON.parse(readFileSync(join(this.#root, path), 'utf8'));
  }
}

/** What an entry without a kind is shown as (formats §2.2). */
function shownAs(before: string, after: string): ChangeKind {
  if (before === 'none') return 'added';
  if (after === 'cancelled') return before === after ? 'changed' : 'cancelled';
  if (before === 'cancelled') return 'added';
  if (before === after) return 'changed';
  return after === 'suspended' ? 'suspended' : 'resumed';
}

function indexOf({ entries }: Pick<EditionFile, 'entries'>): number {
  return entries.at(-1)?.index ?? -1;
}

function codes(): readonly CategoryCode[] {
  // Object.keys forgets the names; they are those of CATEGORIES.
  return Object.keys(CATEGORIES) as CategoryCode[];
}

function monthOf({ kind, entry }: Pick<Change, 'kind' | 'entry'>): string {
  return (kind === 'recorded' ? dayOf(entry.time) : entry.effectiveDate).slice(0, 7);
}

function dayOf(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** 2026-07 → 2026年7月 */
function written(month: string): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
