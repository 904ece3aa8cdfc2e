import { simplifiedWords, withoutBlanks } from '@mandate/lists';
import type { Field } from './fields.ts';
import { SEEN, WITHOUT_PLACE } from './spellings.ts';
import { WORD_RULES } from './word-rules.ts';

/** What the words at the head of a column mean. */
export interface Meaning {
  /** undefined: known, and an item has no place for it */
  readonly field: Field | undefined;
  /** 3 seen with this field, 2 by a rule, 1 by words that may mean something else too */
  readonly strength: 1 | 2 | 3;
}

/** Words that were seen, yet stand for other things as well. */
const WEAK = new Set([
  '事项类别',
  '事项类型',
  '事项分类',
  '类别',
  '类型',
  '责任主体',
  '主管部门',
  '区级主管部门',
  '发起部门',
  '授权部门',
  '部门名称',
  '办理机构',
  '说明',
  '项目',
  '事项',
  '编号',
  '状态',
]);

const MEANINGS = new Map<string, Meaning>();
// Object.entries widens the keys; those of SEEN are the fields.
for (const [field, sources] of Object.entries(SEEN) as [Field, Readonly<Record<string, string>>][])
  for (const word of wordsOf(sources))
    MEANINGS.set(plainWords(word), { field, strength: WEAK.has(word) ? 1 : 3 });
for (const word of wordsOf(WITHOUT_PLACE)) MEANINGS.set(plainWords(word), { field: undefined, strength: 3 });

/** Header words as they are compared: no blanks, no marks, no brackets with what they say. */
export function plainWords(text: string): string {
  return simplifiedWords(withoutBlanks(text).normalize('NFKC'))
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
    .replace(/^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．]/, '')
    .replace(/[(][^()]*[)]|[【[][^\]】]*[\]】]|“|”|"/g, '')
    .replace(/[:：*＊※★;；。]+/g, '');
}

/** The unit that a header says of its numbers: 法定期限（天/日）, 承诺时限（工作日）. */
export function unitInHeader(text: string): 'working-day' | 'calendar-day' | undefined {
  const said = /[（(]([^（()）]*)[）)]/.exec(simplifiedWords(text))?.[1];
  if (said === undefined) return undefined;
  if (/工作日/.test(said)) return 'working-day';
  return /[天日]/.test(said) ? 'calendar-day' : undefined;
}

/** Words at the head of a column → what they mean; undefined for words that are not known. */
export function findMeaning(text: string): Meaning | undefined {
  const word = plainWords(text);
  if (word === '' || word.length > 30) return undefined;
  return MEANINGS.get(word) ?? meaningByRule(word);
}

/** As findMeaning, by rules alone. */
export function meaningByRule(word: string): (Meaning & { readonly rule: string }) | undefined {
  const rule = WORD_RULES.find(({ pattern }) => pattern.test(word));
  return rule && { field: rule.field, strength: rule.weak === true ? 1 : 2, rule: rule.name };
}

/** A header cell's words → the field they name; undefined for words that name none. */
export function findField(text: string): Field | undefined {
  return findMeaning(text)?.field;
}

/** Short names that people use for a field at the command line, besides all that columns are called. */
const NAMED: Readonly<Record<string, Field>> = {
  名称: 'name',
  类型: 'category',
  类别: 'category',
  依据: 'basisText',
  主体: 'implementingOrgan',
  子项: 'subItem',
  责任: 'dutiesText',
  编码: 'itemCode',
  层级: 'level',
};

/** The field that a person means by a word; undefined for words that mean none. */
export function findNamedField(word: string): Field | undefined {
  const plain = plainWords(word);
  return Object.hasOwn(NAMED, plain) ? NAMED[plain] : findField(plain);
}

function wordsOf(sources: Readonly<Partial<Record<string, string>>>): string[] {
  return Object.values(sources).flatMap((words) => words?.split(/\s+/) ?? []);
}
