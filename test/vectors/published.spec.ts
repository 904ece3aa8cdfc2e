import { describe, expect, test } from '@jest/globals';
import { fromUtf8, utf8 } from '@mandate/encoding';
import { keyFingerprint, parsePublicKey } from '@mandate/signature';
import { parseStatusList, parseTrustList } from '@mandate/trust';
import { z } from 'zod';
import { auditFolder } from '../support/audit.ts';
import { outcomeOf, PUBLISHED, readPublished, readVectors } from './read-vectors.ts';

const Text = z.string();

describe('formats §6: the status list', () => {
  const list = readVectors(
    'status-list',
    z.object({
      path: Text,
      key: Text,
      id: Text,
      validFrom: Text,
      validUntil: Text,
      set: z.array(z.number()),
      clear: z.array(z.number()),
      outOfRange: z.array(z.number()),
      cases: z.array(z.object({ name: Text, file: Text, now: Text, expect: Text })),
    }),
  );
  const key = parsePublicKey(list.key);

  test('says which places are set', async () => {
    const { url, validFrom, validUntil, isSet } = parseStatusList(
      readPublished(list.path),
      key,
      new Date(list.validFrom),
    );
    expect({ url, validFrom, validUntil }).toEqual({
      url: list.id,
      validFrom: list.validFrom,
      validUntil: list.validUntil,
    });
    expect([...list.set, ...list.clear].filter(isSet)).toEqual(list.set);
    for (const index of list.outOfRange)
      expect(await outcomeOf(() => isSet(index))).toBe('index-out-of-range');
  });

  test.each(list.cases)('$name: $expect', async (vector) => {
    const verify = () => {
      const { url } = parseStatusList(utf8(vector.file), key, new Date(vector.now));
      if (url !== list.id) throw Object.assign(new Error(), { code: 'other-list' });
    };
    expect(await outcomeOf(verify)).toBe(vector.expect);
  });

  test('the first case is the published file', () => {
    expect(list.cases[0]?.file).toBe(fromUtf8(readPublished(list.path)));
  });
});

describe('formats §8: the trust list', () => {
  const list = readVectors(
    'trust-list',
    z.object({
      path: Text,
      rootKey: Text,
      rootFingerprint: Text,
      cases: z.array(z.object({ name: Text, file: Text, rootFingerprint: Text, expect: Text })),
    }),
  );

  test('is by the root of the fingerprint', () => {
    expect(keyFingerprint(parsePublicKey(list.rootKey))).toBe(list.rootFingerprint);
    expect(parseTrustList(readPublished(list.path), list.rootFingerprint).rootKey).toBe(list.rootKey);
  });

  test.each(list.cases)('$name: $expect', async ({ file, rootFingerprint, expect: expected }) => {
    expect(await outcomeOf(() => parseTrustList(utf8(file), rootFingerprint))).toBe(expected);
  });

  test('the first case is the published file', () => {
    expect(list.cases[0]?.file).toBe(fromUtf8(readPublished(list.path)));
  });
});

test('formats §10.1: the audit finds nothing wrong with the tiny registry, nor a file it does not know', async () => {
  const { problems, checked } = await auditFolder(PUBLISHED);
  expect(problems).toEqual([]);
  expect(checked).toEqual(expect.objectContaining({ entries: 12, blobs: 9 }));
});
