import { describe, expect, test } from '@jest/globals';
import { utf8 } from '@mandate/encoding';
import { itemRow, listRows, makeWorkbook } from '../../../test/support/workbook.ts';
import { type AuthoritySource, doubtsByRow, readSourceFile } from './index.ts';

function readList(file: string, bytes: Uint8Array): AuthoritySource {
  const source = readSourceFile(file, bytes);
  if (source.register !== 'authority-item') throw new Error('not a list of powers');
  return source;
}
const told = ({ mended }: AuthoritySource) =>
  mended.map(({ code, row, column, message }) => [
    code,
    `${column ?? ''}${row.toString()}`,
    parseInt(message, 10),
  ]);

test('signs that look like others and signs that nobody sees are mended in a list and told once a kind', () => {
  const rows = [
    '序号,事项名称,权力类型,实施依据,行使主体,承办机构,责任事项内容,职权编码',
    '1,⾷品⽣产许可（样例）,⾏政许可,《中华⼈⺠共和国⾷品安全法》第三⼗五条,示例局,许可科,受理责任：甲,６５０１－Ａ',
    '２,特\u200b种\ufeff设备检验\u00ad核准,行政许可,《特种设备安全法》第五十条,示例局,特种科,受理责任：甲,6502',
    '3,"对示例行为\n的处罚",行政处罚,《示例法》第二条,示例局,法规科,受理责任：甲,6503',
  ];
  const list = readList('示例局权责清单.csv', utf8(rows.join('\r\n')));
  expect(list.items.map(({ name, category, serial }) => [serial, name, category])).toEqual([
    ['1', '食品生产许可（样例）', '01'],
    ['2', '特种设备检验核准', '01'],
    ['3', '对示例行为的处罚', '02'],
  ]);
  expect(list.items[0]?.content).toMatchObject({
    codes: { former: '6501-A' },
    basisText: '《中华人民共和国食品安全法》第三十五条',
    bases: [{ title: '中华人民共和国食品安全法', articles: ['第三十五条'] }],
  });
  expect(told(list)).toEqual([
    ['hidden-signs', 'B3', 1],
    ['look-alikes', 'B2', 3],
    ['full-width', 'H2', 2],
    ['name-lines', 'B4', 1],
  ]);
  // Whoever reviews reads again where something was taken out, not where ⾷ became 食.
  const doubts = doubtsByRow(list.sheets, list.items);
  expect(list.items.map((item) => doubts(item).map(({ code }) => code))).toEqual([[], ['hidden-signs'], []]);
});

test('three hundred cells with the same fault are one line, and each of their rows is doubtful', () => {
  const names = Array.from({ length: 100 }, (_, n) =>
    itemRow(n + 1, `第${(n + 1).toString()}类⾷品\u200b许可`),
  );
  const list = readList('a.xlsx', makeWorkbook([{ rows: listRows(names, '示例局权责清单') }]));
  expect(told(list).map(([code, , count]) => [code, count])).toEqual([
    ['hidden-signs', 300],
    ['look-alikes', 300],
  ]);
  expect(list.sheets.flatMap(({ warnings }) => warnings.map(({ code }) => code))).not.toContain(
    'hidden-signs',
  );
  const doubts = doubtsByRow(list.sheets, list.items);
  expect(list.items.every((item) => doubts(item).length === 1)).toBe(true);
});

describe('what nobody can mend', () => {
  test('a character that was lost stays where it was and is told', () => {
    const rows = listRows([itemRow(1, '食\ufffd生产许可')], '示例\ufffd局权责清单');
    const list = readList('a.xlsx', makeWorkbook([{ rows }]));
    expect(list.items.map(({ name }) => name)).toEqual(['食\ufffd生产许可']);
    expect(list.titles.join('')).not.toContain('\ufffd');
    expect(list.mended.map(({ code }) => code)).toEqual(['lost-signs']);
    expect(
      doubtsByRow(list.sheets, list.items)({ sheet: 'Sheet1', row: list.items[0]?.row ?? 0 }),
    ).toHaveLength(1);
  });

  test('an error in the name, the sub-item or the basis is not a blank: the item comes in with it', () => {
    const rows = [
      ['序号', '事项名称', '子项', '权力类型', '实施依据', '行使主体', '承办机构', '责任事项内容'],
      [1, '#REF!', undefined, '行政许可', '《甲法》第一条', '示例局', '法规科', '受理责任：甲'],
      [2, '乙许可', '#N/A', '行政许可', '#NAME?', '示例局', '法规科', '受理责任：甲'],
    ];
    const list = readList('a.xlsx', makeWorkbook([{ rows, errors: ['B2', 'C3', 'E3'] }]));
    expect(list.items.map(({ name, content }) => ({ name, content }))).toMatchObject([
      { name: '#REF!' },
      { name: '乙许可', content: { basisText: '#NAME?', subItems: [{ name: '#N/A' }] } },
    ]);
    expect(
      list.sheets.flatMap(({ warnings }) => warnings.filter(({ code }) => code === 'error-cell')),
    ).toHaveLength(3);
    const doubts = doubtsByRow(list.sheets, list.items);
    expect(list.items.map((item) => doubts(item).map(({ code }) => code))).toEqual([
      ['error-cell'],
      ['error-cell', 'error-cell'],
    ]);
  });
});
