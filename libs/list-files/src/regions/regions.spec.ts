import { describe, expect, test } from '@jest/globals';
import { findRegionPrefix } from './region-prefix.ts';
import { findTableRegion, tablePath, tableRegionsNamed } from './region-table.ts';

describe('the region a name begins with', () => {
  test.each([
    ['克拉玛依市独山子区教育局', '克拉玛依市独山子区', '4', '650202', '教育局'],
    ['克拉玛依市市场监督管理局', '克拉玛依市', '3', '650200', '市场监督管理局'],
    ['克拉玛依市克拉玛依区人民政府', '克拉玛依市克拉玛依区', '4', '650203', '人民政府'],
    ['新疆维吾尔自治区克拉玛依市财政局', '新疆维吾尔自治区克拉玛依市', '3', '650200', '财政局'],
    ['新疆维吾尔自治区农业农村厅', '新疆维吾尔自治区', '2', '650000', '农业农村厅'],
    ['昌吉回族自治州昌吉市民政局', '昌吉回族自治州昌吉市', '4', '652301', '民政局'],
    ['平顶山市叶县教育局', '平顶山市叶县', '4', '410422', '教育局'],
    ['北京市教育委员会', '北京市', '2', '110000', '教育委员会'],
    ['北京市朝阳区城市管理委员会', '北京市朝阳区', '3', '110105', '城市管理委员会'],
    ['上海市浦东新区审计局', '上海市浦东新区', '3', '310115', '审计局'],
    ['济源市水利局', '济源市', '4', '419001', '水利局'],
    ['示例市示例区示例镇人民政府', '示例市示例区示例镇', '5', undefined, '人民政府'],
    ['示例州示例市财政局', '示例州示例市', '4', undefined, '财政局'],
    ['示例市文化市场综合执法支队', '示例市', '3', undefined, '文化市场综合执法支队'],
    ['示例市公安局朝阳区分局', '示例市', '3', undefined, '公安局朝阳区分局'],
    ['示例市城乡规划局', '示例市', '3', undefined, '城乡规划局'],
    ['示例市乡村振兴局', '示例市', '3', undefined, '乡村振兴局'],
    ['示例市自然保护区管理局', '示例市', '3', undefined, '自然保护区管理局'],
    ['示例市高新技术产业开发区管理委员会', '示例市', '3', undefined, '高新技术产业开发区管理委员会'],
    ['示例县某某街道办事处', '示例县某某街道', '5', undefined, '办事处'],
  ])('%s', (name, region, level, code, rest) => {
    expect(findRegionPrefix(name)).toEqual({
      name: region,
      last: expect.any(String) as unknown,
      level,
      ...(code !== undefined && { code }),
      rest,
    });
  });

  test('has no code where several regions bear the name', () => {
    expect(tableRegionsNamed('朝阳区').length).toBeGreaterThan(1);
    expect(findRegionPrefix('朝阳区教育局')).not.toHaveProperty('code');
    expect(findRegionPrefix('长春市朝阳区教育局')).toMatchObject({ code: '220104', level: '4' });
  });

  test.each(['教育局', '市农业农村局', '国家税务总局', '', '区'])('is none in “%s”', (name) => {
    expect(findRegionPrefix(name)).toBeUndefined();
  });
});

test('a region of the table stands under those above it', () => {
  const region = findTableRegion('650202');
  expect(region && tablePath(region).map(({ code, name }) => [code, name])).toEqual([
    ['650000', '新疆维吾尔自治区'],
    ['650200', '克拉玛依市'],
    ['650202', '独山子区'],
  ]);
});
