import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CertificateTypeSchema } from '@mandate/certificate';
import { CATEGORIES, findImplementationCode, isBaseCode, isBusinessCode, isUscc } from '@mandate/codes';
import { blobName, canonicalBytes, cleanText, type Json } from '@mandate/encoding';
import {
  AuthorityItemSchema,
  CHANGE_KIND_CODES,
  CHANGE_KINDS,
  EditionSchema,
  editionDigest,
  entryInForceOn,
  findMandate,
  kindLeads,
  NegativeListItemSchema,
  NegativeListSchema,
  openMustCheck,
  OrganSchema,
  parseDuties,
  parseLegalBases,
  RegionSchema,
  type AuthorityItem,
  type ItemState,
} from '@mandate/lists';
import { parseFace } from '../src/certificates/face.ts';
import { IssueData } from '../src/certificates/certificate-data.ts';
import { ORGANS } from './organs.ts';
import { sampleChanges } from './sample-entries.ts';
import { sampleList, type SampleVersion } from './sample-list.ts';

const { versions, certificateType } = sampleList();
const organs = Object.values(ORGANS);
/** Every organ that has a list of its own to show; governments, the county and the merged office are beside the point. */
const CITY_DEPARTMENTS = organs.slice(0, 8);
/** The county's list holds on purpose what a health check is to find. */
const isFaulty = (key: string): boolean => key === ORGANS.countyMarket.key;
const SCHEDULED = '2027-01-01';
const keyOf = ({ organ, suffix }: SampleVersion): string => `${organ}.${suffix}`;

const histories = new Map<string, SampleVersion[]>();
for (const version of versions) {
  histories.set(keyOf(version), [...(histories.get(keyOf(version)) ?? []), version]);
}
const newest = [...histories.values()].flatMap((history) => history.slice(-1));
const items = versions.map(({ item }) => item);

/** Every text of an item, with the names of the fields left out. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsOf);
  return [];
}

describe('the sample city', () => {
  test('has eight departments, two governments, a county’s organ and one that is no more, marked as a sample', () => {
    expect(organs).toHaveLength(12);
    for (const organ of organs) {
      expect(OrganSchema.parse(organ)).toEqual(organ);
      expect(organ.sample).toBe(true);
      expect(organ.name).toMatch(/^(?:示例市|样本县)/);
      expect(organ.parent === undefined || organs.some(({ key }) => key === organ.parent)).toBe(true);
      expect(organ.key).toMatch(/^o-/);
    }
  });

  test('has at least 60 items, some in every category and in every organ', () => {
    expect(histories.size).toBeGreaterThanOrEqual(60);
    expect(new Set(newest.map(({ item }) => item.category))).toEqual(new Set(Object.keys(CATEGORIES)));
    for (const { key } of CITY_DEPARTMENTS) {
      expect(newest.filter(({ organ }) => organ === key).length).toBeGreaterThanOrEqual(7);
    }
  });

  test('shows change: twelve items with a history, one suspended at least, two cancelled', () => {
    expect([...histories.values()].filter((history) => history.length > 1).length).toBeGreaterThanOrEqual(12);
    const states = newest.map(({ item }) => item.state);
    expect(states.filter((state) => state === 'suspended').length).toBeGreaterThanOrEqual(1);
    expect(states.filter((state) => state === 'cancelled').length).toBeGreaterThanOrEqual(2);
    expect(new Set(versions.map(({ kind }) => kind))).toEqual(new Set(CHANGE_KIND_CODES));
    // The kind stands beside the reason wherever it is shown.
    for (const { reason, kind } of versions) expect(reason).not.toContain(`${CHANGE_KINDS[kind].name}：`);
  });

  test('is in order of time, and every version of an item differs from the one before it', () => {
    const times = versions.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
    for (const history of histories.values()) {
      const days = history.map(({ effectiveDate }) => effectiveDate);
      expect(days).toEqual([...new Set(days)].sort());
      expect(new Set(history.map(({ item }) => JSON.stringify(item))).size).toBe(history.length);
    }
    for (const { time, effectiveDate } of versions) expect(time.slice(0, 10) < effectiveDate).toBe(true);
  });

  test('holds what has come to pass before the software did, and one change that is only scheduled', () => {
    const later = versions.filter(({ effectiveDate }) => effectiveDate >= '2026-06-01');
    expect(later.map(({ effectiveDate }) => effectiveDate)).toEqual([SCHEDULED]);
  });

  test('changes every item by kinds that lead from its state to the next', () => {
    for (const history of histories.values()) {
      let state: ItemState | 'none' = 'none';
      for (const { kind, item } of history) {
        expect([item.name, kind, state, item.state, kindLeads(kind, state, item.state)]).toEqual([
          item.name,
          kind,
          state,
          item.state,
          true,
        ]);
        state = item.state;
      }
    }
  });

  test('hands items over and takes them over, each naming the other', () => {
    const handed = versions.filter(({ related }) => related !== undefined);
    expect(handed.length).toBeGreaterThanOrEqual(6);
    for (const { related, organ, suffix } of handed) {
      const other = histories.get(related ?? '') ?? [];
      expect(other.some((version) => version.related === `${organ}.${suffix}`)).toBe(true);
    }
  });
});

describe('every version of every item', () => {
  test('is a valid item, marked as a sample, its text already in the form that is hashed', () => {
    for (const item of items) {
      expect(AuthorityItemSchema.parse(item)).toEqual(item);
      expect(item.sample).toBe(true);
      expect(textsOf(item).filter((text) => text !== cleanText(text))).toEqual([]);
      expect(canonicalBytes(item as unknown as Json).length).toBeLessThan(65_536);
    }
  });

  test('obeys the rule of names: no organ, no place, no number', () => {
    const departments = organs.map(({ shortName, name }) => shortName?.slice(1) ?? name);
    for (const { name, organ } of items) {
      if (isFaulty(organ)) continue;
      expect(name).not.toMatch(/示例|(?:省|市|县|区|州|乡|镇)(?:级|本级|人民政府)|[局委厅]$/);
      expect(name).not.toMatch(/[\d０-９]|第[一二三四五六七八九十]/);
      expect(departments.filter((department) => name.includes(department))).toEqual([]);
    }
  });

  test('is read by the parsers of imported lists just as it was written', () => {
    for (const item of items) {
      expect(parseLegalBases(item.basisText ?? '')).toEqual(item.bases);
      expect(parseLegalBases(item.dutyBasisText ?? '')).toEqual(item.dutyBases ?? []);
      expect(parseDuties(item.dutiesText ?? '')).toEqual(item.duties ?? []);
    }
  });

  test('names every law in 《》', () => {
    for (const item of items) {
      for (const basis of [...item.bases, ...(item.dutyBases ?? [])]) {
        expect(basis.title).toMatch(/(?:法|法典|条例|办法|规定|决定)(?:（试行）)?$/);
        expect(basis.text).toContain(`《${basis.title ?? ''}》`);
      }
      expect(lawsOutsideMarks(item)).toEqual([]);
    }
  });

  test('has a basis, duties by stage, levels with their division, and roles that answer', () => {
    for (const item of items.filter(({ organ }) => !isFaulty(organ))) {
      expect([item.name, item.bases.length > 0, (item.duties ?? []).length >= 3]).toEqual([
        item.name,
        true,
        true,
      ]);
      expect(item.accountablePersons).toMatch(/承办人[\s\S]*负责人/);
      expect(item.levels.length).toBeGreaterThanOrEqual(1);
      for (const { level, division } of item.levels) expect([level, division]).not.toContain(undefined);
    }
  });
});

/** 中华人民共和国…法 and the like that stand without their marks. */
function lawsOutsideMarks(item: AuthorityItem): string[] {
  const { bases: _b, dutyBases: _d, ...rest } = item;
  return textsOf(rest).flatMap((text) =>
    [...text.matchAll(/中华人民共和国[^《》，。；]*?(?:法|条例)/g)]
      .filter(({ index }) => text.lastIndexOf('《', index) <= text.lastIndexOf('》', index))
      .map(([found]) => found),
  );
}

test('no duty is said twice in the whole list', () => {
  const duties = newest.flatMap(({ item }) =>
    (item.duties ?? []).map(({ text }) => text.replace(/^\d+\./, '')),
  );
  const seen = new Set<string>();
  expect(duties.filter((text) => seen.size === seen.add(text).size)).toEqual([]);
});

describe('what citizens and overseers are told', () => {
  const newestOf = (organ: string): AuthorityItem[] =>
    newest.filter((version) => version.organ === organ).map(({ item }) => item);

  test('every permit and public service of the city says what it takes to be served', () => {
    for (const { key } of CITY_DEPARTMENTS)
      for (const { category, name, service } of newestOf(key).filter(({ state }) => state !== 'cancelled')) {
        if (category !== '01' && category !== '20') continue;
        expect([name, service?.conditions !== undefined, service?.windows?.length !== 0]).toEqual([
          name,
          true,
          true,
        ]);
        expect(service).toMatchObject({
          consultation: expect.stringContaining('0000-'),
          complaint: expect.stringContaining('0000-'),
        });
      }
  });

  test('draws at least twelve processes, with branches, and has standards for every penalty of the city', () => {
    const drawn = newest.flatMap(({ item }) => item.process ?? []);
    expect(newest.filter(({ item }) => item.process).length).toBeGreaterThanOrEqual(12);
    expect(drawn.filter(({ next }) => (next?.length ?? 0) > 1).length).toBeGreaterThanOrEqual(12);
    for (const { item } of newest.filter(({ item, organ }) => item.category === '02' && !isFaulty(organ)))
      expect([item.name, item.state === 'cancelled' || (item.discretion?.length ?? 0) > 0]).toEqual([
        item.name,
        true,
      ]);
  });

  test('gives no telephone number that could be answered', () => {
    const numbers = textsOf(items).flatMap(
      (text) => text.match(/(?<![\dA-Z])(?:\d{3,4}-\d{5,8}|1[3-9]\d{9})(?!\d)/g) ?? [],
    );
    expect(numbers.filter((number) => !number.startsWith('0000-'))).toEqual([]);
    expect(numbers.length).toBeGreaterThan(0);
  });

  test('has codes that are valid and of no real region, the same code only for the same power', () => {
    const names = new Map<string, Set<string>>();
    for (const { codes, organ, name } of newest.map(({ item }) => item)) {
      if (codes?.base === undefined) continue;
      expect(isBaseCode(codes.base)).toBe(true);
      expect(codes.base).toMatch(/^01/);
      if (!isFaulty(organ)) names.set(codes.base, (names.get(codes.base) ?? new Set()).add(name));
    }
    expect([...names].filter(([, { size }]) => size > 1)).toEqual([]);
    const food = newest.find(({ item }) => item.name === '食品经营许可')?.item.codes;
    expect(findImplementationCode(food?.implementation ?? '')).toEqual({
      uscc: ORGANS.market.uscc,
      level: '3',
      base: food?.base,
    });
    expect(isBusinessCode(food?.business ?? '')).toBe(true);
    expect(names.size).toBeGreaterThan(50);
  });
});

describe('the entries of the sample', () => {
  const entries = sampleChanges();
  const of = (register: string) => entries.filter((entry) => entry.register === register);

  test('are each of their register’s schema', () => {
    const schemas: Record<string, { parse: (value: unknown) => unknown }> = {
      region: RegionSchema,
      organ: OrganSchema,
      'negative-list': NegativeListSchema,
      'negative-list-item': NegativeListItemSchema,
      edition: EditionSchema,
      'authority-item': AuthorityItemSchema,
      'certificate-type': CertificateTypeSchema,
    };
    for (const { register, value, key } of entries) {
      expect([key, schemas[register]?.parse(value)]).toEqual([key, value]);
      expect(value).toMatchObject({ sample: true });
    }
  });

  test('use region codes that no place can have', () => {
    for (const { key } of of('region')) expect(key).toMatch(/^0/);
  });

  test('rename one organ under its key and merge another into its successor', () => {
    const changed = of('organ').filter(({ kind }) => kind !== 'added');
    expect(changed.map(({ key }) => key).sort()).toEqual([ORGANS.culture.key, ORGANS.patents.key].sort());
    expect(changed.find(({ key }) => key === ORGANS.patents.key)?.value).toMatchObject({
      abolished: true,
      successors: [ORGANS.market.key],
    });
  });

  test('come in by no back door: what must be put right is overruled with a reason', () => {
    const check = openMustCheck([certificateType]);
    const faulty = sampleChanges().filter(({ register }) => register === 'authority-item');
    const found = faulty.filter(({ key, value, overruled = [] }) => {
      const rules = new Set(check({ item: AuthorityItemSchema.parse(value) }).map(({ rule }) => rule));
      expect([key, overruled.map(({ rule }) => rule).sort()]).toEqual([key, [...rules].sort()]);
      return rules.size > 0;
    });
    expect(found.length).toBeGreaterThan(3);
  });

  test('bind every edition to what the log says before it', () => {
    const said = new Map<string, string>();
    let checked = 0;
    for (const { register, key, value } of entries) {
      if (register === 'authority-item' || register === 'negative-list-item')
        said.set(key, blobName(canonicalBytes(value)));
      if (register !== 'edition') continue;
      const edition = EditionSchema.parse(value);
      const records = [...said].filter(([item]) => item.startsWith(`${edition.list}.`));
      expect(edition.digest).toBe(editionDigest(records.map(([item, blob]) => ({ key: item, blob }))));
      checked++;
    }
    expect(checked).toBeGreaterThanOrEqual(20);
  });

  test('have a negative list in two editions that differ, with measures that listed powers carry', () => {
    const list = of('negative-list-item');
    expect(new Set(list.map(({ kind }) => kind))).toEqual(
      new Set(['recorded', 'added', 'changed', 'cancelled']),
    );
    const measures = list.flatMap(({ value }) => NegativeListItemSchema.parse(value).measures);
    expect(measures.some(({ provisional }) => provisional)).toBe(true);
    expect(measures.some(({ local }) => local !== undefined)).toBe(true);
    const listed = new Set(newest.map(({ item }) => item.codes?.base));
    const met = measures.filter(({ baseCodes }) => baseCodes?.some((code) => listed.has(code)));
    expect(met.length).toBeGreaterThanOrEqual(15);
  });
});

describe('the food permit', () => {
  const history = [...histories.values()].find(([first]) => first?.item.name === '食品经营许可') ?? [];
  const listed = history.map(({ item, effectiveDate, reason, time }, index) => ({
    index,
    item,
    entry: {
      v: 1 as const,
      register: 'authority-item' as const,
      key: `${item.organ}.00001`,
      time,
      effectiveDate,
      blob: '',
      reason,
    },
  }));

  test('is a valid type, its code under an organ that nobody can have', () => {
    expect(CertificateTypeSchema.parse(certificateType)).toEqual(certificateType);
    expect(isUscc(certificateType.code.slice(0, 18))).toBe(true);
    expect(certificateType.code).toMatch(/^\d{2}000000.EXAMPLE/);
  });

  test('is carried by a power of the market organ, in force since the first list', () => {
    const organ = organs.find(({ name }) => name.endsWith('市场监督管理局'))?.key ?? '';
    const permits = certificateType.mandate;
    expect(findMandate(listed, { organ, day: '2026-06-01', permits })).toMatchObject({ holds: true });
    expect(findMandate(listed, { organ, day: '2023-03-01', permits })).toMatchObject({ holds: true });
    expect(findMandate(listed, { organ, day: '2023-02-28', permits })).toMatchObject({ holds: false });
    expect(entryInForceOn(listed, '2024-01-01')?.index).toBe(1);
  });

  test('is carried by one organ only: the command that is printed first names none', () => {
    const { category, itemNames } = certificateType.mandate;
    const carriers = newest.filter(({ item }) => item.category === category && itemNames.includes(item.name));
    expect(carriers.map(({ organ }) => organ)).toEqual([ORGANS.market.key]);
  });

  test('can be issued from the example file of the documentation', () => {
    const file = join(import.meta.dirname, '../../../docs/examples/food-permit.json');
    const data = IssueData.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { holder, face } = parseFace(certificateType, data);
    expect(holder.name).toContain('示例');
    expect(holder.code).toMatch(/^\d{2}000000.EXAMPLE/);
    expect(face.length).toBeGreaterThanOrEqual(5);
  });
});
