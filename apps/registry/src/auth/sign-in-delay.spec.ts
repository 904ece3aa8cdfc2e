import { expect, test } from '@jest/globals';
import { DELAY_RULES, delaySeconds } from './sign-in-delay.ts';

test('the first mistakes cost nothing, then each doubles the delay up to its cap', () => {
  const delays = Array.from({ length: 12 }, (_, failures) => delaySeconds('pair', failures));
  expect(delays).toEqual([0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
});

test('one account is guessed at less than a hundred times a day from all unknown places together', () => {
  let [seconds, guesses] = [0, 0];
  while (seconds < 86_400) {
    guesses += 1;
    seconds += delaySeconds('account', guesses);
  }
  expect(guesses).toBeLessThan(100);
});

test.each(['place', 'pair', 'account', 'network'] as const)(
  'the delay of %s has an end after any number',
  (kind) => {
    expect(delaySeconds(kind, 2_000_000_000)).toBe(DELAY_RULES[kind].capSeconds);
  },
);
