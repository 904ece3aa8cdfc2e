import { describe, expect, test } from '@jest/globals';
import { COLUMN_NAMES, type Field } from './fields.ts';
import { findField, findMeaning, findNamedField, meaningByRule, plainWords } from './find-field.ts';
import { SEEN, WITHOUT_PLACE } from './spellings.ts';
import { INFERRED, WORD_RULES } from './word-rules.ts';

// The keys of SEEN are the fields.
const seen = (Object.entries(SEEN) as [Field, Record<string, string>][]).flatMap(([field, sources]) =>
  Object.values(sources).flatMap((words) => words.split(/\s+/).map((word) => [word, field] as const)),
);

describe('the vocabulary', () => {
  test('finds every word that was seen, each once', () => {
    for (const [word, field] of seen) expect([word, findField(word)]).toEqual([word, field]);
    const words = seen.map(([word]) => plainWords(word));
    expect(words.filter((word, n) => words.indexOf(word) !== n)).toEqual([]);
    for (const word of Object.values(WITHOUT_PLACE).flatMap((words) => words.split(/\s+/)))
      expect([word, findMeaning(word)]).toEqual([word, { field: undefined, strength: 3 }]);
  });

  test('finds every inferred word by the rule it is marked with', () => {
    for (const [name, words] of Object.entries(INFERRED)) {
      const rule = WORD_RULES.find((one) => one.name === name);
      expect([name, rule !== undefined]).toEqual([name, true]);
      for (const word of words.split(/\s+/)) {
        expect([word, meaningByRule(plainWords(word))?.rule]).toEqual([word, name]);
        expect([word, findField(word)]).toEqual([word, rule?.field]);
      }
    }
  });

  test('of what was seen a rule says the same or nothing', () => {
    const other = seen.flatMap(([word, field]) => {
      const found = meaningByRule(plainWords(word));
      return found === undefined || found.field === field ? [] : [[word, field, found.rule]];
    });
    // What was seen says more than its words: these stand in the table for that.
    expect(other).toEqual([
      ['实施机构', 'implementingOrgan', 'office'],
      ['投诉举报渠道', 'remedies', 'complaint'],
      ['职权编码', 'formerCode', 'code'],
      ['权力编码', 'formerCode', 'code'],
      ['行政职权编码', 'formerCode', 'code'],
      ['权力事项编码', 'formerCode', 'code'],
      ['抽查类别', 'group', 'category or a kind of items'],
      ['办理时间', 'windowHours', 'papers of the portal'],
    ]);
  });

  test.each([
    ['事 项\n名　称', 'name'],
    ['设定和实施依据（法律法规）', 'basisText'],
    ['*权力类型：', 'category'],
    ['法定期限（天/日）', 'statutoryTime'],
    ['收费（征收）依据和标准', 'fee'],
    ['中央行政许可事项清单（2022年版）序号', undefined],
    ['姓名', undefined],
    ['电话', undefined],
    ['经办人', undefined],
    ['金额', undefined],
    ['收费项目', undefined],
    ['处罚种类', undefined],
    ['公开类型', undefined],
    ['检查对象', undefined],
    ['填报单位', undefined],
    ['行政许可', undefined],
    ['行政处罚', undefined],
    ['对占道经营的处罚', undefined],
    ['1', undefined],
  ])('“%s” is %s', (word, field) => {
    expect(findField(word)).toBe(field);
  });

  test('knows every field by what messages call it', () => {
    for (const [field, name] of Object.entries(COLUMN_NAMES)) expect(findNamedField(name)).toBe(field);
    expect(findNamedField('名称')).toBe('name');
  });
});
