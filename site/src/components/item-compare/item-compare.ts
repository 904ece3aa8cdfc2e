import { versionAt } from '@mandate/lists';
import { findItemAddress } from '@mandate/published';
import { onLanguage, say } from '../../scripts/page/language.ts';
import { element } from '../../scripts/page/marks.ts';
import { formatDay } from '../../text/format.ts';
import {
  encodeQuery,
  encodeWhen,
  parseQuery,
  parseWhen,
  type CompareQuery,
  type Subject,
} from './compare-query.ts';
import { compareSubject, versionWords } from './compare-subject.ts';
import { findItem, readEditions } from './published-lists.ts';
import { explain } from './show-error.ts';

const BY_DAY = 'day';

/** Two states of an item or a list, from published files alone; the address bar says which. */
class ItemCompare extends HTMLElement {
  /** Of several answers under way only the last asked counts. */
  #asked = 0;

  connectedCallback(): void {
    this.hidden = false;
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      history.pushState(null, '', encodeQuery(this.readForm()));
      void this.run();
    });
    this.subject.addEventListener('change', () => void this.offerTimes());
    for (const select of this.whens) select.addEventListener('change', () => this.showDays());
    addEventListener('popstate', () => void this.start());
    onLanguage(() => void this.run());
    void this.start();
  }

  async start(): Promise<void> {
    const query = parseQuery(location.search);
    this.fill(query);
    await this.offerTimes(query);
    await this.run();
  }

  async run(): Promise<void> {
    const asked = ++this.#asked;
    const query = parseQuery(location.search);
    const { subject, from, to, ask, on } = query;
    if (subject?.kind === 'item' && on !== undefined) return this.goTo(subject.key, query);
    if (!subject || !from || !to) {
      this.show(
        element(
          'p',
          'nothing',
          say(
            '选好对比什么、从哪一天到哪一天，再按“对比”。',
            'Choose what to compare, from when to when, and press “Compare”.',
          ),
        ),
      );
      return;
    }
    this.show(element('p', 'muted', say('正在取清单数据……', 'Reading the lists …')));
    this.querySelector('[data-result]')?.setAttribute('aria-busy', 'true');
    let shown: HTMLElement[];
    try {
      shown = await compareSubject({ subject, from, to, ask }, this.organs);
    } catch (error) {
      shown = [explain(error)];
    }
    if (asked === this.#asked) this.show(...shown);
  }

  /** The day a reader asked for on an item's page. */
  async goTo(key: string, { on = '', ask }: CompareQuery): Promise<void> {
    try {
      const item = await findItem(key);
      const version = item && versionAt(item.versions, { kind: ask, day: on });
      if (version) location.replace(`${findItemAddress(key) ?? ''}#entry-${version.index}`);
      else
        this.show(
          element(
            'p',
            'nothing',
            item?.versions[0]?.kind === 'recorded'
              ? say(`${formatDay(on)}的清单没有收录在这里。`, 'The list of that day was not recorded here.')
              : say(`${formatDay(on)}它还没有列入清单。`, 'It was not on the list that day.'),
          ),
        );
    } catch (error) {
      this.show(explain(error));
    }
  }

  readForm(): Omit<CompareQuery, 'on'> {
    const data = new FormData(this.form);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    const when = (name: 'from' | 'to') => {
      const chosen = text(`${name}-by`);
      return parseWhen(chosen === '' || chosen === BY_DAY ? text(name) : chosen);
    };
    return {
      subject: this.chosen(),
      from: when('from'),
      to: when('to'),
      ask: data.get('ask') === 'listed' ? 'listed' : 'in-force',
    };
  }

  chosen(): Subject | undefined {
    return parseQuery(`?${this.subject.value}`).subject;
  }

  /** The form says what the address bar says. */
  fill({ subject, from, to, ask }: CompareQuery): void {
    const value = subject
      ? encodeQuery({ subject, from: undefined, to: undefined, ask: 'in-force' }).slice(1)
      : '';
    if (value !== '' && ![...this.subject.options].some((option) => option.value === value)) {
      const words = subject?.kind === 'item' ? say('一个事项', 'One item') : say('一份清单', 'One list');
      this.subject.add(new Option(`${words} ${subject && 'key' in subject ? subject.key : ''}`, value));
    }
    this.subject.value = value;
    for (const [name, when] of [['from', from] as const, ['to', to] as const]) {
      const input = this.form.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = when?.kind === 'day' ? when.day : '';
    }
    for (const radio of this.form.querySelectorAll<HTMLInputElement>('[name="ask"]'))
      radio.checked = radio.value === ask;
  }

  /** Editions of the list, or versions of the item, beside the days. */
  async offerTimes({ from, to } = this.readForm()): Promise<void> {
    const offered = await this.timesOf(this.chosen()).catch(() => []);
    [from, to].forEach((when, n) => {
      const select = this.whens[n];
      if (!select) return;
      const value = when && when.kind !== 'day' ? encodeWhen(when) : BY_DAY;
      select.replaceChildren(
        new Option(say('按日期', 'a day'), BY_DAY),
        ...offered.map(([words, one]) => new Option(words, one)),
      );
      if (![...select.options].some((option) => option.value === value))
        select.add(new Option(value.slice(1), value));
      select.value = value;
      select.hidden = select.options.length < 2;
    });
    this.showDays();
  }

  async timesOf(subject: Subject | undefined): Promise<[words: string, value: string][]> {
    if (subject?.kind === 'item') {
      const item = await findItem(subject.key);
      return (item?.versions ?? []).map((version) => [
        versionWords(version),
        encodeWhen({ kind: 'entry', index: version.index }),
      ]);
    }
    if (subject?.kind !== 'organ' && subject?.kind !== 'negative') return [];
    const editions = await readEditions(subject.key);
    return editions.map(({ edition: { name, number } }) => [name, encodeWhen({ kind: 'edition', number })]);
  }

  showDays(): void {
    for (const select of this.whens) {
      const input = this.form.elements.namedItem(select.name.replace('-by', ''));
      if (input instanceof HTMLInputElement) {
        input.hidden = select.value !== BY_DAY;
        input.required = !input.hidden;
      }
    }
    const ask = this.form.querySelector<HTMLElement>('.choices');
    if (ask) ask.hidden = this.whens.every(({ value }) => value !== BY_DAY);
  }

  show(...content: HTMLElement[]): void {
    const result = this.querySelector('[data-result]');
    result?.removeAttribute('aria-busy');
    result?.replaceChildren(...content);
    // Said aloud: what it is, not all of it.
    const status = this.querySelector('[data-status]');
    if (status) status.textContent = content[0]?.textContent ?? '';
  }

  get form(): HTMLFormElement {
    return this.find('form', HTMLFormElement);
  }

  get subject(): HTMLSelectElement {
    return this.find('select[name="subject"]', HTMLSelectElement);
  }

  get whens(): HTMLSelectElement[] {
    return ['from-by', 'to-by'].map((name) => this.find(`select[name="${name}"]`, HTMLSelectElement));
  }

  get organs(): ReadonlyMap<string, string> {
    const options = [...this.querySelectorAll<HTMLOptionElement>('option[data-organ]')];
    return new Map(options.map((option) => [option.dataset['organ'] ?? '', option.text]));
  }

  /** A part of the page's own markup. */
  find<T extends Element>(selector: string, type: new () => T): T {
    const found = this.querySelector(selector);
    if (!(found instanceof type)) throw new Error(`no ${selector}`);
    return found;
  }
}

customElements.define('item-compare', ItemCompare);
