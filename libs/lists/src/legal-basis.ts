import type { z } from 'zod';
import type { LegalBasis, LegalBasisSchema } from './authority-item.ts';
import { joinWrappedLines, withoutBlanks } from './wrapped-text.ts';

type Kind = z.infer<typeof LegalBasisSchema>['kind'];

/** The words lists put in 【】 before a basis, as they are really written. 法规 is decided by who made it. */
const KINDS: Readonly<Record<string, Kind | 'regulation'>> = {
  法律: 'law',
  行政法规: 'administrative-regulation',
  行法规: 'administrative-regulation',
  法规: 'regulation',
  地方性法规: 'local-regulation',
  地方法规: 'local-regulation',
  自治条例: 'local-regulation',
  单行条例: 'local-regulation',
  规章: 'rule',
  部门规章: 'rule',
  部委规章: 'rule',
  部令: 'rule',
  政府规章: 'rule',
  地方政府规章: 'rule',
  国务院决定: 'state-council-decision',
  国务院文件: 'state-council-decision',
  规范性文件: 'normative-document',
  行政规范性文件: 'normative-document',
  其他规范性文件: 'normative-document',
};

/** 【…】 that names a kind; 【2018】 in a document number is not one. */
const BRACKET = /【\s*([\p{Script=Han}\s]{1,20}?)\s*】/gu;
const MAX_TITLE = 300;

/**
 * 实施依据 or 责任事项依据 → its paragraphs. One opens at every 【kind】 and at every line that begins with 《. What
 * cannot be parsed stays a paragraph of kind `unknown`: the texts together are the whole text, line ends apart.
 */
export function parseLegalBases(text: string): LegalBasis[] {
  const joined = joinWrappedLines(text);
  const starts = new Set([0]);
  for (const match of joined.matchAll(BRACKET)) {
    const known = Object.hasOwn(KINDS, withoutBlanks(match[1] ?? ''));
    if (known || joined[match.index - 1] === '\n') starts.add(match.index);
  }
  for (const match of joined.matchAll(/(?<=[。；;！!]\n)《/g)) starts.add(match.index);
  const places = [...starts].sort((a, b) => a - b);
  return places
    .map((place, n) => joined.slice(place, places[n + 1]).trim())
    .filter((paragraph) => paragraph !== '')
    .map(parseParagraph);
}

function parseParagraph(text: string): LegalBasis {
  const bracket = new RegExp(`^${BRACKET.source}`, 'u').exec(text);
  const word = withoutBlanks(bracket?.[1] ?? '');
  const body = text.slice(bracket?.[0].length ?? 0);
  const title = findTitle(body, bracket !== null);
  const version = findVersion(body.slice(title?.end ?? 0));
  const bodyFrom = title === undefined ? 0 : title.end + (version?.end ?? 0);
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
  return {
    kind:
      kind === 'regulation' ? regulationKind(title?.text ?? '', version?.text ?? '') : (kind ?? 'unknown'),
    ...(title && { title: title.text }),
    ...(title && version && { version: version.text }),
    articles: findArticles(body.slice(bodyFrom)),
    text,
  };
}

/** 法规 says neither: a people's congress other than the national one, or a place in the title, makes it local. */
function regulationKind(title: string, version: string): Kind {
  const congress = /(?<!全国)(?:人民代表大会|人大)/.test(version);
  const place = /^(?!中华人民共和国)[\p{Script=Han}]{2,10}?(?:省|自治区|自治州|市)/u.test(title);
  return congress || place ? 'local-regulation' : 'administrative-regulation';
}

interface Found {
  readonly text: string;
  readonly end: number;
}

/** The title in 《》 that opens the paragraph; titles hold titles (《关于修改《…》的决定》), so the marks are counted. */
function findTitle(body: string, bracketed: boolean): Found | undefined {
  // Behind a 【kind】 the maker's name may stand first: 【规范性文件】自治区人民政府办公厅《…》.
  const lead = (bracketed ? /^[^《。；：:第（(\n]{0,40}《/ : /^\s*《/).exec(body);
  if (!lead) return undefined;
  const end = closing(body, lead[0].length - 1, '《', '》', MAX_TITLE * 2);
  if (end === undefined) return undefined;
  const text = withoutBlanks(body.slice(lead[0].length, end));
  return text === '' || text.length > MAX_TITLE ? undefined : { text, end: end + 1 };
}

/** What stands in brackets right after the title: when it was made and last changed. */
function findVersion(rest: string): Found | undefined {
  const lead = /^\s*[（(]/.exec(rest);
  if (!lead) return undefined;
  const end = closing(rest, lead[0].length - 1, '（(', '）)', 600);
  if (end === undefined) return undefined;
  const text = withoutBlanks(rest.slice(lead[0].length, end));
  return text === '' || text.length > 300 ? undefined : { text, end: end + 1 };
}

/** Where the mark that opens at `from` closes, looked for within `within` characters. */
function closing(
  text: string,
  from: number,
  open: string,
  close: string,
  within: number,
): number | undefined {
  let depth = 0;
  for (let at = from; at < Math.min(text.length, from + within); at++) {
    const char = text.charAt(at);
    if (open.includes(char)) depth++;
    else if (close.includes(char) && --depth === 0) return at;
  }
  return undefined;
}

const NUMBER = '[零〇一二三四五六七八九十百千\\d]{1,8}';
const ARTICLE =
  `第${NUMBER}(?:[条章节]|[项款](?!目))(?:之${NUMBER})?` +
  `(?:第${NUMBER}款)?(?:第?[（(]?${NUMBER}[）)]?项)?`;
/** 第三十九至第五十条 is one reference. */
const REFERENCE = new RegExp(`^(?:第${NUMBER}条?(?:至|到|—|-)${ARTICLE}|(?:附件)?${ARTICLE})`);
const BETWEEN = /^(?:[、，,；;和与及\s]|以及)+/;

/**
 * The articles a paragraph rests on: those that open a line, or follow the title. Articles that its wording only
 * mentions are not among them.
 */
function findArticles(body: string): string[] {
  const articles = new Set<string>();
  for (const line of body.split('\n')) {
    let rest = line.replace(/^[\s：:，,、。]+/, '');
    for (;;) {
      const found = REFERENCE.exec(rest);
      if (!found) break;
      articles.add(found[0]);
      const after = rest.slice(found[0].length);
      const between = BETWEEN.exec(after);
      if (!between) break;
      rest = after.slice(between[0].length);
    }
  }
  return [...articles];
}
