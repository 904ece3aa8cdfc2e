import { describe, expect, test } from '@jest/globals';
import type { ImportReport } from '../imports/import-report.ts';
import { formatReport } from './format-report.ts';

const NONE: ImportReport = {
  files: [],
  lists: [],
  items: 1,
  changes: 1,
  unchanged: 0,
  missing: [],
  cancelled: 0,
};
const list = (id: string): ImportReport['lists'][number] => ({
  list: 'o-aaaaaaaaaaaaaaaa',
  name: '示例局',
  files: ['甲.xlsx'],
  edition: { number: '2026', name: '示例局权责清单' },
  effectiveDate: '2026-11-27',
  newItems: 'recorded',
  changes: { new: 1, changed: 0, unchanged: 0 },
  doubtful: [],
  missing: [],
  asked: 0,
  cancelled: 0,
  draft: { id, state: 'draft', version: 1, changes: 1, undecided: 0 },
});

describe('the last line of a report', () => {
  const regions = { missing: [{ code: '650200', name: '克拉玛依市' }] };
  const draft = { id: 'd-2', state: 'draft' };

  test('counts the draft of the regions too', () => {
    const text = formatReport({ ...NONE, lists: [list('d-1')], regions: { ...regions, draft } });
    expect(text).toContain('；2 份草稿（其中 1 份登记区划），');
  });

  test('counts no draft of regions that was not made', () => {
    expect(formatReport({ ...NONE, lists: [list('d-1')], regions })).toContain('；1 份草稿，');
    expect(formatReport(NONE)).toContain('；0 份草稿，');
  });
});
