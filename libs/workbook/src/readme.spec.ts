import { expect, test } from '@jest/globals';
import { encodeWorkbook, readWorkbook } from './index.ts';

test('the example of the README says what it prints', () => {
  const bytes = encodeWorkbook(
    [
      {
        name: '事项',
        rows: [
          ['序号', '事项名称'],
          ['1', '=1+1'],
        ],
      },
    ],
    'form',
  );
  const [sheet] = readWorkbook(bytes);
  expect(sheet?.text(1, 1)).toBe('=1+1');
});
