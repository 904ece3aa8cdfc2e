import { INDUSTRY_SECTIONS } from '@mandate/codes';
import { choice, column, MARK, type TemplateSheet } from './template-sheet.ts';

const CHAPTER_WORDS = { prohibited: '禁止准入类', permitted: '许可准入类' } as const;
const SECTIONS = Object.fromEntries(Object.keys(INDUSTRY_SECTIONS).map((letter) => [letter, letter]));

/** A negative list in our own template: one row for each measure. */
export const NEGATIVE_SHEET: TemplateSheet = {
  name: '负面清单',
  about: '一条措施一行；同一事项的各行填同一个事项编码，事项自己的各栏只在第一行写。',
  addresses: [],
  columns: [
    column('事项编码', 'code', { width: 12, required: true, note: '必填，6 位数字。同一事项的各行相同。' }),
    column('项目号', 'number', { width: 8, required: true, note: '必填，照清单上印的写。' }),
    column('清单章', 'chapter', { value: choice(CHAPTER_WORDS), width: 12, required: true, note: '必填。' }),
    column('门类', 'section', {
      value: choice(SECTIONS),
      note: `国民经济行业门类的字母：${Object.entries(INDUSTRY_SECTIONS)
        .map(([letter, name]) => `${letter} ${name}`)
        .join('；')}。不分行业的留空。`,
    }),
    column('分节标题', 'sectionName', { width: 24 }),
    column('禁止或许可事项', 'name', { width: 40, required: true, note: '必填。' }),
    column('事项状态', 'state', {
      value: choice({ 'in-force': '在用', cancelled: '取消' }),
      note: '留空为“在用”。',
    }),
    column('示例', 'sample', { value: MARK, note: '只在演示数据里填“是”。' }),
  ],
  details: {
    path: 'measures',
    columns: [
      column('准入措施描述', 'text', { width: 60 }),
      column('主管部门', 'authority', { width: 20 }),
      column('基本编码', 'baseCodes', {
        value: { kind: 'lines' },
        width: 16,
        note: '实施这项措施的权力的基本编码，12 位数字，一行一个。',
      }),
      column('暂时列入', 'provisional', { value: MARK, note: '带★的填“是”。' }),
      column('地方性许可', 'local', { width: 14, note: '只在某地实施的，写地区名称。' }),
    ],
  },
};
