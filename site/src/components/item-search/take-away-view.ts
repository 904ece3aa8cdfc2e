import { say } from '../../scripts/page/language.ts';
import { element } from '../../scripts/page/marks.ts';
import type { Shown } from './explorer.ts';
import { encodeAddress } from './address-state.ts';
import { encodeTable, MOST_ROWS, save, tableOf, type TakenFormat } from './take-away.ts';

const FORMATS: readonly TakenFormat[] = ['csv', 'json', 'xlsx'];

/** Buttons that put together what is found as a file; nothing is loaded before one is pressed. */
export function offerTakeAway(shown: Shown): HTMLElement[] {
  const count = shown.arranged.documents.length;
  if (count === 0) return [];
  if (count > MOST_ROWS) {
    const lists = element('a', '', say('各部门的清单', 'the list of each organ'));
    lists.href = '/organs/';
    return [
      element(
        'p',
        '',
        say(
          `结果超过 ${MOST_ROWS.toLocaleString('en')} 项，请先筛选再下载；也可以下载`,
          `More than ${MOST_ROWS.toLocaleString('en')} results: narrow them first, or download `,
        ),
        lists,
        say('。', '.'),
      ),
    ];
  }
  const told = element('span', '');
  told.setAttribute('role', 'status');
  const buttons = FORMATS.map((format) => {
    const button = element('button', 'link-button', format.toUpperCase());
    button.type = 'button';
    button.setAttribute(
      'aria-label',
      say(`下载 ${format.toUpperCase()}`, `Download ${format.toUpperCase()}`),
    );
    button.addEventListener('click', () => void take(shown, format, told));
    return button;
  });
  const words = element(
    'span',
    '',
    say(
      `把这 ${count.toLocaleString('en')} 项带走：`,
      `Take these ${count.toLocaleString('en')} items away:`,
    ),
  );
  return [element('p', 'downloads', words, ...buttons, told)];
}

async function take(
  { state, index, arranged }: Shown,
  format: TakenFormat,
  told: HTMLElement,
): Promise<void> {
  const { documents } = arranged;
  const title = state.q.trim() === '' ? '清单事项' : `查找“${state.q.trim()}”`;
  const page = encodeAddress({ ...state, page: 1 });
  try {
    const table = await tableOf(
      index,
      documents,
      { title, page, origin: location.origin },
      new AbortController().signal,
      (rows) => {
        told.textContent = say(`已备好 ${rows} / ${documents.length} 项`, `${rows} of ${documents.length}`);
      },
    );
    save(await encodeTable(table, format, location.origin), `mandate-search.${format}`);
    told.textContent = say('已下载。', 'Downloaded.');
  } catch {
    told.textContent = say('没能下载，请再试一次。', 'The download failed, please try again.');
  }
}
