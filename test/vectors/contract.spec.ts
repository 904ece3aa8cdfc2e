import { describe, expect, test } from '@jest/globals';
import { utf8 } from '@mandate/encoding';
import { REGISTERS } from '@mandate/lists';
import { isKeyOf, parseHistoryEntry, parseRegistryFile, PublishedFormatError } from '@mandate/published';
import { z } from 'zod';
import { readPublished, readVectors } from './read-vectors.ts';

const Text = z.string();

describe('formats §2.3: keys', () => {
  const { registers } = readVectors(
    'keys',
    z.looseObject({
      registers: z.array(
        z.object({ register: z.enum(REGISTERS), valid: z.array(Text), invalid: z.array(Text) }),
      ),
    }),
  );

  test.each(registers)('of $register', ({ register, valid, invalid }) => {
    expect([...valid, ...invalid].filter((key) => isKeyOf(register, key))).toEqual(valid);
  });
});

describe('formats §9.3: entries that are newer than their reader', () => {
  const { entries } = readVectors(
    'growth',
    z.looseObject({
      entries: z.object({ key: Text, cases: z.array(z.object({ leaf: Text, expect: Text })) }),
    }),
  );
  // Of what an asking reader passes over, the parser of a single leaf says what it is.
  const cases = entries.cases.filter((one) => one.expect !== 'passed-over');

  test.each(cases)('$leaf: $expect', ({ leaf, expect: expected }) => {
    let outcome = 'read';
    try {
      parseHistoryEntry(utf8(leaf));
    } catch (error) {
      if (!(error instanceof PublishedFormatError)) throw error;
      outcome = error.code;
    }
    expect(outcome).toBe(expected);
  });
});

test('formats §10.3: the registry file of the vectors is read', () => {
  expect(parseRegistryFile(readPublished('data/registry.json')).logs.lists.size).toBe(9);
});
