import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compareItems,
  compareLists,
  compareNegativeItems,
  compareTexts,
  shortenPieces,
  versionAt,
  type AuthorityItem,
  type FieldChange,
  type ListedHistory,
  type ListedVersion,
  type NegativeListItem,
  type TextPiece,
} from '../index.ts';

const ITEM: AuthorityItem = {
  schema: 'authority-item/1',
  organ: 'o-aaaaaaaaaaaaaaaa',
  name: '食品经营许可',
  category: '01',
  state: 'in-force',
  codes: { base: '000131008000' },
  bases: [
    { kind: 'law', title: '食品安全法', articles: ['第三十五条'], text: '【法律】《食品安全法》第三十五条' },
    { kind: 'rule', title: '许可办法', articles: [], text: '【规章】《许可办法》' },
  ],
  levels: [
    { level: '3', label: '市级', division: '负责跨区连锁总部。' },
    { level: '4', label: '县级', division: '负责其他经营者。' },
  ],
  dutiesText: '1.受理责任：公示材料。\n2.审查责任：现场核查。',
  duties: [
    { stage: '受理', text: '1.受理责任：公示材料。' },
    { stage: '审查', text: '2.审查责任：现场核查。' },
  ],
  subItems: [{ name: '食品销售', bases: [] }],
  service: {
    statutoryTime: { text: '二十个工作日', days: 20, unit: 'working-day' },
    materials: [
      { name: '申请书', originals: 1, copies: 0 },
      { name: '营业执照', copies: 1 },
    ],
  },
  process: [
    { id: 'accept', name: '受理', next: [{ to: 'decide', when: '材料齐全' }] },
    { id: 'decide', name: '决定', next: [] },
  ],
};

const joined = (pieces: readonly TextPiece[], ...kinds: TextPiece['kind'][]): string =>
  pieces
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('');

const brief = (changes: readonly FieldChange[]): string[] =>
  changes.map(
    ({ path, kind, within, member }) =>
      `${kind} ${path}${within.map((one) => ` <${one.member}>`).join('')}${member === undefined ? '' : ` ${member}`}`,
  );

describe('a redline', () => {
  const word = fc.constantFrom('许可', '处罚', '，', '。', '县级', '十五日', 'A4', '𠮷', '\n', ' ');
  const text = fc.array(word, { maxLength: 60 }).map((parts) => parts.join(''));

  test('gives both texts back, to the character', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = compareTexts(before, after);
        expect(joined(pieces, 'same', 'removed')).toBe(before);
        expect(joined(pieces, 'same', 'added')).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  test('has neither empty pieces nor two of a kind beside each other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = compareTexts(before, after);
        expect(pieces.every((piece) => piece.text !== '')).toBe(true);
        expect(pieces.some(({ kind }, n) => kind === pieces[n + 1]?.kind)).toBe(false);
      }),
    );
  });

  test('changes words, not halves of words, and leaves the rest', () => {
    expect(compareTexts('承诺十五个工作日内办结。咨询窗口。', '承诺十个工作日内办结。咨询窗口。')).toEqual([
      { kind: 'same', text: '承诺' },
      { kind: 'removed', text: '十五' },
      { kind: 'added', text: '十' },
      { kind: 'same', text: '个工作日内办结。咨询窗口。' },
    ]);
  });

  test('of two long texts with nothing in common shows both whole', () => {
    const [before, after] = ['甲乙丙'.repeat(10_000), '丁戊己'.repeat(10_000)];
    expect(compareTexts(before, after)).toEqual([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]);
  });

  test('too long by words is made by sentences', () => {
    const sentences = Array.from({ length: 900 }, (_, n) => `第${n}句写明一件事情。`);
    const after = sentences.map((one, n) => (n % 2 === 0 ? one : `另外一种说法取代了${n}。`));
    const pieces = compareTexts(sentences.join(''), after.join(''));
    expect(pieces.filter(({ kind }) => kind === 'same').length).toBeGreaterThan(400);
  });

  test('cut short keeps every change', () => {
    const pieces = compareTexts(
      `${'前文。'.repeat(50)}甲${'后文。'.repeat(50)}`,
      `${'前文。'.repeat(50)}乙${'后文。'.repeat(50)}`,
    );
    const short = shortenPieces(pieces);
    expect(joined(short, 'removed', 'added')).toBe(joined(pieces, 'removed', 'added'));
    expect(joined(short, 'same').length).toBeLessThan(80);
  });
});

describe('two versions of an item', () => {
  const { service, process, ...plain } = ITEM;
  const materials = service?.materials ?? [];
  const cases: [string, AuthorityItem, string[]][] = [
    ['a state', { ...ITEM, state: 'suspended' }, ['changed state']],
    ['a code that comes', { ...ITEM, codes: { ...ITEM.codes, former: 'X1' } }, ['added codes.former']],
    [
      'a material counted otherwise, wherever it stands',
      {
        ...ITEM,
        service: {
          ...service,
          materials: [
            { name: '新增材料说明' },
            { ...materials[0], name: '申请书', copies: 2 },
            ...materials.slice(1),
          ],
        },
      },
      ['added service.materials 新增材料说明', 'changed service.materials.copies <申请书>'],
    ],
    [
      'a time limit once, not its days too',
      {
        ...ITEM,
        service: { ...service, statutoryTime: { text: '十个工作日', days: 10, unit: 'working-day' } },
      },
      ['changed service.statutoryTime.text'],
    ],
    [
      'a duty once, not its wording too',
      {
        ...ITEM,
        dutiesText: '1.受理责任：公示材料。\n2.审查责任：远程核查。',
        duties: [...(ITEM.duties ?? []).slice(0, 1), { stage: '审查', text: '2.审查责任：远程核查。' }],
      },
      ['changed duties.text <审查>'],
    ],
    ['a wording whose parts stayed', { ...ITEM, dutiesText: '换了写法' }, ['changed dutiesText']],
    ['a basis that goes', { ...ITEM, bases: ITEM.bases.slice(1) }, ['removed bases 《食品安全法》']],
    ['bases in another order', { ...ITEM, bases: ITEM.bases.toReversed() }, ['reordered bases']],
    [
      'a level, by its level and not by its words',
      { ...ITEM, levels: [{ ...ITEM.levels[0], label: '地市级' }, ...ITEM.levels.slice(1)] },
      ['changed levels.label <地市级>'],
    ],
    [
      'a renamed sub-item that says the same',
      { ...ITEM, subItems: [{ name: '食品销售（新办）', bases: [] }] },
      ['changed subItems.name <食品销售（新办）>'],
    ],
    [
      'a step, where it leads by name',
      { ...ITEM, process: [{ id: 'accept', name: '受理', next: [] }, ...(process ?? []).slice(1)] },
      ['changed process.next <受理>'],
    ],
    [
      'what a service says, when it comes',
      { ...ITEM, service: { ...service, complaint: '12345' } },
      ['added service.complaint'],
    ],
  ];

  test.each(cases)('tell %s', (_what, after, expected) => {
    expect(brief(compareItems(ITEM, after))).toEqual(expected);
  });

  test('read backwards, what came goes and what went comes', () => {
    const forwards = compareItems(plain, ITEM);
    const backwards = compareItems(ITEM, plain);
    expect(forwards.map(({ kind }) => kind)).toEqual(forwards.map(() => 'added'));
    expect(backwards.map(({ kind }) => kind)).toEqual(backwards.map(() => 'removed'));
    expect(backwards.map(({ path }) => path)).toEqual(forwards.map(({ path }) => path));
  });

  test('say codes in words', () => {
    const [change] = compareItems(ITEM, { ...ITEM, category: '02' });
    expect(change).toMatchObject({ name: '权力类型', english: 'Category' });
    expect(joined(change?.pieces ?? [], 'removed', 'added')).toContain('处罚');
  });

  test('differ exactly where there is a change, whatever is edited', () => {
    const leaves = leafPaths(ITEM);
    expect(leaves.length).toBeGreaterThan(30);
    expect(compareItems(ITEM, structuredClone(ITEM))).toEqual([]);
    for (const path of leaves) {
      const after = structuredClone(ITEM);
      edit(after, path);
      expect([path.join('.'), compareItems(ITEM, after).length]).not.toEqual([path.join('.'), 0]);
    }
  });

  test('of a negative list tell the measure', () => {
    const item: NegativeListItem = {
      schema: 'negative-list-item/1',
      list: 'n-market',
      number: '3',
      code: '100003',
      chapter: 'permitted',
      name: '未获得许可，不得从事食品经营',
      measures: [{ text: '食品经营许可', authority: '市场监管', baseCodes: ['000131008000'] }],
      state: 'in-force',
    };
    const measures = [{ text: '食品经营许可', authority: '市场监管', provisional: true as const }];
    expect(brief(compareNegativeItems(item, { ...item, measures }))).toEqual([
      'removed measures.baseCodes <食品经营许可>',
      'added measures.provisional <食品经营许可>',
    ]);
  });
});

/** Where the texts and numbers of a value are. */
function leafPaths(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, one]) => leafPaths(one, [...path, key]));
}

/** Makes one leaf another; schemas are not asked. */
function edit(value: unknown, [key = '', ...rest]: readonly string[]): void {
  // A value made by `leafPaths` has what its path names.
  const inside = value as Record<string, unknown>;
  if (rest.length > 0) edit(inside[key], rest);
  else inside[key] = typeof inside[key] === 'number' ? inside[key] + 1 : `${String(inside[key])}又`;
}

describe('two states of a list', () => {
  const version = (index: number, day: string, more: Partial<ListedVersion> = {}): ListedVersion => ({
    index,
    time: `${day}T02:00:00Z`,
    effectiveDate: day,
    blob: `sha256:${index}`,
    state: 'in-force',
    name: '甲',
    ...more,
  });
  const history = (key: string, ...versions: ListedVersion[]): ListedHistory => ({ key, versions });
  const on = (kind: 'in-force' | 'listed', day: string) => ({ kind, day });
  const [from, to] = [on('in-force', '2026-01-01'), on('in-force', '2026-12-31')];

  test('tell what came, what went, what changed and what was renamed', () => {
    const found = compareLists(
      [
        history('a.1', version(1, '2025-01-01')),
        history('a.2', version(2, '2025-01-01'), version(9, '2026-03-01', { name: '乙' })),
        history('a.3', version(3, '2025-01-01'), version(8, '2026-02-01', { state: 'cancelled' })),
        history('a.4', version(7, '2026-02-01')),
        history('a.5', version(4, '2024-01-01'), version(5, '2024-02-01', { state: 'cancelled' })),
        history('a.6', version(6, '2025-01-01'), version(10, '2026-02-01', { state: 'suspended' })),
      ],
      from,
      to,
    );
    expect(found.added.map(({ key }) => key)).toEqual(['a.4']);
    expect(found.removed.map(({ key }) => key)).toEqual(['a.3']);
    expect(found.changed.map(({ key, isRenamed }) => [key, isRenamed])).toEqual([
      ['a.2', true],
      ['a.6', false],
    ]);
    expect(found.changed[0]?.steps.map(({ index }) => index)).toEqual([9]);
    expect({ before: found.before, after: found.after, unchanged: found.unchanged }).toEqual({
      before: 4,
      after: 4,
      unchanged: 1,
    });
  });

  test('tell what was first recorded apart from what is new', () => {
    const [recorded, gone] = [{ kind: 'recorded' }, { state: 'cancelled' }] as const;
    const found = compareLists(
      [
        history('a.1', version(1, '2026-01-15', { kind: 'recorded', time: '2026-02-01T00:00:00Z' })),
        history('a.2', version(2, '2026-02-01', { kind: 'added' })),
        history('a.3', version(3, '2026-02-01', recorded), version(4, '2026-02-02', { name: '乙' })),
        history(
          'a.4',
          version(5, '2026-02-01', recorded),
          version(6, '2026-02-02', gone),
          version(7, '2026-02-03', { kind: 'added' }),
        ),
        history('a.5', version(8, '2026-02-01')),
        history('a.6', version(9, '2026-01-15', gone), version(10, '2026-02-01', recorded)),
      ],
      from,
      to,
    );
    const keys = (list: readonly { key: string }[]) => list.map(({ key }) => key);
    expect(keys(found.recorded)).toEqual(['a.1', 'a.3']);
    expect(keys(found.added)).toEqual(['a.2', 'a.4', 'a.5', 'a.6']);
    expect([found.before, found.after]).toEqual([0, 6]);
  });

  test('tell a responsibility that moved, once, whichever side says it', () => {
    const { moved } = compareLists(
      [
        history(
          'a.1',
          version(1, '2025-01-01'),
          version(5, '2026-02-01', { kind: 'delegated', related: 'b.1' }),
        ),
        history('b.1', version(6, '2026-02-01', { kind: 'taken-over', related: 'a.1' })),
        history('c.1', version(7, '2026-02-01', { kind: 'taken-over', related: 'd.1' })),
        history('e.1', version(2, '2025-01-01', { kind: 'taken-over', related: 'f.1' })),
      ],
      from,
      to,
    );
    expect(moved).toEqual([
      { from: 'a.1', to: 'b.1', kind: 'delegated', index: 5 },
      { from: 'd.1', to: 'c.1', kind: 'taken-over', index: 7 },
    ]);
  });

  test('answer both questions: in force on a day, and said on a day', () => {
    const versions = [
      version(1, '2025-01-01'),
      version(2, '2026-01-10', { effectiveDate: '2026-07-01' }),
      version(3, '2026-02-10', { effectiveDate: '2026-03-01' }),
    ];
    const at = (kind: 'in-force' | 'listed', day: string) => versionAt(versions, on(kind, day))?.index;
    expect(at('in-force', '2026-02-28')).toBe(1);
    expect(at('in-force', '2026-03-01')).toBe(3);
    expect(at('in-force', '2026-07-01')).toBe(2);
    expect(at('listed', '2026-01-10')).toBe(2);
    expect(at('listed', '2026-07-01')).toBe(3);
    expect(at('listed', '2024-12-31')).toBeUndefined();
    expect(versionAt(versions, { kind: 'before', index: 2 })?.index).toBe(1);
  });

  test('a day ends in Beijing, not in Greenwich', () => {
    const late = [
      version(1, '2026-01-01', { time: '2026-01-01T15:59:59Z' }),
      version(2, '2026-01-01', { time: '2026-01-01T16:00:00Z' }),
    ];
    expect(versionAt(late, on('listed', '2026-01-01'))?.index).toBe(1);
    expect(versionAt(late, on('listed', '2026-01-02'))?.index).toBe(2);
  });

  test('differ in nothing from themselves', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`);
    const state = fc.constantFrom('in-force' as const, 'suspended' as const, 'cancelled' as const);
    const histories = fc.array(fc.array(fc.tuple(day, day, state), { minLength: 1, maxLength: 4 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        histories,
        day,
        day,
        fc.constantFrom('in-force' as const, 'listed' as const),
        (made, a, b, kind) => {
          let index = 0;
          const items = made.map((versions, n) =>
            history(
              `a.${n}`,
              ...versions.map(([time, effectiveDate, at]) =>
                version(index++, time, { effectiveDate, state: at }),
              ),
            ),
          );
          const same = compareLists(items, on(kind, a), on(kind, a));
          expect([same.added, same.removed, same.changed, same.moved]).toEqual([[], [], [], []]);
          const there = compareLists(items, on(kind, a), on(kind, b));
          const back = compareLists(items, on(kind, b), on(kind, a));
          expect(back.removed.map(({ key }) => key)).toEqual(there.added.map(({ key }) => key));
          expect(there.before + there.added.length - there.removed.length).toBe(there.after);
          expect(there.unchanged + there.changed.length + there.removed.length).toBe(there.before);
        },
      ),
    );
  });
});
