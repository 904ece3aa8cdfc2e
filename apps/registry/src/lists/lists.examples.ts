import type { Json } from '@mandate/encoding';

// Answers as the description shows them; a test holds each to the schema of its operation.

const ORGAN_KEY = 'o-b3gccx6q3daf3yud';
const ITEM_KEY = `${ORGAN_KEY}.00001`;
const LIST_KEY = 'n-market-access';
const BLOB = 'sha256:50e9afe896e00b49411c2585112857a028e4eec64493f70ef3bb67f4fc0ce7ad';

function entry(register: string, key: string, more: Record<string, Json> = {}): Json {
  return {
    v: 1,
    register,
    key,
    time: '2026-01-05T01:00:00Z',
    effectiveDate: '2026-02-01',
    blob: BLOB,
    reason: '首次公布',
    ...more,
  };
}

const organ = {
  schema: 'organ/1',
  key: ORGAN_KEY,
  name: '示例市市场监督管理局',
  shortName: '市市场监管局',
  region: '990100',
  regionName: '示例市',
  level: '3',
};
const item = {
  schema: 'authority-item/1',
  organ: ORGAN_KEY,
  name: '食品经营许可',
  category: '01',
  state: 'in-force',
  codes: { base: '000131008000' },
  bases: [
    {
      kind: 'law',
      title: '中华人民共和国食品安全法',
      articles: ['第三十五条'],
      text: '【法律】《中华人民共和国食品安全法》第三十五条',
    },
  ],
  levels: [{ level: '3', label: '市级', division: '负责市辖区内跨区连锁总部的许可。' }],
  subItems: [],
};
const region = { schema: 'region/1', code: '990100', name: '示例市', level: '3' };
const negativeList = {
  schema: 'negative-list/1',
  key: LIST_KEY,
  name: '市场准入负面清单',
  kind: 'market-access',
  issuer: '示例发布机关',
};
const negativeItem = {
  schema: 'negative-list-item/1',
  list: LIST_KEY,
  number: '7',
  code: '201001',
  chapter: 'permitted',
  section: 'A',
  name: '未获得许可或资质，不得从事种子生产经营',
  measures: [{ text: '种子生产经营许可', authority: '农业农村部门', baseCodes: ['000120025000'] }],
  state: 'in-force',
};
const edition = {
  schema: 'edition/1',
  list: ORGAN_KEY,
  number: '2026',
  name: '示例市市场监督管理局权责清单（2026年版）',
  date: '2026-01-05',
  document: '示例发〔2026〕1号',
  items: 128,
  digest: BLOB,
};
const step = {
  index: 812,
  time: '2026-03-02T01:00:00Z',
  effectiveDate: '2026-03-15',
  kind: 'changed',
  reason: '缩短承诺办结时限',
  document: '示例发〔2026〕8号',
  blob: BLOB,
  name: '食品经营许可',
  state: 'in-force',
};

const listed = (register: string, key: string): { key: string; index: number; entry: Json } => ({
  key,
  index: 3,
  entry: entry(register, key),
});
const history = (register: string, key: string, content: Record<string, Json>): Json => ({
  key,
  entries: [{ index: 3, entry: entry(register, key), ...content }],
});
const comparison = (key: string, name: string): Json => ({
  differences: [
    {
      key,
      change: 'changed',
      name,
      before: 3,
      after: 812,
      steps: [{ ...step, name }],
      fields: [
        {
          path: 'remarks',
          name: '备注',
          english: 'Remarks',
          within: [],
          kind: 'changed',
          pieces: [
            { kind: 'same', text: '承诺' },
            { kind: 'removed', text: '十五' },
            { kind: 'added', text: '十' },
            { kind: 'same', text: '个工作日内办结。' },
          ],
        },
      ],
    },
  ],
  moved: [],
});

export const EXAMPLES = {
  organs: { organs: [organ] },
  organ: { ...listed('organ', ORGAN_KEY), organ },
  organHistory: history('organ', ORGAN_KEY, { organ }),
  items: {
    items: [
      {
        key: ITEM_KEY,
        organ: ORGAN_KEY,
        name: item.name,
        category: item.category,
        state: item.state,
        effectiveDate: '2026-02-01',
        index: 3,
      },
    ],
    next: ITEM_KEY,
  },
  item: { ...listed('authority-item', ITEM_KEY), item },
  itemHistory: history('authority-item', ITEM_KEY, { item }),
  regions: { regions: [region] },
  region: { ...listed('region', region.code), region },
  negativeLists: { lists: [negativeList] },
  negativeList: { ...listed('negative-list', LIST_KEY), list: negativeList },
  negativeItems: {
    items: [
      {
        key: `${LIST_KEY}.201001`,
        list: LIST_KEY,
        name: negativeItem.name,
        chapter: negativeItem.chapter,
        section: negativeItem.section,
        state: negativeItem.state,
        effectiveDate: '2026-02-01',
        index: 3,
      },
    ],
  },
  negativeItem: { ...listed('negative-list-item', `${LIST_KEY}.201001`), item: negativeItem },
  negativeItemHistory: history('negative-list-item', `${LIST_KEY}.201001`, { item: negativeItem }),
  editions: { editions: [edition] },
  edition: { ...listed('edition', `${ORGAN_KEY}.2026`), edition },
  comparison: comparison(ITEM_KEY, item.name),
  negativeComparison: comparison(`${LIST_KEY}.201001`, negativeItem.name),
} satisfies Record<string, Json>;
