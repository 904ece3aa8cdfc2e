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
    const versions = shownVersions();
    const found = versionAt(versions, { kind, day });
    if (found) location.assign(found.href);
    else if (kind === 'in-force' && versions.some(({ isRecorded }) => isRecorded))
      this.say(
        say(
          '那一天的清单没有收录在这里，不等于那时没有这项权力。',
          'The list of that day was not recorded here; that does not mean there was no such power.',
        ),
      );
    else
      this.say(
        kind === 'listed'
          ? say('那一天它还没有列入清单。', 'It was not on the list that day.')
          : say('那一天它还没有生效。', 'It was not in force that day.'),
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
function shownVersions(): (ListedVersion & { readonly href: string; readonly isRecorded: boolean })[] {
  return [...document.querySelectorAll<HTMLElement>('[data-versions] > li')].map(({ dataset }) => ({
    index: Number(dataset['index']),
    effectiveDate: dataset['effective'] ?? '',
    time: dataset['time'] ?? '',
    blob: '',
    href: dataset['href'] ?? '',
    isRecorded: dataset['recorded'] !== undefined,
  }));
}

customElements.define('item-dates', ItemDates);
