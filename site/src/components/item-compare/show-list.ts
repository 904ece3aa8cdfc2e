import {
  compareItems,
  compareNegativeItems,
  type ListComparison,
  type ListDifference,
  type MovedResponsibility,
} from '@mandate/lists';
import { findItemAddress } from '@mandate/published';
import { say } from '../../scripts/page/language.ts';
import { element } from '../../scripts/page/marks.ts';
import { findItemContent, findNegativeContent, type Version } from './published-lists.ts';
import { explain } from './show-error.ts';
import { showChanges, showSteps } from './show-redline.ts';

export interface ListContext {
  readonly isNegative: boolean;
  /** name of the organ of a key, where lists of several are compared */
  organName(key: string): string | undefined;
  /** name of an item that is not among those compared */
  itemName(key: string): string;
}

type Difference = ListDifference<Version>;

/** Items of a section that are put on the page at once. */
const SHOWN = 200;

/** Counts, and every item that differs; what it says is read when the reader opens it. */
export function showList(found: ListComparison<Version>, context: ListContext): HTMLElement[] {
  const { added, recorded, removed, changed, moved, before, after, unchanged } = found;
  const renamed = changed.filter(({ isRenamed }) => isRenamed).length;
  const counts: [word: string, count: number][] = [
    [say('原有', 'Before'), before],
    [say('现有', 'After'), after],
    [say('新增', 'Added'), added.length],
    ...(recorded.length > 0
      ? [[say('首次收录', 'First recorded'), recorded.length] satisfies [string, number]]
      : []),
    [say('移出', 'Removed'), removed.length],
    [say('有改动', 'Changed'), changed.length],
    ...(renamed > 0 ? [[say('其中更名', 'of these renamed'), renamed] satisfies [string, number]] : []),
    [say('责任移交', 'Moved'), moved.length],
    [say('没有变', 'Unchanged'), unchanged],
  ];
  const summary = element(
    'dl',
    'compare-counts',
    ...counts.map(([word, count]) =>
      element('div', '', element('dt', '', word), element('dd', '', String(count))),
    ),
  );
  if (added.length + recorded.length + removed.length + changed.length + moved.length === 0) {
    return [
      summary,
      element(
        'p',
        'nothing',
        say('这两个时点之间，清单没有变化。', 'Nothing changed on the list between the two.'),
      ),
    ];
  }
  return [
    summary,
    ...section(say('责任移交', 'Moved responsibilities'), moved, (one) => showMove(one, context)),
    ...section(say('新增', 'Added'), added, (one) => showItem(one, context)),
    ...section(
      say('首次收录', 'First recorded'),
      recorded,
      (one) => showItem(one, context),
      say(
        '它们早已有效，其间才收录在本登记簿：不是新增的权力。',
        'They were in force already and were recorded here between the two: no new powers.',
      ),
    ),
    ...section(say('移出', 'Removed'), removed, (one) => showItem(one, context)),
    ...section(say('有改动', 'Changed'), changed, (one) => showItem(one, context)),
  ];
}

function section<T>(
  title: string,
  all: readonly T[],
  show: (one: T) => HTMLElement,
  note?: string,
): HTMLElement[] {
  if (all.length === 0) return [];
  const list = element('ul', 'plain-list compare-items');
  const heading = element('h2', '', `${title}（${all.length}）`);
  let shown = 0;
  const more = element('button', 'button plain');
  more.type = 'button';
  const put = (): void => {
    list.append(...all.slice(shown, shown + SHOWN).map((one) => element('li', '', show(one))));
    shown = Math.min(all.length, shown + SHOWN);
    more.hidden = shown === all.length;
    more.textContent = say(
      `再显示 ${Math.min(SHOWN, all.length - shown)} 项`,
      `Show ${Math.min(SHOWN, all.length - shown)} more`,
    );
  };
  more.addEventListener('click', put);
  put();
  return [heading, ...(note === undefined ? [] : [element('p', '', note)]), list, more];
}

function showMove({ from, to, kind }: MovedResponsibility, context: ListContext): HTMLElement {
  const words = {
    delegated: say('下放', 'Delegated'),
    'taken-over': say('承接', 'Taken over'),
    entrusted: say('委托', 'Entrusted'),
  };
  return element(
    'p',
    'moved',
    element('span', 'tag', words[kind]),
    ' ',
    itemLink(from, context),
    element('span', 'arrow', ` ${say('交给 →', 'to →')} `),
    itemLink(to, context),
  );
}

function itemLink(key: string, context: ListContext, name = context.itemName(key)): HTMLElement {
  const link = element('a', '', name);
  link.href = findItemAddress(key) ?? '';
  const organ = context.organName(key);
  return organ === undefined ? link : element('span', '', link, element('span', 'muted', `（${organ}）`));
}

function showItem(difference: Difference, context: ListContext): HTMLElement {
  const { key, before, after, isRenamed, steps } = difference;
  const [old, now] = [before?.name, after?.name];
  const name = now ?? old ?? say('（内容已撤下的事项）', '(content withdrawn)');
  const details = element('details', 'compare-item');
  const body = element('div', 'stack');
  const organ = context.organName(key);
  const summary = element('summary', '', element('span', 'item-name', name));
  if (isRenamed)
    summary.append(element('span', 'muted', say(` 原名：${old ?? ''}`, ` formerly ${old ?? ''}`)));
  if (organ !== undefined) summary.append(element('span', 'muted', ` ${organ}`));
  details.append(summary, body);
  let isAsked = false;
  details.addEventListener('toggle', () => {
    if (!details.open || isAsked) return;
    isAsked = true;
    const why = showSteps(steps);
    if (why) body.append(why);
    const link = element('p', 'small', itemLink(key, context, say('事项的页面和证明', 'Its page and proof')));
    const shown = element('div', 'stack', element('p', 'muted', say('正在取内容……', 'Reading …')));
    body.append(shown, link);
    void showContent(difference, context).then(
      (content) => shown.replaceChildren(content),
      (error: unknown) => {
        // Asked again when it is opened again.
        isAsked = false;
        shown.replaceChildren(explain(error));
      },
    );
  });
  return details;
}

async function showContent({ before, after }: Difference, { isNegative }: ListContext): Promise<HTMLElement> {
  const [old, now] = [before?.blob, after?.blob];
  if (old === undefined || now === undefined) {
    const only = now ?? old ?? '';
    const content = isNegative ? await findNegativeContent(only) : await findItemContent(only);
    if (!content) return withdrawn();
    const words =
      now === undefined
        ? say('移出前的内容见事项页面。', 'What it said stands on its page.')
        : say('全文见事项页面。', 'Its text stands on its page.');
    return element('p', '', words);
  }
  if (isNegative) {
    const [a, b] = [await findNegativeContent(old), await findNegativeContent(now)];
    return a && b ? showChanges(compareNegativeItems(a, b)) : withdrawn();
  }
  const [a, b] = [await findItemContent(old), await findItemContent(now)];
  return a && b ? showChanges(compareItems(a, b)) : withdrawn();
}

export function withdrawn(): HTMLElement {
  return element(
    'p',
    'muted',
    say('有一版内容已依法撤下，无法对比。', 'One version was withdrawn by law; they cannot be compared.'),
  );
}
