import type { Arranged, Facet, Manifest } from '@mandate/search';
import { say } from '../../scripts/page/language.ts';
import { element } from '../../scripts/page/marks.ts';
import { encodeAddress, withChoice, type ExplorerState } from './address-state.ts';
import { facetWord, valueWord } from './facet-words.ts';

const ORDER: readonly Facet[] = ['list', 'category', 'region', 'organ', 'level', 'section', 'state'];
/** Values shown before «more». */
const FIRST = 8;
/** From here on values come by number of items, not by code. */
const BY_COUNT: ReadonlySet<Facet> = new Set<Facet>(['organ']);

/** All facets with their counts, each value a link to the same search with it chosen. */
export function facetSections(manifest: Manifest, state: ExplorerState, { counts }: Arranged): HTMLElement[] {
  return ORDER.flatMap((facet) => {
    const chosen = state.choice[facet];
    const own = sorted(facet, counts[facet], chosen);
    // One value alone tells nothing apart.
    if (own.length < 2 && chosen === undefined) return [];
    const heading = element('h2', '', facetWord(facet));
    heading.id = `facet-${facet}`;
    const row = ([value, count]: readonly [string, number]): HTMLElement =>
      valueRow(facet, value, count, manifest, state);
    const list = element('ul', 'facet-values', ...own.slice(0, FIRST).map(row));
    list.setAttribute('aria-labelledby', heading.id);
    const section = element('section', 'facet', heading, list);
    if (own.length > FIRST) section.append(more(own.slice(FIRST), row));
    return [section];
  });
}

/** What is chosen, each a link that lets it go. */
export function chosenLinks(manifest: Manifest, state: ExplorerState): HTMLElement[] {
  return ORDER.flatMap((facet) => {
    const value = state.choice[facet];
    if (value === undefined) return [];
    const word = valueWord(facet, value, manifest);
    const link = element('a', 'chip', `${word} `, element('span', '', '×'));
    link.lastElementChild?.setAttribute('aria-hidden', 'true');
    link.href = encodeAddress(withChoice(state, facet, undefined));
    link.id = `chosen-${facet}`;
    link.setAttribute(
      'aria-label',
      say(`不再限于${facetWord(facet)}：${word}`, `Remove ${facetWord(facet)}: ${word}`),
    );
    return [element('li', '', link)];
  });
}

function valueRow(
  facet: Facet,
  value: string,
  count: number,
  manifest: Manifest,
  state: ExplorerState,
): HTMLElement {
  const chosen = state.choice[facet] === value;
  const link = element('a', '', valueWord(facet, value, manifest));
  link.href = encodeAddress(withChoice(state, facet, chosen ? undefined : value));
  link.id = `${facet}-${value}`;
  if (chosen) link.setAttribute('aria-current', 'true');
  return element('li', '', link, ' ', element('span', 'count', count.toLocaleString('en')));
}

/** The rest is made when it is opened: a province has a thousand organs. */
function more(
  rest: readonly (readonly [string, number])[],
  row: (value: readonly [string, number]) => HTMLElement,
): HTMLElement {
  const details = element(
    'details',
    '',
    element('summary', '', say(`其余 ${rest.length} 个`, `${rest.length} more`)),
  );
  details.addEventListener('toggle', () => details.append(element('ul', 'facet-values', ...rest.map(row))), {
    once: true,
  });
  return details;
}

/** The chosen one first; then by code, or by number of items. */
function sorted(
  facet: Facet,
  counts: ReadonlyMap<string, number>,
  chosen: string | undefined,
): (readonly [string, number])[] {
  const own = new Map(counts);
  if (chosen !== undefined && !own.has(chosen)) own.set(chosen, 0);
  return [...own].sort(([a, x], [b, y]) => {
    if ((a === chosen) !== (b === chosen)) return a === chosen ? -1 : 1;
    if (BY_COUNT.has(facet) && x !== y) return y - x;
    return ORDERED.indexOf(a) - ORDERED.indexOf(b) || (a < b ? -1 : 1);
  });
}

/** Values whose codes do not sort as they are read. */
const ORDERED: readonly string[] = ['authority', 'duty', 'negative', 'in-force', 'suspended', 'cancelled'];
