/** What is counted, each by itself. */
export type CounterKind = 'place' | 'pair' | 'account' | 'network' | 'told';

interface Rule {
  /** so many refusals cost nothing */
  readonly free: number;
  /** the delay doubles up to this */
  readonly capSeconds: number;
}

/**
 * `place`: one account from where it has signed in before. From anywhere else three counters hold, and the longest delay
 * counts: `pair`, one account from one network; `account`, one account from all of them, against a guesser who has many; and
 * `network`, all accounts from one network, against a guesser who tries one password on everybody.
 */
export const DELAY_RULES: Readonly<Record<Exclude<CounterKind, 'told'>, Rule>> = {
  place: { free: 5, capSeconds: 900 },
  pair: { free: 5, capSeconds: 900 },
  // NIST SP 800-63B-4, 3.2.2: not more than a hundred guesses; 20, and one an hour for the rest of a day.
  account: { free: 20, capSeconds: 3600 },
  // Behind one address may sit a whole bureau on its first morning.
  network: { free: 100, capSeconds: 900 },
};
const FIRST_SECONDS = 30;

/** How long the next has to wait after so many refusals; 0 for not at all. */
export function delaySeconds(kind: Exclude<CounterKind, 'told'>, failures: number): number {
  const { free, capSeconds } = DELAY_RULES[kind];
  return failures < free ? 0 : Math.min(capSeconds, FIRST_SECONDS * 2 ** Math.min(failures - free, 20));
}
