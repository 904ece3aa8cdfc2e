import { describe, expect, test } from '@jest/globals';
import { ItemSummarySchema, lawsOf, summarize, type AuthorityItem, type ListEntry } from './index.ts';

const KEY = 'o-aaaaaaaaaaaaaaaa.00001';
const ITEM: AuthorityItem = {
  schema: 'authority-item/1',
  organ: 'o-aaaaaaaaaaaaaaaa',
  name: '食品经营许可',
  category: '01',
  state: 'in-force',
  codes: { base: '010131001000' },
  handlingOffice: '食品科',
  bases: [
    { kind: 'law', title: '食品安全法', articles: [], text: '…' },
    { kind: 'law', title: '食品安全法', articles: [], text: '…' },
    { kind: 'normative-document', title: '通知', articles: [], text: '…' },
    { kind: 'rule', title: '许可办法', articles: [], text: '…' },
    { kind: 'unknown', articles: [], text: '…' },
  ],
  levels: [{ level: '4' }, { level: '3' }],
  subItems: [{ name: '变更', bases: [], levels: [{ level: '5' }, { level: '3' }] }],
  service: {
    statutoryTime: { text: '20个工作日', days: 20, unit: 'working-day' },
    promisedTime: { text: '10个工作日', days: 10, unit: 'working-day' },
    fee: { charged: false },
  },
};
const entry = (index: number, item: AuthorityItem | undefined, more: Partial<ListEntry> = {}) => ({
  index,
  item,
  entry: {
    v: 1 as const,
    register: 'authority-item' as const,
    key: KEY,
    time: '2026-01-01T00:00:00Z',
    effectiveDate: '2026-01-15',
    blob: `sha256:${'0'.repeat(64)}`,
    reason: '新增：示例',
    ...more,
  },
});

describe('a summary', () => {
  test('says of the newest entry what lists, facets and statistics need', () => {
    const summary = summarize(KEY, [entry(4, { ...ITEM, name: '旧名' }), entry(9, ITEM)]);
    expect(summary).toMatchObject({
      key: KEY,
      name: '食品经营许可',
      category: '01',
      state: 'in-force',
      levels: ['3', '4', '5'],
      baseCode: '010131001000',
      office: '食品科',
      subItems: ['变更'],
      laws: ['食品安全法', '许可办法'],
      statutoryDays: 20,
      promisedDays: 10,
      charged: false,
    });
    expect(summary.versions.map(({ index, name }) => [index, name])).toEqual([
      [4, '旧名'],
      [9, '食品经营许可'],
    ]);
    expect(ItemSummarySchema.parse(summary)).toEqual(summary);
  });

  test('names five laws at most, each once', () => {
    const bases = Array.from({ length: 9 }, (_, n) => ({
      kind: 'law' as const,
      title: `第${n.toString()}法`,
      articles: [],
      text: '…',
    }));
    expect(lawsOf({ bases: [...bases, ...bases] })).toHaveLength(9);
    expect(summarize(KEY, [entry(1, { ...ITEM, bases })]).laws).toHaveLength(5);
    expect(summarize(KEY, [entry(1, { ...ITEM, bases: [] })])).not.toHaveProperty('laws');
  });

  test('works the kind out from the states where an entry does not say it', () => {
    const states = ['in-force', 'in-force', 'suspended', 'in-force', 'cancelled', 'in-force'] as const;
    const { versions } = summarize(
      KEY,
      states.map((state, n) => entry(n, { ...ITEM, state })),
    );
    expect(versions.map(({ kind }) => kind)).toEqual([
      'added',
      'changed',
      'suspended',
      'resumed',
      'cancelled',
      'added',
    ]);
  });

  test('keeps what an entry says of itself', () => {
    const said = {
      kind: 'taken-over',
      document: '示政发〔2026〕1号',
      edition: 'o-a.2026',
      related: 'o-b.00002',
    } as const;
    expect(summarize(KEY, [entry(1, ITEM, said)]).versions).toMatchObject([said]);
  });

  test('has no word of content that was redacted, and guesses no state from it', () => {
    const summary = summarize(KEY, [entry(1, ITEM), entry(2, undefined), entry(3, undefined)]);
    expect(summary).toEqual({ key: KEY, levels: [], subItems: [], versions: summary.versions });
    expect(JSON.stringify(summary.versions.slice(1))).not.toContain('食品经营许可');
    expect(summary.versions.map(({ kind }) => kind)).toEqual(['added', 'changed', 'changed']);
    expect(ItemSummarySchema.parse(summary)).toEqual(summary);
  });

  test('of a redacted first entry says that it was added', () => {
    expect(summarize(KEY, [entry(1, undefined), entry(2, ITEM)]).versions.map(({ kind }) => kind)).toEqual([
      'added',
      'changed',
    ]);
  });
});
