import { expect, test } from '@jest/globals';
import { requireOverruleReason } from './overrule-reason.ts';

test.each([
  '依据正在修订',
  '国务院已决定取消，见附件',
  '国发〔2024〕5号已取消该项依据',
  'the basis is under revision',
  'قانۇن تۈزىتىلىۋاتىدۇ',
])('%s says why', (reason) => {
  expect(() => requireOverruleReason(reason)).not.toThrow();
});

test.each([
  '',
  '好',
  '同意',
  '可以保留',
  '。。。。。。。',
  '1234567890',
  '……！！？？——',
  '2024-12-31',
  '好好好好好好',
  '同意同意同意',
  'ok',
  'aaaaaaaaaaaaaa',
  'a b c d e f g h i j k l',
  '同意 1234567890',
  '👍👍👍👍👍👍',
])('%j says nothing', (reason) => {
  expect(() => requireOverruleReason(reason)).toThrow(
    expect.objectContaining({ code: 'reason-missing', message: expect.stringContaining('至少 6 个汉字') }),
  );
});
