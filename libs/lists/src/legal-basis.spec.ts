import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LegalBasisSchema, parseLegalBases, withoutBlanks } from './index.ts';

const one = (text: string) => {
  const bases = parseLegalBases(text);
  expect(bases).toHaveLength(1);
  return bases[0];
};

describe('legal bases', () => {
  test('reads kind, title, version and the articles that open a line', () => {
    const basis = one(
      '【法律】《中华人民共和国示例法》（2001年通过，根据2019年《关于修改〈示例法〉的决定》修正）\n第三条第二款：违反本法第九条的……\n第十二条、第十三条第一款第（二）项：……',
    );
    expect(basis).toMatchObject({
      kind: 'law',
      title: '中华人民共和国示例法',
      version: '2001年通过，根据2019年《关于修改〈示例法〉的决定》修正',
      articles: ['第三条第二款', '第十二条', '第十三条第一款第（二）项'],
    });
  });

  test.each([
    ['【行政法规】', 'administrative-regulation'],
    ['【行法规】', 'administrative-regulation'],
    ['【法规】', 'administrative-regulation'],
    ['【地方性法规】', 'local-regulation'],
    ['【地方法规】', 'local-regulation'],
    ['【规章】', 'rule'],
    ['【部门规章】', 'rule'],
    ['【国务院决定】', 'state-council-decision'],
    ['【规范性文件】', 'normative-document'],
    ['【\n规 章】', 'rule'],
    ['【法律】', 'unknown'],
    ['【标准】', 'unknown'],
    ['', 'unknown'],
  ] as const)('%s《示例办法》 is of kind %s', (bracket, kind) => {
    expect(one(`${bracket}《示例办法》第一条：……`)).toMatchObject({ kind, title: '示例办法' });
  });

  test('法规 of a local congress or a place is local', () => {
    expect(one('【法规】《示例条例》（某自治区第九届人民代表大会常务委员会通过）')?.kind).toBe(
      'local-regulation',
    );
    expect(one('【法规】《示例维吾尔自治区示例条例》第二条')?.kind).toBe('local-regulation');
    expect(one('【法规】《示例条例》（根据全国人民代表大会常务委员会授权制定）')?.kind).toBe(
      'administrative-regulation',
    );
  });

  test('a number beside the title speaks louder than the bracket, wherever it stands', () => {
    expect(one('【地方性法规】《人力资源市场暂行条例》（国务院令第700号）第五十三条：……')?.kind).toBe(
      'administrative-regulation',
    );
    expect(one('【法律】《示例办法》示例部令第3号 第四条：……')?.kind).toBe('rule');
    expect(one('【部令】2017年3月1日国务院令第676号《示例管理条例》第三条：……')).toMatchObject({
      kind: 'administrative-regulation',
    });
    expect(one('法律】《示例安全法》（2021年修正）第六条：……')?.kind).toBe('law');
    expect(one('【规章】示例工作指导意见》（示政办发〔2018〕118号）全文')?.kind).toBe('normative-document');
  });

  test('what a place makes is no act of the nation, whatever its name ends in and the list calls it', () => {
    const law = '中华人民共和国渔业法';
    expect(one(`《新疆维吾尔自治区实施〈${law}〉》`)?.kind).toBe('unknown');
    expect(one(`《新疆维吾尔自治区实施〈${law}〉办法》`)?.kind).toBe('unknown');
    expect(one('【行政法规】《新疆维吾尔自治区畜禽屠宰管理办法》')?.kind).toBe('unknown');
  });

  test('what stands behind 》 may belong to the title', () => {
    const text =
      '【规章】《报废机动车回收管理办法》实施细则》（商务部令2020年第2号）\n第五条：省级商务主管部门';
    expect(parseLegalBases(text)).toMatchObject([{ kind: 'rule', title: '报废机动车回收管理办法' }]);
    const kindsOf = (one: string) => parseLegalBases(one).map(({ kind }) => kind);
    expect(kindsOf('【法律】《中华人民共和国渔业法》实施细则 第三条')).toEqual(['administrative-regulation']);
    expect(kindsOf('【法律】《中华人民共和国渔业法》实施条例适用的水域')).toEqual(['law']);
    expect(kindsOf('【法律】《中华人民共和国渔业法》第三条')).toEqual(['law']);
  });

  test('a document number says normative document, but for 规章 of before 立法法', () => {
    expect(one('【规章】《示例办法》（示部发〔1994〕498号）')?.kind).toBe('rule');
    expect(one('【规章】《示例办法》（示部发〔2014〕124号）')?.kind).toBe('normative-document');
  });

  test('words of an article that mention an act say nothing of the basis', () => {
    expect(one('第七十八条：依照《示例法》（主席令第1号）处罚')?.kind).toBe('unknown');
    expect(one('【规章】\n第三条：依照《示例法》处罚')?.kind).toBe('rule');
  });

  test('opens a paragraph at every kind, not at a year in a document number', () => {
    const bases = parseLegalBases(
      '【法律】《甲法》第一条\n【规范性文件】《乙通知》（示政发【2021】58号）第二条',
    );
    expect(bases.map(({ kind, title }) => [kind, title])).toEqual([
      ['law', '甲法'],
      ['normative-document', '乙通知'],
    ]);
  });

  test('opens a paragraph at a title without a kind', () => {
    const bases = parseLegalBases('《甲法》第八十四条：单位不办理的，责令改正。\n《乙办法》\n第三条：……');
    expect(bases.map(({ title, articles }) => [title, articles])).toEqual([
      ['甲法', ['第八十四条']],
      ['乙办法', ['第三条']],
    ]);
  });

  test('reads a title that wraps and a maker before the title', () => {
    expect(
      one('【\n法律】《\n中华\n人民共和国行政\n处罚法》\n（1996\n年3月）第\n五章、第\n六章'),
    ).toMatchObject({
      title: '中华人民共和国行政处罚法',
      version: '1996年3月',
      articles: ['第五章', '第六章'],
    });
    expect(one('【规范性文件】自治区人民政府办公厅《关于示例的通知》')?.title).toBe('关于示例的通知');
  });

  test('keeps 第三十九至第五十条 as one reference', () => {
    expect(one('【法律】《甲法》\n第三十九至第五十条、第五十九条。')?.articles).toEqual([
      '第三十九至第五十条',
      '第五十九条',
    ]);
  });

  const parts = (text: string) =>
    parseLegalBases(text).map(({ title, articles }) => `${title ?? ''} ${articles.join(',')}`);

  test.each([
    '1.《甲法》第三条\n2.《乙条例》第五条',
    '1、《甲法》第三条。2、《乙条例》第五条',
    '（1）《甲法》第三条；（2）《乙条例》第五条',
    '(1)《甲法》第三条 (2)《乙条例》第五条',
    '（一）《甲法》第三条\n（二）《乙条例》第五条',
    '一、《甲法》第三条；二、《乙条例》第五条',
    '①《甲法》第三条②《乙条例》第五条',
    '⑴《甲法》第三条\n⑵《乙条例》第五条',
    '法律依据：1.《甲法》第三条 2.《乙条例》第五条',
    '1.依据《甲法》第三条\n2.依据《乙条例》第五条',
    '【法律】1.《甲法》第三条 2.《乙条例》第五条',
    '《甲法》第三条、《乙条例》第五条',
    '《甲法》第三条\n《乙条例》第五条',
    '1.甲法第三条\n2.乙条例第五条',
    '甲法第三条；乙条例第五条',
    '甲法第三条：应当许可。\n乙条例第五条：罚款。',
    '1.《甲法》第三条：有下列材料：\n（一）《申请表》；\n（二）《规划方案》。\n2.《乙条例》第五条：罚款。',
  ])('keeps title and articles of each: %s', (text) => {
    expect(parts(text)).toEqual(['甲法 第三条', '乙条例 第五条']);
    expect(
      parseLegalBases(text)
        .map((basis) => withoutBlanks(basis.text))
        .join(''),
    ).toBe(withoutBlanks(text));
  });

  test('what is numbered under one kind is all of that kind', () => {
    expect(parseLegalBases('【规章】1.《甲办法》第三条 2.《乙办法》第五条').map(({ kind }) => kind)).toEqual([
      'rule',
      'rule',
    ]);
  });

  test.each([
    ['中华人民共和国食品安全法第三十五条：国家实行许可。', '中华人民共和国食品安全法 第三十五条'],
    ['食品安全法（2021年修正）\n第三十五条', '食品安全法 第三十五条'],
    ['对外贸易法第三条', '对外贸易法 第三条'],
  ])('an act without 《》 that is followed by its article is the title: %s', (text, title) => {
    expect(parts(text)).toEqual([title]);
  });

  test.each([
    '违反食品安全法第三十五条规定的',
    '本法第三条',
    '实施条例第六条第二款中的使用',
    '依照\n《甲法》第三条的规定处罚',
    '《甲法》第五条：应当提交：（一）《申请表》；（二）《规划方案》第二条。',
    '《甲法》第四条：有关规定。\n实施条例第六条中的使用是指正当使用。',
    '《甲法》第五条：\n1.《甲证》的；\n2.《乙规定》第三条的。',
  ])('an article that mentions acts or counts is one basis: %s', (text) => {
    expect(parseLegalBases(text)).toHaveLength(1);
  });

  test.each([
    '【法律】《没有结束的书名第一条',
    '第七十八条：从中间开始的依据',
    '【规章】',
    '】《》【】第条（',
    '《'.repeat(5_000),
  ])('keeps what it cannot parse as a paragraph: %s', (text) => {
    expect(
      parseLegalBases(text)
        .map((basis) => basis.text)
        .join(''),
    ).toBe(text);
  });

  test('no words, no basis', () => {
    expect(parseLegalBases(' \n ')).toEqual([]);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      '【法律】',
      '【法规】',
      '《',
      '》',
      '（',
      '）',
      '\n',
      ' ',
      '第三条',
      '第（一）项',
      '、',
      '。',
      '：',
      '【2020】',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  );

  test('never loses or adds a character but white space, and always fits the schema', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('').normalize('NFC');
        const bases = parseLegalBases(text);
        for (const basis of bases) LegalBasisSchema.parse(basis);
        const printable = (words: string): string =>
          withoutBlanks(words).replace(/[\p{Cc}\ufeff\u2028\u2029]/gu, '');
        expect(printable(bases.map((basis) => basis.text).join(''))).toBe(printable(text));
      }),
      { numRuns: 500 },
    );
  });

  test('stays quick on a hostile text', () => {
    for (const text of [
      '第一条、'.repeat(20_000),
      `【法律】${'《（'.repeat(20_000)}`,
      '【 '.repeat(20_000),
      '1.《甲法》第三条\n'.repeat(5_000),
      '甲法第三条；'.repeat(5_000),
      '一、'.repeat(20_000),
      `${'甲'.repeat(20_000)}法第三条`,
      '\n《甲'.repeat(10_000),
    ]) {
      expect(
        withoutBlanks(
          parseLegalBases(text)
            .map((basis) => basis.text)
            .join(''),
        ),
      ).toBe(withoutBlanks(text));
    }
  });
});
