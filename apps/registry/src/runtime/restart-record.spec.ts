import { expect, test } from '@jest/globals';
import { RestartRecord } from './restart-record.ts';

const delaysOf = (record: RestartRecord, count: number, upMs: number): number[] =>
  Array.from({ length: count }, (_, i) => record.ended(i * upMs, (i + 1) * upMs, 'x').delayMs);

test('waits twice as long after each end, at most half a minute', () => {
  expect(delaysOf(new RestartRecord(), 9, 10)).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
  ]);
});

test('begins anew with what was up for a minute', () => {
  const record = new RestartRecord();
  expect(delaysOf(record, 4, 10).at(-1)).toBe(4_000);
  expect(record.ended(100_000, 159_999, 'x').delayMs).toBe(8_000);
  expect(record.ended(200_000, 260_000, 'x').delayMs).toBe(500);
  expect(record.ended(300_000, 300_001, 'x').delayMs).toBe(1_000);
});

test('counts the ends of the last hour only', () => {
  const record = new RestartRecord();
  expect(record.ended(0, 1_000, 'first').inLastHour).toBe(1);
  expect(record.ended(2_000, 3_000, 'second').inLastHour).toBe(2);
  expect(record.inLastHour(3_600_999)).toBe(2);
  expect(record.inLastHour(3_601_000)).toBe(1);
  expect(record.ended(0, 3_603_000, 'third').inLastHour).toBe(1);
  expect(record.told).toEqual({ ends: [3_603_000], reason: 'third' });
});
