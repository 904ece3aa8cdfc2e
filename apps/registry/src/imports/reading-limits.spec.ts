import { expect, test } from '@jest/globals';
import { IMPORT_LIMITS } from '@mandate/list-files';
import { commandReading, uploadReading } from './reading-limits.ts';

const sent = uploadReading(60);
const named = commandReading(60);

test('a file that is sent may show 30,000 of the longest real rows, and not what would hold up the server', () => {
  expect(sent.workbook.textCharacters).toBeGreaterThanOrEqual(30_000 * 1_200);
  expect(sent.workbook.textCharacters).toBeLessThanOrEqual(60_000_000);
  expect(named.workbook.textCharacters).toBe(IMPORT_LIMITS.textCharacters);
});

test('a file that is sent is no larger than a request', () => {
  expect(sent.workbook.fileBytes).toBe(IMPORT_LIMITS.uploadBytes);
  expect(named.workbook.fileBytes).toBe(IMPORT_LIMITS.fileBytes);
});

test('reading has the time that the operator says, and at the command line twice as much, one file at a time', () => {
  expect([sent.process.timeMs, named.process.timeMs]).toEqual([60_000, 120_000]);
  expect(named.process.processes).toBe(1);
});

test('all files that are read at once have two gibibytes of memory', () => {
  for (const { process } of [sent, named])
    expect(process.processes * process.memoryMib).toBeLessThanOrEqual(2_048);
});
