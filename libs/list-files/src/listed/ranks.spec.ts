import { expect, test } from '@jest/globals';
import { type AuthorityItem, AuthorityItemSchema, type LegalBasis, parseLegalBases } from '@mandate/lists';
import { carryOver } from './carry-over.ts';
import { countReclassified } from './ranks.ts';

const WORDS = '【地方性法规】《人力资源市场暂行条例》（国务院令第700号）\n第五十三条：……';
const old = (): LegalBasis[] =>
  parseLegalBases(WORDS).map((basis) => ({ ...basis, kind: 'local-regulation' }));

const item = (bases: LegalBasis[], changes: Partial<AuthorityItem> = {}): AuthorityItem =>
  AuthorityItemSchema.parse({
    schema: 'authority-item/1',
    organ: 'o-x',
    name: '示例处罚',
    category: '02',
    state: 'in-force',
    basisText: WORDS,
    bases,
    levels: [{ label: '市级', basisText: WORDS, bases }],
    subItems: [
      { name: '子项', bases, levels: [{ label: '县级', bases }], duties: [{ text: '立案', bases }] },
    ],
    dutyBasisText: WORDS,
    dutyBases: bases,
    ...changes,
  });
const listed = item(old());
const found = item(parseLegalBases(WORDS));

test('the same words read as of another rank change nothing, at any level, and are counted', () => {
  expect(carryOver(found, listed, undefined)).toBe(listed);
  expect(countReclassified(found, listed)).toBe(6);
  expect(countReclassified(listed, listed)).toBe(0);
});

test('asked for, each is taken as it is read today', () => {
  const kinds = (value: AuthorityItem) => [
    value.bases[0]?.kind,
    value.levels[0]?.bases?.[0]?.kind,
    value.dutyBases?.[0]?.kind,
  ];
  expect(kinds(carryOver(found, listed, undefined, true))).toEqual(
    new Array(3).fill('administrative-regulation'),
  );
});

test('other words are not held back by the rank that stays', () => {
  const kept = carryOver({ ...found, remarks: '改' }, listed, undefined);
  expect(kept).toMatchObject({ remarks: '改', bases: [{ kind: 'local-regulation' }] });
});

test('a rank that a person says in the template is taken', () => {
  const says = { headers: new Set<string>(), sheets: new Set(['依据', '子项', '层级', '责任']) };
  const said = item(parseLegalBases(WORDS).map((basis) => ({ ...basis, kind: 'rule' as const })));
  expect(carryOver(said, listed, says).bases[0]?.kind).toBe('rule');
  expect(countReclassified(said, listed)).toBe(0);
  expect(carryOver(found, listed, says).bases[0]?.kind).toBe('local-regulation');
});
