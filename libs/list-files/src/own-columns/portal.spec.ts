import { describe, expect, test } from '@jest/globals';
import { makeWorkbook } from '../../../../test/support/workbook.ts';
import { readSourceFile } from '../read-source-file.ts';
import { readService, splitList } from './service-words.ts';

/** The columns of the older portal’s export, and what one row of it says. */
const ROW: Readonly<Record<string, string | number>> = {
  序号: 1,
  项目: '食品经营许可',
  职权类型: '行政许可',
  职权编码: '650200-XK-0012（试行）',
  实施依据: '《食品安全法》第三十五条',
  实施对象: '自然人、企业法人',
  申请条件: '有固定场所。',
  申请材料: '1.申请书；2.身份证复印件；3.场所证明。',
  承办机构: '许可科',
  公开类型: '向社会公开',
  办理数量: 12,
  '法定期限（天/日）': 20,
  '承诺期限（天/日）': 10,
  '收费（征收）依据和标准': '不收费',
  责任事项: '1.受理责任：公示材料。',
  责任主体: '示例市市场监督管理局',
  责任事项的依据: '《行政许可法》第三十条',
  追责情形: '1.违法受理的。',
  诉求渠道: '12345',
  状态: '在用',
  录入人: '张示例',
  录入时间: '2019-01-02',
  审核人: '李示例',
  运行流程图: '附件',
  廉政风险点: '高',
  备注: '无',
};

function read(row: Readonly<Record<string, string | number>>) {
  const source = readSourceFile(
    '示例市市场监督管理局权责清单.xlsx',
    makeWorkbook([{ rows: [Object.keys(row), Object.values(row)] }]),
  );
  if (source.register !== 'authority-item') throw new Error('no list of powers');
  return source;
}

describe('an export of the older portal', () => {
  test('says what a citizen needs to be served', () => {
    const [item] = read(ROW).items;
    expect(item?.content).toMatchObject({
      name: '食品经营许可',
      category: '01',
      state: 'in-force',
      codes: { other: '650200-XK-0012（试行）' },
      handlingOffice: '许可科',
      implementingOrgan: '示例市市场监督管理局',
      dutiesText: '1.受理责任：公示材料。',
      dutyBasisText: '《行政许可法》第三十条',
      accountabilityGrounds: '1.违法受理的。',
      service: {
        applicants: ['natural-person', 'legal-person'],
        conditions: '有固定场所。',
        materials: [{ name: '申请书' }, { name: '身份证复印件' }, { name: '场所证明' }],
        statutoryTime: { text: '20日', days: 20, unit: 'calendar-day' },
        promisedTime: { text: '10日', days: 10, unit: 'calendar-day' },
        fee: { charged: false },
        complaint: '12345',
      },
    });
  });

  test('names what an item has no place for, and publishes none of it', () => {
    const source = read(ROW);
    const told = source.sheets[0]?.warnings.filter(({ code }) => code === 'unknown-column') ?? [];
    expect(told.map(({ message }) => /“(.+)”/.exec(message)?.[1])).toEqual([
      '公开类型',
      '办理数量',
      '录入人',
      '录入时间',
      '审核人',
      '运行流程图',
      '廉政风险点',
    ]);
    expect(JSON.stringify(source)).not.toMatch(/示例”?"?张|张示例|李示例/);
  });

  test.each([
    ['在用', 'in-force'],
    ['暂停', 'suspended'],
    ['已取消', 'cancelled'],
  ])('of state %s', (word, state) => {
    expect(read({ ...ROW, 状态: word }).items[0]?.content).toMatchObject({ state });
  });

  test('of a state that says something else is told once', () => {
    const { sheets, items } = read({ ...ROW, 状态: '待审核' });
    expect(items[0]?.content).toMatchObject({ state: 'in-force' });
    expect(sheets[0]?.warnings.filter(({ code }) => code === 'unused-cell')).toHaveLength(1);
  });

  test.each([
    ['A1900100', 'other'],
    ['JS-010000-2014', 'other'],
    ['000117001000', 'base'],
  ])('keeps a code %s of 事项编码 as %s, verbatim', (code, as) => {
    const { 职权编码: _, ...rest } = ROW;
    expect(read({ ...rest, 事项编码: code }).items[0]?.content).toMatchObject({ codes: { [as]: code } });
  });
});

describe('words about a service', () => {
  test.each([
    ['20', undefined, { text: '20', days: 20 }],
    ['20', '工作日', { text: '20个工作日', days: 20, unit: 'working-day' }],
    ['自受理之日起20个工作日', undefined, { text: '自受理之日起20个工作日', days: 20, unit: 'working-day' }],
    ['7天', undefined, { text: '7天', days: 7, unit: 'calendar-day' }],
    ['3至5个工作日', undefined, { text: '3至5个工作日' }],
    ['受理5日，决定20个工作日', undefined, { text: '受理5日，决定20个工作日' }],
    ['当场办结', undefined, { text: '当场办结' }],
    ['3个月', undefined, { text: '3个月' }],
  ])('a time “%s” of unit %s', (text, unit, time) => {
    const { service, unread } = readService({
      statutoryTime: [text],
      ...(unit !== undefined && { statutoryUnit: [unit] }),
    });
    expect(service?.statutoryTime).toEqual(time);
    expect(unread).toEqual([]);
  });

  test.each([
    [{ charged: ['否'] }, { charged: false }],
    [
      { charged: ['是'], feeStandard: ['10元/本'], feeBasis: ['某文件'] },
      { charged: true, standard: '10元/本', basis: '某文件' },
    ],
    [{ fee: ['无'] }, { charged: false }],
    [{ fee: ['《某通知》，每件10元'] }, { charged: true, standard: '《某通知》，每件10元' }],
    [{ feeStandard: [''] }, undefined],
  ])('a fee %j', (texts, fee) => {
    expect(readService(texts).service?.fee).toEqual(fee);
  });

  test('that the model has no words for are told and not bent', () => {
    const { service, unread } = readService({
      applicants: ['食品生产企业'],
      visits: ['若干次'],
      handling: ['上报件'],
      windowUrl: ['www.示例'],
    });
    expect(service).toBeUndefined();
    expect(unread).toHaveLength(4);
  });

  test('materials are split where they are numbered, not inside of words', () => {
    expect(splitList('1、申请表（一式2份）；2、《公司法》第8.2条规定的材料')).toEqual([
      '申请表（一式2份）',
      '《公司法》第8.2条规定的材料',
    ]);
    expect(splitList('身份证\n户口簿')).toEqual(['身份证', '户口簿']);
    expect(splitList('营业执照')).toEqual(['营业执照']);
  });
});
