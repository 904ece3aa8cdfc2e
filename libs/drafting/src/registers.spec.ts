import { describe, expect, test } from '@jest/globals';
import type { Json } from '@mandate/encoding';
import { CHANGE_KIND_CODES, REGISTERS } from '@mandate/lists';
import { candidateOf } from './candidate.ts';
import { problemsOf } from './problems.ts';
import {
  DRAFT_REGISTER_NAMES,
  DRAFT_REGISTERS,
  type DraftRegisterName,
  recordsWrittenBy,
  registersOfList,
} from './registers.ts';

describe('the table of registers', () => {
  test('names registers of the lists log', () => {
    expect(REGISTERS).toEqual(expect.arrayContaining(DRAFT_REGISTER_NAMES));
  });

  test('gives organs their own items, and the registry all else', () => {
    const organs = DRAFT_REGISTER_NAMES.filter((name) => DRAFT_REGISTERS[name]?.writtenBy === 'organs');
    expect(organs).toEqual(['authority-item']);
    expect(recordsWrittenBy('registry')).toBe('机关、区划、负面清单、证照类型和签章密钥');
    expect(recordsWrittenBy('organs')).toBe('权责事项');
  });

  test('publishes what others stand on before them', () => {
    const first = DRAFT_REGISTER_NAMES.filter((name) => DRAFT_REGISTERS[name]?.first);
    expect(first).toEqual(['organ', 'region', 'negative-list']);
  });

  test('compares flat values field by field, in the words of officials', () => {
    const before = { schema: 'organ/1', key: 'o-aaaaaaaaaaaaaaaa', name: '示例市农业局', parent: 'o-b' };
    const after = { ...before, name: '示例市农业农村局', abolished: true, successors: ['o-c', 'o-d'] };
    const fields = DRAFT_REGISTERS.organ?.compare(before, { ...after, parent: undefined });
    expect(fields?.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      '名称 changed',
      '上级 removed',
      '已撤销 added',
      '承接机关 added',
    ]);
    expect(fields?.at(-1)?.pieces).toEqual([{ kind: 'added', text: 'o-c、o-d' }]);
    expect(DRAFT_REGISTERS.organ?.compare(before, before)).toEqual([]);
  });

  test('says what codes mean, and what is within a value by its names', () => {
    const told = (register: DraftRegisterName, value: Json) =>
      DRAFT_REGISTERS[register]?.tell(value).map(({ name, pieces }) => `${name}：${pieces[0]?.text ?? ''}`);
    expect(told('organ', { schema: 'organ/1', level: '4' })).toEqual(['层级：县级']);
    expect(told('region', { schema: 'region/1', level: '3' })).toEqual(['层级：市级']);
    expect(told('negative-list', { kind: 'foreign-investment' })).toEqual(['种类：外商投资准入']);
    expect(
      told('certificate-type', {
        mandate: { category: '01', itemNames: ['甲许可', '乙许可'] },
        faceFields: [{ name: 'KZ_FR', label: '法定代表人', required: false, maxLength: 50 }],
      }),
    ).toEqual([
      '依据的权力：权力类型 行政许可，事项名称 甲许可、乙许可',
      '照面项目：代码 KZ_FR，名称 法定代表人，必填 否，最多字数 50',
    ]);
  });

  test('takes an abolished organ for cancelled: it ends, and does not change', () => {
    const value = { schema: 'organ/1', key: 'o-aaaaaaaaaaaaaaaa', name: '示例市农业局', abolished: true };
    const now = { blob: `sha256:${'0'.repeat(64)}`, effectiveDate: '2026-01-01', state: 'in-force' } as const;
    const good = CHANGE_KIND_CODES.filter((kind) => {
      const change = candidateOf(1, { register: 'organ', key: value.key, kind, value });
      return problemsOf({ list: 'registry', effectiveDate: '2026-06-01' }, change, now).length === 0;
    });
    expect(good).toEqual(['cancelled']);
  });

  test('says of a list where it is entered and where its items are', () => {
    expect(registersOfList('n-market')).toEqual({ list: 'negative-list', items: 'negative-list-item' });
    expect(registersOfList('o-aaaaaaaaaaaaaaaa')).toEqual({ list: 'organ', items: 'authority-item' });
  });
});
