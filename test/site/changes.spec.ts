import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareTexts, compareVersions } from '../../site/src/text/changes.ts';
import { FOOD } from '../support/sample-acts.ts';

describe('what changed between two versions', () => {
  test('nothing, between equal ones', () => {
    expect(compareVersions(FOOD, structuredClone(FOOD))).toEqual([]);
  });

  test.each([
    ['state', { ...FOOD, state: 'suspended' as const }, '状态'],
    ['name', { ...FOOD, name: '食品经营许可（含备案）' }, '事项名称'],
    ['codes', { ...FOOD, codes: { base: '000131008001' } }, '编码'],
    ['levels', { ...FOOD, levels: FOOD.levels.slice(1) }, '行使层级与分工'],
    ['duties', { ...FOOD, dutiesText: '1.受理阶段责任：公示。' }, '责任事项'],
    ['bases', { ...FOOD, basisText: '【法律】《中华人民共和国食品安全法》' }, '设定和实施依据'],
    ['sub-items', { ...FOOD, subItems: FOOD.subItems.slice(1) }, '子项'],
    ['handling office', { ...FOOD, handlingOffice: '许可科' }, '承办机构'],
  ])('names the field: %s', (_what, after, word) => {
    expect(compareVersions(FOOD, after).map((change) => change.word)).toEqual([word]);
  });

  test('a field that comes is added, one that goes is removed', () => {
    const { remarks: _remarks, ...without } = FOOD;
    expect(compareVersions(without, FOOD).map(({ kind }) => kind)).toEqual(['added']);
    expect(compareVersions(FOOD, without).map(({ kind }) => kind)).toEqual(['removed']);
  });

  test('what was removed stood in the old text, what was added stands in the new one', () => {
    const text = fc.array(fc.constantFrom('许可', '处罚', '检查', '，', '县级', '十五日'), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [old, now] = [before.join(''), after.join('')];
        for (const { kind, text: piece } of compareTexts(old, now)) {
          if (kind === 'removed') expect(old).toContain(piece);
          if (kind === 'added') expect(now).toContain(piece);
        }
      }),
    );
  });

  test('two long texts with nothing in common are told at once', () => {
    const [before, after] = ['甲乙丙'.repeat(10_000), '丁戊己'.repeat(10_000)];
    expect(compareTexts(before, after)).toEqual([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]);
  });
});
