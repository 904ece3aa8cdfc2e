import { CATEGORIES, CATEGORY_CODES } from '@mandate/codes';
import { say } from '../../scripts/page/language.ts';
import { element } from '../../scripts/page/marks.ts';
import { encodeAddress } from './address-state.ts';
import type { Shown } from './explorer.ts';

/** How many were found, for the eye and for a screen reader. */
export function statusOf({ state, answer, arranged, pages }: Shown): string {
  const count = arranged.documents.length;
  const number = count.toLocaleString('en');
  const page =
    state.page > 1 ? say(`，第 ${state.page} 页，共 ${pages} 页`, `, page ${state.page} of ${pages}`) : '';
  if (count === 0)
    return say(
      '没搜到。这不等于没有这项权力。',
      'Nothing found. That does not mean that there is no such power.',
    );
  if (answer.similar) {
    return say(
      `没有完全一样的。相近的有 ${number} 项${page}。`,
      `No exact match. ${number} similar items${page}.`,
    );
  }
  if (state.q.trim() === '') return say(`共 ${number} 项${page}。`, `${number} items${page}.`);
  return say(`找到 ${number} 项${page}。`, `${number} items found${page}.`);
}

/** What a person should know of the answer: other words that were looked for, texts, where else to look. */
export function notesOf(shown: Shown): HTMLElement[] {
  const { answer, arranged } = shown;
  const notes: HTMLElement[] = [];
  if (answer.meanings.length > 0) {
    const words = answer.meanings.map((word) => `“${word}”`).join(say('、', ', '));
    notes.push(element('p', '', say(`也找了${words}。`, `Also looked for ${words}.`)));
  }
  const list = wholeList(shown);
  if (list)
    notes.push(element('p', '', say('您也可以看完整的', 'See the whole list of '), list, say('清单。', '.')));
  if (arranged.documents.length === 0) notes.push(nothingFound(shown));
  if (!answer.texts && shown.state.q.trim() !== '') notes.push(offerTexts(shown));
  return notes;
}

/** Who types the name of an organ or a category wants its list. */
function wholeList({ state, index }: Shown): HTMLElement | undefined {
  const name = state.q.trim();
  const category = CATEGORY_CODES.find((code) => CATEGORIES[code] === name);
  const source = index.manifest.sources.find(([, own]) => own === name);
  if (category === undefined && source === undefined) return undefined;
  const link = element('a', '', name);
  link.href =
    category !== undefined
      ? `/categories/${category}/`
      : `/${source?.[3] === 'n' ? 'negative' : 'organs'}/${source?.[0] ?? ''}/`;
  return link;
}

function offerTexts({ state }: Shown): HTMLElement {
  const link = element(
    'a',
    '',
    say('在依据和责任的全文里也找', 'search the full text of bases and duties too'),
  );
  link.href = encodeAddress({ ...state, texts: true, page: 1 });
  link.id = 'in-text';
  return element(
    'p',
    '',
    say(
      '找过了名称、子项、部门和依据的标题。还可以',
      'Names, sub-items, organs and titles of bases were searched. You may ',
    ),
    link,
    say('。', '.'),
  );
}

function nothingFound({ state }: Shown): HTMLElement {
  const links: [href: string, zh: string, en: string][] = [
    ['/organs/', '按部门查', 'by organ'],
    ['/categories/', '按权力类型查', 'by kind of power'],
  ];
  if (Object.keys(state.choice).length > 0) {
    links.unshift([encodeAddress({ ...state, choice: {}, page: 1 }), '去掉全部筛选', 'remove all filters']);
  }
  const nodes = links.map(([href, zh, en]) => {
    const link = element('a', '', say(zh, en));
    link.href = href;
    return link;
  });
  return element(
    'p',
    '',
    say(
      '清单里没有您输入的字样：清单也许用了别的说法，也许那个机关的清单不在这里。可以少输几个字、换一个说法，或者',
      'The lists do not have these words: they may say it otherwise, or that organ’s list is not here. Try fewer words or other ones, or look ',
    ),
    ...nodes.flatMap((node, i) => (i === 0 ? [node] : [say('、', ', '), node])),
    say('。', '.'),
  );
}
