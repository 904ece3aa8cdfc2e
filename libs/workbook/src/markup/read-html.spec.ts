import { describe, expect, test } from '@jest/globals';
import { WORKBOOK_LIMITS } from '../limits.ts';
import { readHtml } from './read-html.ts';

const rowsOf = (page: string, sheet = 0): string[][] => {
  const grid = readHtml(page, WORKBOOK_LIMITS)[sheet];
  return Array.from({ length: grid?.rows ?? 0 }, (_, row) =>
    Array.from({ length: grid?.columns ?? 0 }, (_, column) => grid?.own(row, column) ?? ''),
  );
};
const cellOf = (html: string): string | undefined =>
  rowsOf(`<table><tr><td>${html}</td></tr></table>`)[0]?.[0];

describe('a table of a page', () => {
  test('has its spans as merged areas, and what follows stands beside them', () => {
    const page = `<table>
      <tr><th rowspan="2">序号</th><th colspan=2>事项</th></tr>
      <tr><th>名称<th>类型
      <tr><td rowspan='0'>1</td><td>甲<td>乙
      <tr><td>丙<td>丁</table>`;
    expect(rowsOf(page)).toEqual([
      ['序号', '事项', ''],
      ['', '名称', '类型'],
      ['1', '甲', '乙'],
      ['', '丙', '丁'],
    ]);
    const [grid] = readHtml(page, WORKBOOK_LIMITS);
    expect([grid?.text(1, 0), grid?.text(0, 2), grid?.text(3, 0)]).toEqual(['序号', '事项', '1']);
  });

  test.each([
    ['甲<br>乙<BR/>丙', '甲\n乙\n丙'],
    ['<p>甲</p><p>乙</p>', '甲\n乙'],
    ['甲\n  乙', '甲 乙'],
    ['a&amp;lt;b &lt;c&gt; &#20013;&#x6587; &ldquo;x&rdquo; &unknown;', 'a&lt;b <c> 中文 “x” &unknown;'],
    ['<b>甲</b><span style="a">乙</span><!-- 丙 --><script>丁 < 3</script>', '甲乙'],
    ['数量<5 且 a<b', '数量<5 且 a'],
    ['<a title="1 > 0">甲</a>', '甲'],
    ['甲<![if !supportEmptyParas]>&nbsp;<![endif]>', '甲'],
    ['<div><p>甲<br></p> <p>乙</p></div><div>丙<br><br>丁</div>', '甲\n乙\n丙\n\n丁'],
  ])('reads %j as a person sees it', (html, text) => {
    expect(cellOf(html)).toBe(text);
  });

  test('gives the digits that Excel keeps beside a number it shortens', () => {
    expect(rowsOf('<table><tr><td x:num="110117001000">1.10117E+11</td></table>')).toEqual([
      ['110117001000'],
    ]);
  });

  test('keeps its caption and the lines before it as titles', () => {
    const page =
      '<title>系统</title><h1>示例市示例局权责清单</h1><table><tr><td>序号</td><td>名称</td></tr></table>';
    expect(rowsOf(page)[0]).toEqual(['示例市示例局权责清单', '']);
  });

  test('hides the rows that no browser shows', () => {
    const page = '<table><tr><td>甲</td></tr><tr style="display: none"><td>乙</td></tr></table>';
    expect([...(readHtml(page, WORKBOOK_LIMITS)[0]?.hiddenRows ?? [])]).toEqual([1]);
  });

  test('in a layout is a sheet of its own, in a cell of a list it is words of that cell', () => {
    const list =
      '<table><tr><td>序号</td><td>材料</td></tr><tr><td>1</td><td>如下<table><tr><td>申请表</td><td>原件</td></tr><tr><td>身份证</td></tr></table></td></tr></table>';
    expect(rowsOf(`<table><tr><td>示例市示例局</td></tr><tr><td>${list}</td></tr></table>`)).toEqual([
      ['示例市示例局', ''],
      ['序号', '材料'],
      ['1', '如下\n申请表 原件\n身份证'],
    ]);
  });

  test('is named as Excel named its sheet', () => {
    const head =
      '<!--[if gte mso 9]><xml><x:ExcelWorksheet><x:Name>行政许可（1项）</x:Name></x:ExcelWorksheet></xml><![endif]-->';
    const [grid] = readHtml(
      `<html><head>${head}</head><table><tr><td>甲</td></tr></table></html>`,
      WORKBOOK_LIMITS,
    );
    expect(grid?.name).toBe('行政许可（1项）');
  });
});
