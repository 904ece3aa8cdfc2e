import { expect, test } from '@jest/globals';
import { CATEGORY_CODES } from '@mandate/codes';
import { type AuthorityItem, AuthorityItemSchema, parseDuties, parseLegalBases } from '@mandate/lists';
import fc from 'fast-check';
import { LAID_OUT, type LaidOut, type Layout, layOut } from '../../../../test/support/list-layouts.ts';
import { assembleItem } from './assemble-item.ts';
import { readSheet } from './read-list.ts';
import type { Field } from './vocabulary/fields.ts';
import { findMeaning } from './vocabulary/find-field.ts';
import { SEEN } from './vocabulary/spellings.ts';
import { INFERRED } from './vocabulary/inferred.ts';
import { WORD_RULES } from './vocabulary/word-rules.ts';

/** Every word of the vocabulary that by itself says what a column is. */
function wordsOf(field: Field): readonly string[] {
  const seen = Object.values(SEEN[field]).flatMap((words) => words.split(/\s+/));
  const inferred = WORD_RULES.filter((rule) => rule.field === field).flatMap(
    ({ name }) => INFERRED[name]?.split(/\s+/) ?? [],
  );
  return [...seen, ...inferred].filter((word) => (findMeaning(word)?.strength ?? 0) >= 2);
}

const Word = fc.constantFrom(
  '食品',
  '药品',
  '建设工程',
  '出租车',
  '学校',
  '广告',
  '种子',
  '矿山',
  '旅馆',
  '燃气',
);
const Act = fc.constantFrom('经营许可', '的处罚', '的监督检查', '资格认定', '备案', '奖励', '《甲证》核发');
const Sentence = fc
  .array(fc.tuple(Word, fc.constantFrom('应当公示', '依法受理', '不得拒绝', '及时办理')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) =>
    parts
      .map(([what, how]) => `${what}${how}`)
      .join('，')
      .concat('。'),
  );
const Statute = fc
  .tuple(Word, fc.constantFrom('法', '条例', '办法'), fc.integer({ min: 1, max: 99 }))
  .map(([what, kind, article]) => `《${what}${kind}》第${article.toString()}条`);
const Organ = fc
  .tuple(fc.constantFrom('示例市', '示例县'), Word)
  .map(([where, what]) => `${where}${what}管理局`);
const Office = Word.map((what) => `${what}科`);

const TEXTS: Readonly<Record<LaidOut, fc.Arbitrary<string>>> = {
  basisText: fc.array(Statute, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
  implementingOrgan: Organ,
  handlingOffice: Office,
  departmentDuties: Sentence,
  dutiesText: Sentence.map((text) => `1.受理责任：${text}\n2.审查责任：${text}`),
  dutyBasisText: Statute,
  accountablePersons: fc.constantFrom('经办人员', '科室负责人、分管领导'),
  accountabilityGrounds: Sentence.map((text) => `1.违法的；\n2.${text}`),
  remedies: Sentence,
  remarks: Sentence,
};

/** A field of every item, of some, or of none. */
const Item = fc
  .record({
    what: Word,
    act: Act,
    category: fc.constantFrom(...CATEGORY_CODES),
    texts: fc.record(TEXTS, { requiredKeys: ['basisText', 'implementingOrgan'] }),
    code: fc.option(fc.constantFrom('JS-0101-2014', 'A1900100', '33-XK（试行）'), { nil: undefined }),
    offices: fc.uniqueArray(Office, { minLength: 0, maxLength: 3 }),
  })
  .map(({ what, act, category, texts, code, offices }) => ({ what, act, category, texts, code, offices }));

function itemOf(drawn: typeof Item extends fc.Arbitrary<infer T> ? T : never, n: number): AuthorityItem {
  const { what, act, category, texts, code, offices } = drawn;
  const parts = offices.length > 1 ? offices : [];
  const { handlingOffice, ...others } = texts;
  return AuthorityItemSchema.parse({
    schema: 'authority-item/1',
    organ: '',
    name: `对${what}第${(n + 1).toString()}类${act}`,
    category,
    state: 'in-force',
    ...(code !== undefined && { codes: { other: code } }),
    ...others,
    ...(parts.length === 0 && handlingOffice !== undefined && { handlingOffice }),
    bases: parseLegalBases(texts.basisText),
    ...(texts.dutiesText !== undefined && { duties: parseDuties(texts.dutiesText) }),
    ...(texts.dutyBasisText !== undefined && { dutyBases: parseLegalBases(texts.dutyBasisText) }),
    levels: [],
    subItems: parts.map((office, at) => ({
      name: `${what}子项${(at + 1).toString()}`,
      handlingOffice: office,
      bases: [],
    })),
  });
}

const FIELDS = ['serial', 'name', 'subItem', 'category', 'code', ...LAID_OUT] as const;
const Columns = fc
  .tuple(
    ...FIELDS.map((field) =>
      fc.constantFrom(...wordsOf(field === 'code' ? 'itemCode' : field)).map((words) => ({ field, words })),
    ),
  )
  .chain((columns) => fc.shuffledSubarray(columns, { minLength: columns.length }));
const AnyLayout: fc.Arbitrary<Layout & { readonly numbered: boolean }> = fc.record({
  columns: Columns,
  category: fc.constantFrom('column', 'column', 'title', 'sheet', 'section'),
  titles: fc.integer({ min: 0, max: 2 }),
  merged: fc.boolean(),
  twoRows: fc.boolean(),
  repeat: fc.integer({ min: 0, max: 3 }),
  numbered: fc.boolean(),
});

test('any list, written out in any layout with other words and merged cells, reads as the same list', () => {
  fc.assert(
    fc.property(
      fc.array(Item, { minLength: 1, maxLength: 6 }),
      AnyLayout,
      (drawn, { numbered, ...layout }) => {
        const one = layout.category === 'title' || layout.category === 'sheet';
        const items = drawn.map((item, n) =>
          itemOf({ ...item, category: one ? (drawn[0]?.category ?? '01') : item.category }, n),
        );
        const columns = layout.columns.filter(
          ({ field }) =>
            (numbered || field !== 'serial') && (layout.category === 'column' || field !== 'category'),
        );
        const list = readSheet(layOut(items, { ...layout, columns }));
        expect(list.swapped).toBeUndefined();
        expect(list.items.map(assembleItem)).toEqual(items);
      },
    ),
    { numRuns: 150 },
  );
});
