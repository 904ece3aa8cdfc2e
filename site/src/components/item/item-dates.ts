import { versionAt, type ListedVersion } from '@mandate/lists';
import { say } from '../../scripts/page/language.ts';

/** Goes to the version of a day; without it the form asks the comparison's page. */
class ItemDates extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.go(new FormData(event.currentTarget instanceof HTMLFormElement ? event.currentTarget : undefined));
    });
  }

  go(form: FormData): void {
    const day = form.get('on');
    if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day)) {
      this.say(say('请选一个日期。', 'Choose a day.'));
      return;
    }
    const kind = form.get('ask') === 'listed' ? 'listed' : 'in-force';
    const found = versionAt(shownVersions(), { kind, day });
    if (found) location.assign(found.href);
    else
      this.say(
        kind === 'listed'
          ? say('那一天它还没有列入清单。', 'It was not on the list that day.')
          : // Of a list that was first recorded later nobody here knows what was in force before.
            say('这里没有那一天生效的内容。', 'Nothing of that day is known here.'),
      );
  }

  say(words: string): void {
    const outcome = this.querySelector<HTMLElement>('.outcome');
    if (!outcome) return;
    outcome.textContent = words;
    outcome.hidden = false;
  }
}

/** The versions of the page's own history. */
function shownVersions(): (ListedVersion & { readonly href: string })[] {
  return [...document.querySelectorAll<HTMLElement>('[data-versions] > li')].map(({ dataset }) => ({
    index: Number(dataset['index']),
    effectiveDate: dataset['effective'] ?? '',
    time: dataset['time'] ?? '',
    blob: '',
    href: dataset['href'] ?? '',
  }));
}

customElements.define('item-dates', ItemDates);
