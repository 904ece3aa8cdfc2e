import { describe, expect, test } from '@jest/globals';
import { explain, FACT_CODES, FACTS, VERDICTS, type Fact, type FactName } from './index.ts';

const holds = FACTS.map((name): Fact => ({ name, state: 'holds', doesNotProve: '' }));

describe('what readers are told', () => {
  test.each(VERDICTS)('%s has a word and a sentence in both languages', (verdict) => {
    const { title, sentence } = explain({ verdict, facts: holds });
    for (const { zh, en } of [title, sentence]) {
      expect(zh).toMatch(/^[^A-Za-z]{3,}$/);
      expect(en).toMatch(/^[A-Z]/);
    }
  });

  test('only valid reassures, and no two verdicts share a word', () => {
    const titles = VERDICTS.map((verdict) => explain({ verdict, facts: holds }).title.zh);
    expect(new Set(titles).size).toBe(VERDICTS.length);
    expect(titles.filter((title) => title.includes('有效') && !title.includes('已过'))).toEqual(['真实有效']);
  });

  // Object.entries forgets the names of its keys.
  const codes = Object.entries(FACT_CODES).flatMap(([name, all]) =>
    all.map((code) => [name as FactName, code] as const),
  );
  test.each(codes)('%s %s has a sentence of its own', (name, code) => {
    const facts = [{ name, state: 'unknown', code, doesNotProve: '' }] as const;
    const { sentence, doesNotProve } = explain({ verdict: 'indeterminate', facts }).facts[0] ?? {};
    expect(sentence?.zh).toMatch(/。$/);
    expect(sentence?.zh).not.toBe('未知');
    expect(doesNotProve?.zh).toMatch(/^不证明/);
  });
});
