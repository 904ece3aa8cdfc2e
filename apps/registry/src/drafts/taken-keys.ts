import { type Candidate, DraftError } from '@mandate/drafting';

/** Keys of the changes of one draft: of two that say what one key is to be, nobody could tell which holds. */
export class TakenKeys {
  readonly #taken = new Map<string, number>();

  /** @throws DraftError `key-taken` for the second change of one key */
  take({ register, key, number }: Pick<Candidate, 'register' | 'key' | 'number'>): void {
    if (key === undefined) return;
    const before = this.#taken.get(`${register}\n${key}`);
    if (before !== undefined)
      throw new DraftError(
        'key-taken',
        `${key} 在这份草稿中有两次（第 ${before.toString()} 项和第 ${number.toString()} 项），请合为一项。`,
        { key, changes: [before, number] },
      );
    this.#taken.set(`${register}\n${key}`, number);
  }
}
