import { expect, test } from '@jest/globals';
import { encodeAuthorityTemplate, readSourceFile } from './index.ts';

test('the example of the README says what it prints', () => {
  const template = encodeAuthorityTemplate('xlsx', { key: 'o-x', name: '示例市财政局' }, []);
  const source = readSourceFile('财政局.xlsx', template);
  expect([source.register, source.owner.name, source.items.length]).toEqual([
    'authority-item',
    '示例市财政局',
    0,
  ]);
  expect(source.cellErrors).toEqual([]);
});
