import { encodeAddress, parseAddress, type ExplorerState } from './address-state.ts';
import { loadFile } from './load-file.ts';
import { onLanguage, say } from '../../scripts/page/language.ts';
import { element } from '../../scripts/page/marks.ts';
import { Explorer, type Shown } from './explorer.ts';
import { chosenLinks, facetSections } from './facet-view.ts';
import { pageLinks, resultRow } from './result-view.ts';
import { notesOf, statusOf } from './status-words.ts';
import { offerTakeAway } from './take-away-view.ts';

/** Keys come faster than answers: one moment without a key is enough. */
const TYPING_PAUSE_MS = 20;
/** An answer that comes at once needs no word that it is coming. */
const PATIENCE_MS = 300;

/** The explorer: lists and searches everything, answers while a person types, keeps the address in step. */
class ItemSearch extends HTMLElement {
  readonly #explorer = new Explorer(loadFile);
  /** of the search that runs; a newer one ends it */
  #running = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown: Shown | undefined;

  connectedCallback(): void {
    const form = this.#piece('form', HTMLFormElement);
    this.#piece('[data-explorer]', HTMLElement).hidden = false;
    // On a wide screen there is room for them.
    this.#piece('[data-facets]', HTMLDetailsElement).open = matchMedia('(min-width: 56rem)').matches;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#go({ ...this.#typed(), page: 1 }, 'push');
    });
    const typed = (): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#go({ ...this.#typed(), page: 1 }, 'replace'), TYPING_PAUSE_MS);
    };
    form.addEventListener('input', (event) => {
      // Half a syllable in an input method is no question yet.
      if (!(event instanceof InputEvent && event.isComposing)) typed();
    });
    form.addEventListener('compositionend', typed);
    this.addEventListener('click', (event) => this.#follow(event));
    addEventListener('popstate', () => this.#read());
    onLanguage(() => {
      if (this.#shown) this.#draw(this.#shown, true);
    });
    this.#read();
  }

  #read(): void {
    const state = parseAddress(location.search);
    this.#field().value = state.q;
    void this.#search(state);
  }

  #typed(): ExplorerState {
    return { ...parseAddress(location.search), q: this.#field().value };
  }

  #go(state: ExplorerState, how: 'push' | 'replace'): void {
    clearTimeout(this.#timer);
    const address = encodeAddress(state);
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    void this.#search(parseAddress(location.search));
  }

  /** Links of the explorer to itself need no new page; all others, and whoever wants a new window, get one. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.origin !== location.origin || link.pathname !== '/search/') return;
    event.preventDefault();
    const state = parseAddress(link.search);
    this.#field().value = state.q;
    this.#go(state, 'push');
    if (link.closest('[data-pages]')) this.#piece('[data-status]', HTMLElement).focus();
  }

  async #search(state: ExplorerState): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    const waiting = setTimeout(() => this.#say(say('正在查找……', 'Searching…')), PATIENCE_MS);
    try {
      for await (const shown of this.#explorer.show(state, signal)) {
        if (signal.aborted) return;
        this.#draw(shown, shown.answer.final);
      }
    } catch {
      // Given up for a newer one, which draws its own.
      if (!signal.aborted) this.#drawFailure(state);
    } finally {
      clearTimeout(waiting);
    }
  }

  #draw(shown: Shown, final: boolean): void {
    this.#shown = shown;
    const { state, index, arranged, rows, pages, words } = shown;
    const results = this.#piece('[data-results]', HTMLElement);
    results.replaceChildren(...rows.map((row) => resultRow(row, words)));
    results.hidden = rows.length === 0;
    results.setAttribute('start', String((state.page - 1) * 20 + 1));
    // The rest waits for the last answer: counts that jump are read by nobody.
    if (!final) return;
    this.#keepingFocus(() => {
      this.#fill('[data-facet-values]', facetSections(index.manifest, state, arranged));
      this.#fill('[data-chosen]', chosenLinks(index.manifest, state));
      this.#fill('[data-pages]', pageLinks(state, pages));
    });
    this.#fill('[data-notes]', notesOf(shown));
    this.#fill('[data-take-away]', offerTakeAway(shown));
    this.#say(statusOf(shown));
  }

  #drawFailure(state: ExplorerState): void {
    this.#shown = undefined;
    for (const place of ['[data-results]', '[data-facet-values]', '[data-chosen]', '[data-pages]']) {
      this.#fill(place, []);
    }
    this.#fill('[data-take-away]', []);
    const again = element('button', 'button plain', say('再试一次', 'Try again'));
    again.type = 'button';
    again.addEventListener('click', () => void this.#search(state));
    const lists = element('a', '', say('按部门查', 'Browse by organ'));
    lists.href = '/organs/';
    this.#fill('[data-notes]', [element('p', 'stack-row', again, ' ', lists)]);
    this.#say(
      say(
        '查找没能完成：可能断网了，或者网站正在更新。',
        'The search could not be completed: you may be offline, or the site is being updated.',
      ),
    );
  }

  /** A link that was just followed is drawn anew: whoever came by keyboard stays on it. */
  #keepingFocus(redraw: () => void): void {
    const { activeElement } = document;
    const id = activeElement !== null && this.contains(activeElement) ? activeElement.id : '';
    redraw();
    if (id === '' || document.activeElement?.id === id) return;
    const again = document.getElementById(id);
    if (again && this.contains(again)) again.focus();
    else this.#piece('[data-status]', HTMLElement).focus();
  }

  #fill(selector: string, children: readonly (Node | string)[]): void {
    const place = this.#piece(selector, HTMLElement);
    place.replaceChildren(...children);
    place.hidden = children.length === 0;
  }

  #say(text: string): void {
    const status = this.#piece('[data-status]', HTMLElement);
    if (status.textContent !== text) status.textContent = text;
  }

  #field(): HTMLInputElement {
    return this.#piece('#q', HTMLInputElement);
  }

  #piece<T extends HTMLElement>(selector: string, kind: new () => T): T {
    const node = this.querySelector(selector);
    if (node instanceof kind) return node;
    throw new Error(`no ${selector}`);
  }
}

customElements.define('item-search', ItemSearch);
