/** Of which time a list is read: what it said at an instant, what was in force on a day, or both; else what it says now. */
export interface Moment {
  /** entries that the registry had taken in by then */
  readonly asOf?: Date | undefined;
  /** `YYYY-MM-DD`; entries that had taken effect by then */
  readonly inForceOn?: string | undefined;
}

/** Conditions and values of one statement. */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #texts: string[] = [];

  /** @param text with `?` for the value */
  add(text: string, value: unknown): this {
    this.#texts.push(text.replaceAll('?', this.bind(value)));
    return this;
  }

  /** @param text with placeholders of `bind` */
  raw(text: string): this {
    this.#texts.push(text);
    return this;
  }

  /** @returns the value's placeholder */
  bind(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get text(): string {
    return this.#texts.join(' AND ');
  }
}

/** Adds that the version `v` is the one that counts for its key at the moment: its newest without one. */
export function addMoment(conditions: Conditions, { asOf, inForceOn }: Moment): void {
  if (asOf === undefined && inForceOn === undefined) {
    conditions.raw('v.newest');
    return;
  }
  const bounds: string[] = [];
  if (asOf !== undefined) bounds.push(`@.listed_at <= ${conditions.bind(asOf)}`);
  if (inForceOn !== undefined) bounds.push(`@.effective_date <= ${conditions.bind(inForceOn)}`);
  const of = (alias: string): string => bounds.join(' AND ').replaceAll('@', alias);
  const order = inForceOn === undefined ? 'w.entry_id DESC' : 'w.effective_date DESC, w.entry_id DESC';
  conditions.raw(of('v'));
  // Asked of each version in turn, in order of the keys, until the page is full.
  conditions.raw(
    `v.entry_id = (SELECT w.entry_id FROM list_version w
       WHERE w.register = v.register AND w.key = v.key AND ${of('w')} ORDER BY ${order} LIMIT 1)`,
  );
}
