import { simplifiedWords, withoutBlanks } from '@mandate/lists';
import type { Head } from './header-rows.ts';
import type { Field } from './vocabulary/fields.ts';
import { plainWords } from './vocabulary/find-field.ts';

/** The columns that say one basis together: 法律依据名称 | 条款号 | 条款内容. */
export interface BasisParts {
  readonly title: number;
  readonly article?: number;
  readonly content?: number;
}

const ARTICLE =
  /^(?:具体|法律|法规|依据|相关|对应)*(?:法条|条款|条文|条目|条、?款)(?:、?项)?(?:目)?(?:号|序号|编号|数)?$/;
const CONTENT =
  /^(?:(?:具体|法律|法规|依据|法条|条款|条文|相关|规定)*(?:内容|原文|正文|规定内容)|条文|具体规定|具体条文)$/;
const FIELDS: readonly (Field | undefined)[] = ['basisText', 'dutyBasisText'];

/** Where the head of a basis is followed at once by those of its article and its words. */
export function findBasisParts(heads: readonly Head[]): ReadonlyMap<Field, BasisParts> {
  const found = new Map<Field, BasisParts>();
  const last = (column: number): string =>
    simplifiedWords(plainWords(heads[column]?.words.split(/\s+/).at(-1) ?? ''));
  const isFree = (column: number): boolean => {
    const meaning = heads[column]?.meaning;
    return meaning === undefined || meaning.field === undefined || FIELDS.includes(meaning.field);
  };
  for (const { column, meaning } of heads) {
    const field = meaning?.field;
    if (field === undefined || !FIELDS.includes(field) || found.has(field)) continue;
    let parts: BasisParts = { title: column };
    for (const next of [column + 1, column + 2]) {
      const words = last(next);
      if (!isFree(next) || words === '') break;
      if (parts.article === undefined && ARTICLE.test(words) && !(words === '条文' && hasArticle(last, next)))
        parts = { ...parts, article: next };
      else if (parts.content === undefined && CONTENT.test(words)) parts = { ...parts, content: next };
      else break;
    }
    if (parts.article !== undefined || parts.content !== undefined) found.set(field, parts);
  }
  return found;
}

/** 条文 beside 条文号 is the words. */
function hasArticle(last: (column: number) => string, column: number): boolean {
  return [column - 1, column + 1].some((at) => /号$/.test(last(at)) && ARTICLE.test(last(at)));
}

/** Heads as the columns are to be placed: the title is the basis, its article and words are of it. */
export function withBasisParts(
  heads: readonly Head[],
  parts: ReadonlyMap<Field, BasisParts>,
): readonly Head[] {
  return heads.map((head) => {
    for (const [field, { title, article, content }] of parts) {
      if (head.column === title) return { ...head, meaning: { field, strength: 3 } };
      if (head.column === article || head.column === content)
        return { ...head, meaning: { field: undefined, strength: 3 }, isPart: true };
    }
    return head;
  });
}

/** One row's basis as one text: 《甲法》第三条：国家实行许可。 */
export function joinBasis(title: string, article: string, content: string): string {
  // A map of three has three.
  const [titles, articles, contents] = [title, article, content].map((text) =>
    text.split('\n').filter((line) => line.trim() !== ''),
  ) as [string[], string[], string[]];
  // As many titles as articles in one cell each: line by line.
  if (
    titles.length > 1 &&
    titles.length === articles.length &&
    [0, 1, titles.length].includes(contents.length)
  )
    return titles
      .map((one, n) => {
        const words =
          contents.length === titles.length ? contents[n] : n === titles.length - 1 ? content : '';
        return joinBasis(one, articles[n] ?? '', words ?? '');
      })
      .join('\n');
  const number = withoutBlanks(article);
  const said = /^(?:\d{1,4}|[一二三四五六七八九十百]{1,6})$/.test(number) ? `第${number}条` : article.trim();
  const isRepeated = said !== '' && withoutBlanks(content).startsWith(withoutBlanks(said));
  const head = `${title.trim()}${isRepeated ? '' : said}`;
  if (content.trim() === '' || head === '') return `${head}${content.trim()}`;
  const opens = isRepeated || /^\s*第[零〇一二三四五六七八九十百千\d]{1,8}[条條]/.test(content);
  return opens || /[：:]$/.test(head) ? `${head}${content.trim()}` : `${head}：${content.trim()}`;
}
