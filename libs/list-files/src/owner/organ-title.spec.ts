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
  ])('%s is the list of %s', (title, name) => {
    expect(findOrganInTitle(title)?.name).toBe(name);
  });

  test.each(['住房和城乡建设系统区地县三级权责清单指导目录', '附件', '权责清单', '汇总表.xlsx', ''])(
    'finds no organ in “%s”',
    (title) => {
      expect(findOrganInTitle(title)).toBeUndefined();
    },
  );

  test('tells the region, also where the organ begins with the same character', () => {
    expect(describeOrgan('示例市市场监督管理局')).toEqual({
      name: '示例市市场监督管理局',
      regionName: '示例市',
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
});
