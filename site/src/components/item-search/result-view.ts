import { stateOf, valuesOf, type DocumentName, type IndexFiles } from '@mandate/search';
import { say } from '../../scripts/page/language.ts';
import { element, mark } from '../../scripts/page/marks.ts';
import { encodeAddress, type ExplorerState } from './address-state.ts';
import { stateWord, valueWord } from './facet-words.ts';
import { markParts } from './mark-parts.ts';

export const REDACTED_NAME = '（内容已撤下的事项）';

/** What is known of a found document. */
export interface FoundDocument {
  readonly name: string;
  /** from the root */
  readonly address: string;
  /** organ or negative list */
  readonly source: string;
  readonly category: string;
  readonly levels: string;
  readonly sections: string;
  readonly state: string;
  readonly inForce: boolean;
  readonly ended: boolean;
  readonly negative: boolean;
}

export function foundDocument(
  index: IndexFiles,
  document: number,
  { name, tail }: DocumentName,
): FoundDocument {
  const { manifest, columns } = index;
  const [key = '', source = '', , kind] = manifest.sources[columns.source[document] ?? -1] ?? [];
  const words = (facet: 'category' | 'level' | 'section'): string =>
    valuesOf(facet, manifest, columns, document)
      .map((value) => valueWord(facet, value, manifest))
      .join('、');
  const state = stateOf(columns, document);
  return {
    name: name === '' ? REDACTED_NAME : name,
    address: kind === 'n' ? `/negative/${key}/${tail}/` : `/items/${key}/${tail}/`,
    source,
    category: words('category'),
    levels: words('level'),
    sections: words('section'),
    state: stateWord(state),
    inForce: state === 'in-force',
    ended: state === 'cancelled',
    negative: kind === 'n',
  };
}

/** A row of the results; in force is what a list is of, so only what differs is said. */
export function resultRow(found: FoundDocument, words: readonly string[]): HTMLElement {
  const link = element('a', '', ...markParts(found.name, words));
  link.href = found.address;
  const facts = found.negative
    ? [found.source, found.sections]
    : [found.source, found.category, found.levels];
  const note = element('div', 'note', facts.filter((fact) => fact !== '').join(' · '));
  const row = element('li', '', element('div', 'name', link, note));
  if (!found.inForce) {
    const state = element('span', found.ended ? 'state ended' : 'state');
    if (found.ended) state.append(mark('fails'));
    state.append(found.state);
    row.append(state);
  }
  return row;
}

/** Links to the pages before and after; both stay where they are, so that a row of pages can be leafed through. */
export function pageLinks(state: ExplorerState, pages: number): (Node | string)[] {
  if (pages < 2) return [];
  const link = (page: number, id: string, word: string): HTMLElement => {
    const node = element('a', '', word);
    node.href = encodeAddress({ ...state, page });
    node.id = id;
    node.setAttribute('rel', id === 'page-next' ? 'next' : 'prev');
    return node;
  };
  const { page } = state;
  return [
    ...(page > 1 ? [link(page - 1, 'page-previous', say('上一页', 'Previous page'))] : []),
    element('span', '', say(`第 ${page} 页，共 ${pages} 页`, `Page ${page} of ${pages}`)),
    ...(page < pages ? [link(page + 1, 'page-next', say('下一页', 'Next page'))] : []),
  ];
}
