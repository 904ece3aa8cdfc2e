import { organKey, type AuthorityItem, type Organ } from '@mandate/lists';
import type { Act } from './published-folder.ts';

const HOSTILE = '</script><script>alert(1)</script> "引号" & <b>';

export const ORGAN: Organ = {
  schema: 'organ/1',
  key: organKey({ name: '示例市测试管理局' }),
  name: '示例市测试管理局',
  sample: true,
};
/** As an imported list gives it: no service facts at all. */
const PLAIN: AuthorityItem = {
  schema: 'authority-item/1',
  organ: ORGAN.key,
  name: '对擅自设置测试标志的处罚',
  category: '02',
  state: 'in-force',
  handlingOffice: '执法支队',
  bases: [
    {
      kind: 'law',
      title: '测试法',
      articles: ['第三条'],
      text: '【法律】《测试法》第三条：擅自设置的，处以罚款。',
    },
  ],
  levels: [{ level: '3', label: '市级' }],
  subItems: [],
  sample: true,
};
/** With text that breaks careless pages in every place. */
export const NASTY: AuthorityItem = {
  ...PLAIN,
  name: `名称${HOSTILE}`,
  service: {
    conditions: HOSTILE,
    materials: [{ name: HOSTILE, remarks: HOSTILE, formOffered: true }],
    result: { name: HOSTILE },
  },
  process: [
    { id: 'one', name: HOSTILE.slice(0, 30), handler: HOSTILE, next: [{ to: 'two', when: HOSTILE }] },
    { id: 'two', name: '办结' },
  ],
  risks: [{ step: HOSTILE, form: HOSTILE, grade: 'high', measures: HOSTILE }],
  discretion: [{ conduct: HOSTILE, tiers: [{ tier: '一般', circumstances: HOSTILE, standard: HOSTILE }] }],
  remarks: HOSTILE,
};
const act = (number: number, blob: AuthorityItem, day: string, more: Partial<Act> = {}): Act => ({
  register: 'authority-item',
  key: `${ORGAN.key}.0000${number}`,
  blob,
  time: `${day}T01:00:00Z`,
  effectiveDate: day,
  reason: '测试',
  ...more,
});
export const ITEM_ACTS: readonly Act[] = [
  { register: 'organ', key: ORGAN.key, blob: ORGAN, time: '2026-11-20T02:00:00Z', reason: '登记' },
  act(1, PLAIN, '2026-11-20', {
    overruled: [
      { rule: 'power-without-basis', reason: '依据待上级明确' },
      { rule: 'rule-of-another-time', reason: '另有说明' },
    ],
  }),
  act(2, NASTY, '2026-11-20'),
  act(3, { ...PLAIN, remarks: '旧' }, '2026-11-20', { effectiveDate: '2025-01-01' }),
  act(3, { ...PLAIN, remarks: '新' }, '2026-11-20', { effectiveDate: '2026-06-01', kind: 'changed' }),
  act(3, { ...PLAIN, remarks: '新', state: 'cancelled' }, '2026-11-20', {
    effectiveDate: '2027-01-01',
    kind: 'cancelled',
    reason: '上级取消',
    document: '示政发〔2026〕9号',
  }),
  act(4, { ...PLAIN, name: '已撤下' }, '2026-11-20', { redacted: true }),
];

export function itemAddress(key: string): string {
  return `/items/${key.replace('.', '/')}/`;
}
