const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** Whoever has been up this long did not fail because of how it began. */
const SETTLED_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface Restart {
  /** how long to wait before the next start */
  readonly delayMs: number;
  /** ends within the last hour, this one among them */
  readonly inLastHour: number;
}

/** How often one part has ended by itself, and how long the next start waits: twice as long each time, up to half a minute. */
export class RestartRecord {
  readonly #ends: number[] = [];
  #delayMs = FIRST_DELAY_MS;
  #lastReason: string | undefined;

  /** @param startedAt when it was last started, and @param now when it ended, both in ms since the epoch */
  ended(startedAt: number, now: number, reason: string): Restart {
    if (now - startedAt >= SETTLED_MS) this.#delayMs = FIRST_DELAY_MS;
    const delayMs = this.#delayMs;
    this.#delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    this.#ends.push(now);
    this.#lastReason = reason;
    return { delayMs, inLastHour: this.inLastHour(now) };
  }

  inLastHour(now: number): number {
    while (this.#ends[0] !== undefined && this.#ends[0] <= now - HOUR_MS) this.#ends.shift();
    return this.#ends.length;
  }

  /** the times of the last hour's ends, and why the last one ended, for whoever has to tell them later */
  get told(): { readonly ends: readonly number[]; readonly reason: string | undefined } {
    return { ends: this.#ends, reason: this.#lastReason };
  }
}
