import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { describeOrgan, findOrganInTitle, lacksRegion, withRegion } from './organ-title.ts';

describe('the organ of a list', () => {
  test.each([
    ['附件：示例市财政局2025年权责清单 (1).xlsx', '示例市财政局'],
    ['2025年示例市统计局权责清单', '示例市统计局'],
    ['示例市文化体育广播电视和旅游局2024年权责清单.xls', '示例市文化体育广播电视和旅游局'],
    ['示例市市场监督管理局权责清单', '示例市市场监督管理局'],
    ['附件1.示例省示例市示例区教育局权力和责任清单（2023年版）', '示例省示例市示例区教育局'],
    ['2024年市农业农村局权责清单.xls', '市农业农村局'],
    ['国家示例局权力清单', '国家示例局'],
    ['示例市城市管理综合执法局行政执法事项清单', '示例市城市管理综合执法局'],
    ['示例省食品药品监督管理局随机抽查事项清单.xlsx', '示例省食品药品监督管理局'],
    ['示例市教育局2025年行政许可事项清单', '示例市教育局'],
    ['示例市残疾人联合会公共服务事项目录（2025年版）', '示例市残疾人联合会'],
    ['示例市民政局行政处罚裁量基准', '示例市民政局'],
    ['示例市人民政府办公室权责清单', '示例市人民政府办公室'],
  ])('%s is the list of %s', (title, name) => {
    expect(findOrganInTitle(title)?.name).toBe(name);
  });

  test.each([
    '住房和城乡建设系统区地县三级权责清单指导目录',
    '附件',
    '权责清单',
    '汇总表.xlsx',
    '',
    '示例市行政许可事项清单（2025年版）',
    '示例市市级部门行政许可事项清单',
  ])('finds no organ in “%s”', (title) => {
    expect(findOrganInTitle(title)).toBeUndefined();
  });

  test('tells the region, also where the organ begins with the same character', () => {
    expect(describeOrgan('示例市市场监督管理局')).toEqual({
      name: '示例市市场监督管理局',
      regionName: '示例市',
      level: '3',
      shortName: '市市场监督管理局',
    });
    for (const name of ['城市管理局', '住房和城乡建设局', '城镇建设局', '社区管理局', '人力资源和社会保障局'])
      expect(describeOrgan(`示例市${name}`).regionName).toBe('示例市');
    expect(describeOrgan('示例市示例区示例镇人民政府').regionName).toBe('示例市示例区示例镇');
  });

  test('a name every city has lacks its region, and takes one', () => {
    const organ = { name: '市农业农村局' };
    expect(lacksRegion(organ)).toBe(true);
    expect(withRegion(organ, '示例市')).toEqual(describeOrgan('示例市农业农村局'));
    expect(lacksRegion({ name: '国家示例局' })).toBe(false);
  });

  test('never throws, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const organ = findOrganInTitle(`${title}局权责清单`);
        expect(organ === undefined || organ.name.endsWith('局')).toBe(true);
      }),
    );
  });

  test.each([
    ['克拉玛依市独山子区教育局', '克拉玛依市独山子区', '650202', '4'],
    ['新疆维吾尔自治区农业农村厅', '新疆维吾尔自治区', '650000', '2'],
    ['北京市教育委员会', '北京市', '110000', '2'],
    ['北京市朝阳区城市管理委员会', '北京市朝阳区', '110105', '3'],
    ['昌吉回族自治州昌吉市民政局', '昌吉回族自治州昌吉市', '652301', '4'],
    ['示例县某某镇人民政府', '示例县某某镇', undefined, '5'],
    ['克拉玛依市高新技术产业开发区管理委员会', '克拉玛依市', '650200', '4'],
    ['示例省示例新区管理委员会', '示例省', undefined, '3'],
    ['自治区农业农村厅', undefined, undefined, '2'],
    ['县教育局', undefined, undefined, '4'],
    // A city of a prefecture or one of a province: the word alone does not say it.
    ['市教育局', undefined, undefined, undefined],
    ['教育部', undefined, undefined, '1'],
    ['国家税务总局', undefined, undefined, '1'],
    ['市委宣传部', undefined, undefined, undefined],
    ['教育局', undefined, undefined, undefined],
  ])(
    '%s is of its region, code and level as far as the name says them',
    (name, regionName, region, level) => {
      const organ = describeOrgan(name);
      expect([organ.regionName, organ.region, organ.level]).toEqual([regionName, region, level]);
    },
  );
});
