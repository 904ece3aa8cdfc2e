import { describe, expect, test } from '@jest/globals';
import { cutText, mendText, utf8 } from '@mandate/encoding';
import {
  type AuthorityItem,
  AuthorityItemSchema,
  type NegativeListItem,
  NegativeListItemSchema,
} from '@mandate/lists';
import fc from 'fast-check';
import { encodeCsv, readCsv, readWorkbook } from '@mandate/workbook';
import { sampleList } from '../../../../apps/registry/sample/sample-list.ts';
import { ITEM_SHEET } from './authority-sheets.ts';
import { AUTHORITY_SHEETS, authorityGuide, negativeGuide } from './guide.ts';
import { NEGATIVE_SHEET } from './negative-sheet.ts';
import { saysTheSame } from './paths.ts';
import { readTemplate } from './template-file.ts';
import { encodeTemplate, toTable } from './template-workbook.ts';
import { withDetails, writeItem } from './write-authority.ts';

// Text as it may stand in a blob: clean, and hostile at the beginning.
const text = fc
  .tuple(
    fc.constantFrom(
      '',
      '=',
      '+',
      '-',
      '@',
      '＝',
      "'",
      "'=",
      '_x0041_',
      '【法律】',
      '1.受理责任：',
      '【长文本1】',
    ),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.boolean(),
  )
  .map(([head, body, lines]) => mendText(`${head}${body}${lines ? '\n第二行' : ''}`).text)
  .filter((words) => words !== '');
const line = text.map((words) => words.replace(/\s+/g, '')).filter((words) => words !== '');
const option = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const whole = fc.integer({ min: 0, max: 20 });
const list = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[] | undefined> =>
  option(fc.array(arbitrary, { minLength: 1, maxLength: 3 }));
const basis = fc.record({
  kind: fc.constantFrom('law', 'rule', 'unknown'),
  title: option(text),
  version: option(text),
  articles: fc.array(line, { maxLength: 2 }),
  text,
});
const duty = fc.record({
  stage: option(fc.constantFrom('受理', '审查')),
  kind: option(fc.constantFrom('direct', 'supervision')),
  text,
  bases: list(basis),
  accountablePersons: option(text),
  accountabilityGrounds: option(text),
});
const worded = {
  implementingOrgan: option(text),
  handlingOffice: option(text),
  basisText: option(text),
  departmentDuties: option(text),
  dutiesText: option(text),
  duties: list(duty),
  dutyBasisText: option(text),
  dutyBases: list(basis),
  accountablePersons: option(text),
  accountabilityGrounds: option(text),
  remedies: option(text),
  remarks: option(text),
};
const level = fc.record({
  level: option(fc.constantFrom('2', '3', '4')),
  label: option(line),
  division: option(text),
  ...worded,
  bases: list(basis),
});
const levels = fc.array(level, { maxLength: 2 }).map((all) => all.filter((one) => !saysTheSame(one, {})));
const limit = fc.record({
  text,
  days: option(whole),
  unit: option(fc.constantFrom('working-day', 'calendar-day')),
});
const item: fc.Arbitrary<AuthorityItem> = fc
  .record({
    schema: fc.constant('authority-item/1'),
    organ: fc.constant(''),
    name: text,
    category: fc.constantFrom('01', '02', '10', '20'),
    state: fc.constantFrom('in-force', 'suspended', 'cancelled'),
    codes: option(
      fc.record({
        base: option(fc.constant('000101001000')),
        former: option(fc.constant('650200207XK01600')),
      }),
    ),
    organNature: option(fc.constantFrom('statutory', 'authorized')),
    powerSource: option(fc.constantFrom('1', '6')),
    ...worded,
    bases: fc.array(basis, { maxLength: 2 }),
    levels,
    subItems: fc.array(
      fc.record({ name: text, ...worded, bases: fc.array(basis, { maxLength: 2 }), levels: option(levels) }),
      { maxLength: 2 },
    ),
    service: option(
      fc.record({
        applicants: list(fc.constantFrom('natural-person', 'legal-person')),
        conditions: option(text),
        statutoryTime: option(limit),
        promisedTime: option(limit),
        fee: option(fc.record({ charged: fc.boolean(), basis: option(text) })),
        materials: list(
          fc.record({
            name: text,
            originals: option(whole),
            blankForm: option(fc.constant('https://example.org/a')),
            formOffered: option(fc.constant(true)),
          }),
        ),
        windows: list(fc.record({ name: text, phone: option(fc.constant('+86 0990 12345')) })),
        visits: option(whole),
        result: option(fc.record({ name: text })),
      }),
    ),
    process: option(
      fc
        .array(
          fc.record({ name: line, standard: option(text), turns: option(fc.array(text, { maxLength: 2 })) }),
          { minLength: 1, maxLength: 3 },
        )
        .map((steps) =>
          steps.map(({ turns, ...step }, n) => ({
            id: `s${n.toString()}`,
            ...step,
            ...(turns && { next: turns.map((when) => ({ to: 's0', when })) }),
          })),
        ),
    ),
    risks: list(fc.record({ step: text, form: text, grade: fc.constantFrom('high', 'low'), measures: text })),
    discretion: list(
      fc.record({
        conduct: text,
        basis: option(text),
        tiers: fc.array(
          fc.record({
            tier: line.map((words) => cutText(words, 10)),
            circumstances: text,
            standard: text,
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
    ),
    sample: option(fc.constant(true)),
  })
  // Whatever the record makes fits the schema, but for what JSON drops.
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter((value) => AuthorityItemSchema.safeParse(value).success)
  .map((value) => AuthorityItemSchema.parse(value));

const inWorkbook = (items: readonly AuthorityItem[]): Uint8Array =>
  encodeTemplate(
    AUTHORITY_SHEETS,
    items.flatMap((one, n) => writeItem(one, (n + 1).toString(), `o-aaaaaaaaaaaaaaaa.0000${n.toString()}`)),
    authorityGuide({ name: '示例市示例局', key: 'o-aaaaaaaaaaaaaaaa' }),
  );

describe('the template of authority lists', () => {
  test('gives back any items as they were, with their keys', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 3 }), (items) => {
        const content = readTemplate(readWorkbook(inWorkbook(items)));
        if (content?.kind !== 'authority') throw new Error('not read as an authority list');
        expect(content.read.errors).toEqual([]);
        expect(content.owner).toEqual({ name: '示例市示例局', key: 'o-aaaaaaaaaaaaaaaa' });
        expect(content.read.items.map(({ key }) => key?.slice(-1))).toEqual(
          items.map((_, n) => n.toString()),
        );
        for (const [n, read] of content.read.items.entries())
          if (!saysTheSame(read.item, items[n])) expect(read.item).toEqual(items[n]);
      }),
      { numRuns: 20 },
    );
  });

  test('gives back every item of the sample, byte for byte the same workbook for the same list', () => {
    const items = sampleList().versions.map((version) => version.item);
    const file = inWorkbook(items);
    expect(Buffer.compare(file, inWorkbook(items))).toBe(0);
    const content = readTemplate(readWorkbook(file));
    expect(content?.read.errors).toEqual([]);
    const read = content?.kind === 'authority' ? content.read.items.map(({ item: one }) => one) : [];
    expect(read).toHaveLength(items.length);
    for (const [n, one] of read.entries())
      expect(saysTheSame({ ...one, organ: items[n]?.organ }, items[n])).toBe(true);
  });
});

describe('the CSV form', () => {
  test('gives back what stands on the sheet of items', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 3 }), (items) => {
        const rows = items.flatMap((one, n) => writeItem(one, (n + 1).toString()));
        const content = readTemplate([readCsv(utf8(encodeCsv(toTable(ITEM_SHEET, rows))))]);
        expect(content?.read.errors).toEqual([]);
        expect(
          content?.read.items.map(
            (read) =>
              'name' in read.item && [
                read.item.name,
                'basisText' in read.item ? read.item.basisText : undefined,
              ],
          ),
        ).toEqual(items.map(({ name, basisText }) => [name, basisText]));
      }),
      { numRuns: 20 },
    );
  });
});

const negative: fc.Arbitrary<NegativeListItem> = fc
  .record({
    schema: fc.constant('negative-list-item/1'),
    list: fc.constant(''),
    number: fc.integer({ min: 1, max: 999 }).map(String),
    code: fc.integer({ min: 0, max: 999_999 }).map((code) => code.toString().padStart(6, '0')),
    chapter: fc.constantFrom('prohibited', 'permitted'),
    section: option(fc.constantFrom('A', 'T')),
    sectionName: option(text),
    name: text,
    measures: fc.array(
      fc.record({
        text,
        authority: option(text),
        baseCodes: list(fc.constantFrom('000101001000', '650102001000')),
        provisional: option(fc.constant(true)),
        local: option(line),
      }),
      { maxLength: 3 },
    ),
    state: fc.constantFrom('in-force', 'cancelled'),
  })
  // Fits the schema, but for what JSON drops.
  .map((value) => NegativeListItemSchema.parse(JSON.parse(JSON.stringify(value))));

describe('the template of negative lists', () => {
  test('gives back any items as they were', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(negative, { minLength: 1, maxLength: 3, selector: ({ code }) => code }),
        (items) => {
          const file = encodeTemplate(
            [NEGATIVE_SHEET],
            items.flatMap((one) => withDetails(NEGATIVE_SHEET, {}, one, '事项编码')),
            negativeGuide(),
          );
          const content = readTemplate(readWorkbook(file));
          expect(content?.read.errors).toEqual([]);
          expect(content?.read.items.map((read) => read.item)).toEqual(items);
        },
      ),
      { numRuns: 20 },
    );
  });
});
