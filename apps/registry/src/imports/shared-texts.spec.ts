import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shareTexts } from './shared-texts.ts';

describe('texts of items that come from another process', () => {
  test('say the same when pieces of others are shared', () => {
    const word = fc.constantFrom(
      '甲',
      '受理责任：对申请人提交的材料进行审查。',
      '《示例法》第三十条、第三十四条、第三十五条',
      '',
    );
    const text = fc.array(word, { maxLength: 4 }).map((words) => words.join('\n'));
    const content = fc.record({
      basisText: text,
      bases: fc.array(fc.record({ text, articles: fc.array(text, { maxLength: 2 }) }), { maxLength: 3 }),
      levels: fc.array(fc.record({ dutiesText: text, duties: fc.array(fc.record({ text })) }), {
        maxLength: 2,
      }),
      state: fc.constant(undefined),
    });
    fc.assert(
      fc.property(fc.array(fc.record({ row: fc.nat(), content }), { maxLength: 3 }), (part) => {
        const message = { list: 'items', part };
        expect(shareTexts(structuredClone(message))).toEqual(message);
      }),
    );
  });

  test.each([
    [undefined],
    [null],
    ['甲'],
    [[]],
    [{ rest: { titles: ['甲'] } }],
    [{ list: 'cellErrors', part: [null, 1, { content: '甲' }] }],
  ])('are looked for in items alone: %j', (message) => {
    expect(shareTexts(structuredClone(message))).toEqual(message);
  });
});
