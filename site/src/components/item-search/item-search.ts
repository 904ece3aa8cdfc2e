import { element } from '../../scripts/page/marks.ts';
import { searchItems, type Found, type Query } from '../../scripts/search/index-client.ts';
import { markParts } from '../../scripts/search/mark-parts.ts';

const BATCH = 20;
const TYPING_PAUSE_MS = 250;

/** The search page: answers while a person types, keeps the address in step, says when it cannot. */
class ItemSearch extends HTMLElement {
  /** grows with each search: an answer that comes late must not overwrite a newer one */
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const form = this.piece('form', HTMLFormElement);
    this.piece('[data-filters]', HTMLElement).hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      history.pushState(null, '', this.address());
      void this.search();
    });
    form.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        history.replaceState(null, '', this.address());
        void this.search();
      }, TYPING_PAUSE_MS);
    });
    addEventListener('popstate', () => this.readAddress());
    this.readAddress();
  }

  readAddress(): void {
    const query = new URLSearchParams(location.search);
    for (const name of ['q', 'organ', 'category']) this.field(name).value = query.get(name) ?? '';
    // A filter of an older address may name an organ that is not there any more.
    for (const name of ['organ', 'category']) if (this.field(name).value === '') this.field(name).value = '';
    void this.search();
  }

  async search(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const query = this.query();
    if (query.text.trim() === '' && query.organ === '' && query.category === '') {
      this.show('输入事项名称里的几个字就行，例如“食品经营”“行政处罚”。', []);
      return;
    }
    const waiting = setTimeout(() => this.say('正在搜索……'), 200);
    try {
      const found = await searchItems(query);
      if (turn === this.#turn) await this.showFound(found, query, turn);
    } catch {
      if (turn === this.#turn) this.showFailure();
    } finally {
      clearTimeout(waiting);
    }
  }

  async showFound(found: Found, query: Query, turn: number): Promise<void> {
    const { total } = found;
    if (total === 0) {
      this.show('没有找到。', []);
      this.piece('[data-status]', HTMLElement).append(
        ' 可以少输几个字、换一个说法，或者',
        link('/organs/', '按部门查'),
        '、',
        link('/categories/', '按权力类型查'),
        '。清单上没有的事项，部门无权去做。',
      );
      return;
    }
    const rows = await this.rows(found, 0, query.text);
    if (turn !== this.#turn) return;
    this.show(`找到 ${total} 项。`, rows);
    const list = this.listNamed(query.text.trim());
    if (list) this.piece('[data-status]', HTMLElement).append('您也可以看完整的', list, '清单。');
    this.offerMore(found, BATCH, query.text);
  }

  /** Who types the name of a category or an organ wants its list. */
  listNamed(name: string): HTMLAnchorElement | undefined {
    const option = [...this.querySelectorAll('option')].find(({ value }) => value !== '' && value === name);
    const address = option?.dataset['address'];
    return address === undefined ? undefined : link(address, name);
  }

  offerMore(found: Found, from: number, text: string): void {
    const more = this.piece('[data-more]', HTMLButtonElement);
    more.hidden = from >= found.total;
    more.onclick = async () => {
      const rows = await this.rows(found, from, text);
      this.piece('[data-results]', HTMLElement).append(...rows);
      rows[0]?.querySelector('a')?.focus();
      this.offerMore(found, from + BATCH, text);
    };
  }

  async rows(found: Found, from: number, text: string): Promise<HTMLElement[]> {
    const items = await found.read(from, from + BATCH);
    return items.map(({ address, name, organ, category, state }) => {
      const title = element('a', '', ...markParts(name, text));
      title.href = address;
      const note = element('div', 'note', `${organ} · ${category}`);
      const ended = state === '在用' ? '' : `已${state}`;
      return element('li', '', element('div', 'name', title, note), element('span', 'note', ended));
    });
  }

  showFailure(): void {
    this.show('搜索没能完成：可能断网了，或者网站正在更新。请稍后再试，也可以', []);
    this.piece('[data-status]', HTMLElement).append(link('/organs/', '按部门查'), '。');
  }

  show(text: string, rows: readonly HTMLElement[]): void {
    const results = this.piece('[data-results]', HTMLElement);
    results.replaceChildren(...rows);
    results.hidden = rows.length === 0;
    this.piece('[data-more]', HTMLElement).hidden = true;
    this.say(text);
  }

  say(text: string): void {
    this.piece('[data-status]', HTMLElement).textContent = text;
  }

  query(): Query {
    return {
      text: this.field('q').value,
      organ: this.field('organ').value,
      category: this.field('category').value,
    };
  }

  address(): string {
    const { text, organ, category } = this.query();
    const given = Object.entries({ q: text.trim(), organ, category }).filter(([, value]) => value !== '');
    return given.length === 0 ? '/search/' : `/search/?${new URLSearchParams(given).toString()}`;
  }

  field(name: string): HTMLInputElement | HTMLSelectElement {
    const node = this.querySelector(`#${name}`);
    if (node instanceof HTMLInputElement || node instanceof HTMLSelectElement) return node;
    throw new Error(`no field ${name}`);
  }

  piece<T extends HTMLElement>(selector: string, kind: new () => T): T {
    const node = this.querySelector(selector);
    if (node instanceof kind) return node;
    throw new Error(`no ${selector}`);
  }
}

function link(href: string, text: string): HTMLAnchorElement {
  const node = element('a', '', text);
  node.href = href;
  return node;
}

customElements.define('item-search', ItemSearch);
