import { CATEGORY_CODES } from '@mandate/codes';
import { FACETS, type Choice, type Facet } from '@mandate/search';

/** What the explorer shows; all of it stands in the address. */
export interface ExplorerState {
  readonly q: string;
  readonly choice: Choice;
  /** search legal texts and duties too */
  readonly texts: boolean;
  /** from 1 */
  readonly page: number;
}

export const LONGEST_QUESTION = 100;
const MOST_PAGES = 1_000_000;

/** Anything may stand behind a question mark: what is not of the right form is left out. */
const FORMS: Readonly<Record<Facet, RegExp>> = {
  list: /^(authority|duty|negative)$/,
  category: new RegExp(`^(${CATEGORY_CODES.join('|')})$`),
  organ: /^[0-9A-Za-z-]{3,40}$/,
  region: /^\d{6}$/,
  level: /^[1-6]$/,
  state: /^(in-force|suspended|cancelled)$/,
  section: /^[A-T]$/,
};

/** @param search `location.search` */
export function parseAddress(search: string): ExplorerState {
  const query = new URLSearchParams(search);
  const choice: Partial<Record<Facet, string>> = {};
  for (const facet of FACETS) {
    const value = query.get(facet);
    if (value !== null && FORMS[facet].test(value)) choice[facet] = value;
  }
  const page = query.get('page') ?? '';
  return {
    q: Array.from(query.get('q') ?? '')
      .slice(0, LONGEST_QUESTION)
      .join(''),
    choice,
    texts: query.get('in') === 'text',
    page: /^[1-9]\d{0,5}$/.test(page) ? Math.min(Number(page), MOST_PAGES) : 1,
  };
}

export function encodeAddress({ q, choice, texts, page }: ExplorerState): string {
  const query = new URLSearchParams();
  if (q.trim() !== '') query.set('q', q.trim());
  for (const facet of FACETS) {
    const value = choice[facet];
    if (value !== undefined) query.set(facet, value);
  }
  if (texts) query.set('in', 'text');
  if (page > 1) query.set('page', String(page));
  const text = query.toString();
  return text === '' ? '/search/' : `/search/?${text}`;
}

/** The same search with one facet chosen, or let go. */
export function withChoice(state: ExplorerState, facet: Facet, value: string | undefined): ExplorerState {
  const { [facet]: _before, ...others } = state.choice;
  return { ...state, choice: value === undefined ? others : { ...others, [facet]: value }, page: 1 };
}
