import {
  editionDigest,
  type AuthorityItem,
  type Edition,
  type NegativeList,
  type NegativeListItem,
  type Region,
} from '@mandate/lists';
import { blobName, canonicalBytes } from '@mandate/encoding';
import type { Act } from './published-folder.ts';
import { ACTS, CULTURE, FOOD, itemKey, MARKET, TRANSPORT } from './sample-acts.ts';

const TIME = '2025-09-01T01:00:00Z';

const CITY: Region = {
  schema: 'region/1',
  code: '990100',
  name: '示例市',
  level: '3',
  parent: '990000',
  sample: true,
};
const REGIONS: readonly Region[] = [
  { schema: 'region/1', code: '990000', name: '示例省', level: '2', sample: true },
  CITY,
  { schema: 'region/1', code: '990101', name: '示东区', level: '4', parent: '990100', sample: true },
];

export const NEGATIVE: NegativeList = {
  schema: 'negative-list/1',
  key: 'n-sample',
  name: '市场准入负面清单（示例）',
  kind: 'market-access',
  issuer: '示例省人民政府',
  sample: true,
};

const CLOSED = negativeItem('1', '100001', '以“=SUM(A1)”为名的禁止事项', {
  chapter: 'prohibited',
  sectionName: '《清单》制定的禁止事项',
  measures: [{ text: '=HYPERLINK("https://example.com","不得进入")' }],
});
/** A measure that the food permit carries, and one that no power here does. */
const CATERING = negativeItem('7', '208001', '未获得许可，不得从事餐饮服务', {
  chapter: 'permitted',
  section: 'H',
  measures: [
    { text: '食品经营许可', authority: '市场监管部门', baseCodes: [FOOD.codes?.base ?? ''] },
    { text: '暂时列入的措施', provisional: true, local: '示例市', baseCodes: ['990131999000'] },
  ],
});
const GONE = negativeItem('9', '202001', '未获得许可，不得从事采矿', { chapter: 'permitted', section: 'B' });

/** An item that promises longer than the statute allows, and one that promises less. */
const TIMED: AuthorityItem = {
  ...FOOD,
  organ: TRANSPORT.key,
  name: '@道路货物运输经营许可',
  codes: { base: '000118005000' },
  service: {
    statutoryTime: { text: '20个工作日', days: 20, unit: 'working-day' },
    promisedTime: { text: '25个工作日', days: 25, unit: 'working-day' },
    fee: { charged: false },
  },
};

/** What the sample acts lack: regions, a parent and its organs, a negative list in two editions, editions of an organ. */
export const LIST_ACTS: readonly Act[] = (() => {
  const acts: Act[] = [
    ...REGIONS.map((blob): Act => entry('region', blob.code, blob, '登记行政区划')),
    entry('organ', MARKET.key, { ...MARKET, region: CITY.code, level: '3' }, '补登行政区划'),
    entry(
      'organ',
      TRANSPORT.key,
      { ...TRANSPORT, region: CITY.code, level: '3', parent: MARKET.key },
      '补登',
    ),
    entry(
      'organ',
      CULTURE.key,
      { ...CULTURE, region: '990101', abolished: true, successors: [MARKET.key] },
      '机构改革，职责划归市场监督管理局',
    ),
    entry('authority-item', itemKey(TRANSPORT, 3), TIMED, '=新列入', {
      kind: 'added',
      document: '示政发〔2025〕9号',
    }),
    entry('negative-list', NEGATIVE.key, NEGATIVE, '登记负面清单'),
    ...[CLOSED, CATERING, GONE].map((blob) =>
      entry('negative-list-item', `${NEGATIVE.key}.${blob.code}`, blob, '首次公布', { kind: 'added' }),
    ),
  ];
  acts.push(edition(acts, NEGATIVE.key, '2024', '2024年版'), edition(acts, MARKET.key, '2024', '2024年版'));
  acts.push(
    entry('negative-list-item', `${NEGATIVE.key}.${GONE.code}`, { ...GONE, state: 'cancelled' }, '放开采矿', {
      kind: 'cancelled',
    }),
    entry(
      'negative-list-item',
      `${NEGATIVE.key}.${CATERING.code}`,
      { ...CATERING, name: '未获得许可，不得从事餐饮服务和食品销售' },
      '合并食品销售',
      { kind: 'changed' },
    ),
    entry('authority-item', itemKey(MARKET, 1), { ...FOOD, remarks: '全程网上办理。' }, '全程网上办理', {
      kind: 'changed',
      effectiveDate: '2099-01-01',
    }),
  );
  acts.push(edition(acts, NEGATIVE.key, '2025', '2025年版'), edition(acts, MARKET.key, '2025', '2025年版'));
  return acts;
})();

function entry(
  register: Act['register'],
  key: string,
  blob: Act['blob'],
  reason: string,
  more: Pick<Act, 'kind' | 'document' | 'effectiveDate'> = {},
): Act {
  return { register, key, blob, reason, time: TIME, ...more };
}

function edition(acts: readonly Act[], list: string, number: string, name: string): Act {
  const newest = new Map<string, Act>();
  for (const act of [...ACTS, ...acts]) {
    if (act.key.startsWith(`${list}.`) && act.register !== 'edition') newest.set(act.key, act);
  }
  const items = [...newest.values()].filter(({ blob }) => !('state' in blob && blob.state === 'cancelled'));
  const records = [...newest].map(([key, { blob }]) => ({ key, blob: blobName(canonicalBytes(blob)) }));
  const document = `示政发〔${number}〕1号`;
  const blob: Edition = {
    schema: 'edition/1',
    list,
    number,
    name,
    date: `${number}-09-01`,
    document,
    approvedBy: '示例市人民政府',
    items: items.length,
    digest: editionDigest(records),
    sample: true,
  };
  return entry('edition', `${list}.${number}`, blob, `公布${name}`, { document });
}

function negativeItem(
  number: string,
  code: string,
  name: string,
  more: Pick<NegativeListItem, 'chapter'> & Partial<NegativeListItem>,
): NegativeListItem {
  return {
    schema: 'negative-list-item/1',
    list: NEGATIVE.key,
    number,
    code,
    name,
    measures: [],
    state: 'in-force',
    sample: true,
    ...more,
  };
}
