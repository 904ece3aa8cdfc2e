import { describe, expect, test } from '@jest/globals';
import { LEVELS } from '@mandate/lists';
import { FACETS, LEVEL_DIGITS } from '@mandate/search';
import fc from 'fast-check';
import { encodeAddress, parseAddress, withChoice } from './address-state.ts';
import { LEVEL_WORDS } from './facet-words.ts';

describe('the address', () => {
  test('holds the whole state, whatever it is', () => {
    const state = {
      q: '食品 & <经营> #?',
      choice: { organ: 'o-abcdefghijklmnop', level: '3', state: 'in-force', list: 'duty' },
      texts: true,
      page: 7,
    };
    expect(parseAddress(encodeAddress(state).slice('/search/'.length))).toEqual(state);
    expect(encodeAddress({ q: ' ', choice: {}, texts: false, page: 1 })).toBe('/search/');
  });

  test('may say anything: what makes no sense is left out, and what is kept stays', () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('../..', '__proto__', '%', '<svg onload=1>', '-1', '1e9', '01'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('q', 'page', 'in', ...FACETS), value)), (pairs) => {
        const state = parseAddress(`?${new URLSearchParams(pairs).toString()}`);
        expect(state.page).toBeGreaterThanOrEqual(1);
        const again = parseAddress(encodeAddress(state).slice('/search/'.length));
        expect(again).toEqual({ ...state, q: state.q.trim() });
      }),
    );
    fc.assert(fc.property(fc.string(), (search) => void parseAddress(search)));
  });

  test('choosing begins at the first page; letting go leaves the others', () => {
    const state = parseAddress('?q=a&level=3&state=cancelled&page=4');
    expect(withChoice(state, 'level', undefined)).toEqual({
      q: 'a',
      choice: { state: 'cancelled' },
      texts: false,
      page: 1,
    });
  });
});

test('the levels are those of the lists, and are called what the lists call them', () => {
  expect(LEVEL_WORDS).toEqual(LEVELS);
  expect(LEVEL_DIGITS).toEqual(Object.keys(LEVELS));
});
