import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CertificateTypeSchema } from '@mandate/certificate';
import { CATEGORIES, isUscc } from '@mandate/codes';
import { canonicalBytes, cleanText, type Json } from '@mandate/encoding';
import {
  AuthorityItemSchema,
  entryInForceOn,
  findMandate,
  OrganSchema,
  parseDuties,
  parseLegalBases,
  type AuthorityItem,
} from '@mandate/lists';
import { parseFace } from '../certificates/face.ts';
import { IssueData } from '../certificates/certificate-data.ts';
import { sampleList, type SampleVersion } from './sample-list.ts';

const { organs, versions, certificateType } = sampleList();
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
  test('has eight organs, each valid and marked as a sample', () => {
    expect(organs).toHaveLength(8);
    for (const organ of organs) {
      expect(OrganSchema.parse(organ)).toEqual(organ);
      expect(organ).toMatchObject({ sample: true, regionName: '示例市' });
      expect(organ.name).toMatch(/^示例市/);
      expect(organ.key).toMatch(/^o-/);
    }
  });

  test('has at least 60 items, some in every category and in every organ', () => {
    expect(histories.size).toBeGreaterThanOrEqual(60);
    expect(new Set(newest.map(({ item }) => item.category))).toEqual(new Set(Object.keys(CATEGORIES)));
    for (const { key } of organs) {
      expect(newest.filter(({ organ }) => organ === key).length).toBeGreaterThanOrEqual(7);
    }
  });

  test('shows change: twelve items with a history, one suspended at least, two cancelled', () => {
    expect([...histories.values()].filter((history) => history.length > 1).length).toBeGreaterThanOrEqual(12);
    const states = newest.map(({ item }) => item.state);
    expect(states.filter((state) => state === 'suspended').length).toBeGreaterThanOrEqual(1);
    expect(states.filter((state) => state === 'cancelled').length).toBeGreaterThanOrEqual(2);
    const reasons = versions.map(({ reason }) => reason.slice(0, 2));
    expect(new Set(reasons)).toEqual(new Set(['示例', '新增', '变更', '暂停', '恢复', '取消', '下放']));
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

  test('holds only what has come to pass before the software did', () => {
    for (const { effectiveDate } of versions) expect(effectiveDate < '2026-06-01').toBe(true);
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
    for (const { name } of items) {
      expect(name).not.toMatch(/示例|(?:省|市|县|区|州|乡|镇)(?:级|本级|人民政府)|[局委厅]$/);
      expect(name).not.toMatch(/[\d０-９]|第[一二三四五六七八九十]/);
      expect(departments.filter((department) => name.includes(department))).toEqual([]);
    }
  });

  test('is read by the parsers of imported lists just as it was written', () => {
    for (const item of items) {
      expect(parseLegalBases(item.basisText ?? '')).toEqual(item.bases);
      expect(parseLegalBases(item.dutyBasisText ?? '')).toEqual(item.dutyBases);
      expect(parseDuties(item.dutiesText ?? '')).toEqual(item.duties);
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
    for (const item of items) {
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

  test('can be issued from the example file of the documentation', () => {
    const file = join(import.meta.dirname, '../../../../docs/examples/food-permit.json');
    const data = IssueData.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { holder, face } = parseFace(certificateType, data);
    expect(holder.name).toContain('示例');
    expect(holder.code).toMatch(/^\d{2}000000.EXAMPLE/);
    expect(face.length).toBeGreaterThanOrEqual(5);
  });
});
