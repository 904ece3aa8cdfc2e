import { describe, expect, test } from '@jest/globals';
import { restartChecks } from '../runtime/supervisor-report.ts';
import { diskCheck } from './disk-check.ts';
import { expiryCheck } from './key-checks.service.ts';
import { lagCheck, pulseChecks } from './lag.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const GB = 1024 ** 3;
const DAY_MS = 86_400_000;

test.each([
  [3 * GB, 'ok'],
  [2 * GB - 1, 'degraded'],
  [GB / 4 - 1, 'unavailable'],
])('a disk with %d bytes free is %s', (free, status) => {
  expect(diskCheck({ bavail: free, bsize: 1 }).status).toBe(status);
});

test('what waits is late after its time, and the longest wait counts', () => {
  const at = (ms: number) => new Date(NOW - ms);
  const check = (...since: (Date | undefined)[]) => lagCheck('publication', '数据文件', since, 10_000, NOW);
  expect(check(undefined, undefined)).toMatchObject({ status: 'ok', detail: '数据文件没有落后' });
  expect(check(at(10_000), undefined).status).toBe('ok');
  expect(check(at(1_000), at(61_000))).toMatchObject({
    status: 'degraded',
    detail: '数据文件已落后数据库 61 秒',
  });
});

describe('the worker', () => {
  const pulse = { at: NOW - 5_000, data: { doneAt: NOW - 1_000 }, pages: {}, ledger: {} };
  const statusOf = (...[one]: Parameters<typeof pulseChecks>) => pulseChecks(one, NOW)[0]?.status;

  test('is well while it gives signs of life and its rounds succeed', () => {
    expect(statusOf(pulse, NOW)).toBe('ok');
  });
  test.each([
    ['never ran', undefined],
    ['has been silent for more than a minute', { ...pulse, at: NOW - 60_001 }],
    ['lives, but cannot write the data files', { ...pulse, data: { failingSince: NOW - 1 } }],
    ['lives, but cannot chain the ledger', { ...pulse, ledger: { failingSince: NOW - 1 } }],
    ['lives, but cannot build the pages', { ...pulse, pages: { failingSince: NOW - 1 } }],
  ])('is degraded where it %s', (_, one) => {
    expect(statusOf(one, NOW)).toBe('degraded');
  });
});

describe('signing keys', () => {
  const key = (organ: string, days: number, revokedAt?: string) => ({
    schema: 'signing-key/1' as const,
    organ,
    sha256: '0'.repeat(64),
    certificate: 'AA==',
    notBefore: '2020-01-01T00:00:00Z',
    notAfter: `${new Date(NOW + days * DAY_MS).toISOString().slice(0, 19)}Z`,
    ...(revokedAt === undefined ? {} : { revokedAt }),
  });

  test('say thirty days before that they expire, and when they have', () => {
    expect(expiryCheck([key('a', 31)], NOW).status).toBe('ok');
    expect(expiryCheck([key('a', 31), key('b', 29)], NOW).status).toBe('degraded');
    expect(expiryCheck([key('a', 29), key('b', 0)], NOW).status).toBe('unavailable');
  });
  test('an old key matters no more once the organ has a newer one', () => {
    expect(expiryCheck([key('a', -400), key('a', 300)], NOW).status).toBe('ok');
  });
  test('a revoked key is nobody’s newest', () => {
    expect(expiryCheck([key('a', 300, '2026-05-01T00:00:00Z'), key('a', 10)], NOW).status).toBe('degraded');
  });
});

describe('restarts', () => {
  const report = (...ends: number[]) => ({
    type: 'report' as const,
    parts: [
      { name: 'api' as const, ends, reason: '信号 SIGKILL' },
      { name: 'worker' as const, ends: [] },
    ],
  });
  test('one is told, three within the hour are something to look at', () => {
    expect(restartChecks(report(NOW - 1), NOW)).toEqual([
      { name: 'restarts-api', status: 'ok', detail: '一小时内重新启动 1 次，最近一次：信号 SIGKILL' },
    ]);
    expect(restartChecks(report(NOW - 3, NOW - 2, NOW - 1), NOW)[0]?.status).toBe('degraded');
  });
  test('what is an hour ago is over', () => {
    expect(restartChecks(report(NOW - 3_600_000), NOW)).toMatchObject([{ name: 'restarts', status: 'ok' }]);
  });
  test('without a supervisor nothing is known of them', () => {
    expect(restartChecks(undefined, NOW)).toEqual([]);
  });
});
