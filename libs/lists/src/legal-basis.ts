import type { LegalBasis } from './authority-item.ts';
import { findBareTitle, numberBefore, numberedStarts } from './basis-titles.ts';
import { findLegalRank, type NamedAct } from './legal-rank/find-legal-rank.ts';
import { simplifiedWords } from './traditional.ts';
import { joinWrappedLines, withoutBlanks } from './wrapped-text.ts';

/** The words lists put in 【】 before a basis, as they are really written; evidence, which its own number may contradict. */
const KINDS: Readonly<Record<string, NonNullable<NamedAct['given']>>> = {
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
const OPENING_BRACKET = new RegExp(`^${BRACKET.source}`, 'u');
const MAX_TITLE = 300;
const ENDS_SENTENCE = /[。；;！!]$/;
/** 依据 and blanks before a title. */
const MAX_LEAD = 20;
/** A title, its version and its articles. */
const MAX_UNIT = 2_000;

/**
 * 实施依据 or 责任事项依据 → its paragraphs. One opens at every 【kind】, at every line that begins with 《, at every number
 * before a title (1.《甲法》 2.《乙条例》), and at every title of a text that has no more than titles and articles. What cannot be
 * parsed stays a paragraph of kind `unknown`: the texts together are the whole text, line ends apart.
 */
export function parseLegalBases(text: string): LegalBasis[] {
  const joined = joinWrappedLines(text);
  const starts = new Set([0]);
  for (const match of joined.matchAll(BRACKET)) {
    const known = Object.hasOwn(KINDS, simplifiedWords(withoutBlanks(match[1] ?? '')));
    if (known || joined[match.index - 1] === '\n') starts.add(match.index);
  }
  for (const match of joined.matchAll(/[。；;！!]\n《/g)) starts.add(match.index + 2);
  const places = [...starts].sort((a, b) => a - b);
  return places.flatMap((place, n) => parseRegion(joined.slice(place, places[n + 1]).trim()));
}

/** What stands under one 【kind】, which is said of all that is numbered there. */
function parseRegion(text: string): LegalBasis[] {
  if (text === '') return [];
  const bracket = OPENING_BRACKET.exec(text);
  const body = simplifiedWords(text.slice(bracket?.[0].length ?? 0));
  const before = text.length - body.length;
  const inner = [...numberedStarts(body), ...titleStarts(body), ...titledLines(body)].map(
    (at) => at + before,
  );
  const places = [0, ...new Set(inner)].sort((a, b) => a - b);
  const word = simplifiedWords(withoutBlanks(bracket?.[1] ?? ''));
  const given = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
  return places
    .map((place, n) => text.slice(place, places[n + 1]).trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => parseParagraph(paragraph, given));
}

/**
 * Lines that begin with a title and its article. Acts without 《》 only under one that is named so: the sentences of an article
 * may begin with 实施条例第六条 too.
 */
function titledLines(body: string): number[] {
  const isNamed = findNamed(body) !== undefined;
  return [...body.matchAll(/(?<=[^，,、和与及照据按反对])\n(?=[《\p{Script=Han}])/gu)].flatMap(
    ({ index }) => {
      const rest = body.slice(index + 1, index + 1 + MAX_UNIT);
      if (!rest.startsWith('《'))
        return isNamed && ENDS_SENTENCE.test(body.slice(0, index)) && findBareTitle(rest, 0)
          ? [index + 1]
          : [];
      const title = findTitle(rest, false);
      if (title === undefined) return [];
      const lead = title.end + (findVersion(rest.slice(title.end))?.end ?? 0);
      const articles = ARTICLES.exec(rest.slice(lead))?.[0] ?? '';
      return articles !== '' && /^(?:[\s：:]|$)/.test(rest.slice(lead + articles.length)) ? [index + 1] : [];
    },
  );
}

/** Titles with their articles and nothing else, one behind another: 《甲法》第三条、《乙条例》第五条. */
function titleStarts(body: string): number[] {
  const starts: number[] = [];
  let at = 0;
  while (at < body.length) {
    at += /^[\s、，,；;。和及]*/.exec(body.slice(at, at + 20))?.[0].length ?? 0;
    if (at >= body.length) break;
    const from = at;
    const rest = body.slice(at, at + MAX_UNIT);
    const number = numberBefore(rest);
    const title = findTitle(rest, false) ?? findBareTitle(rest, number);
    if (title === undefined) return [];
    const version = findVersion(rest.slice(title.end));
    const lead = title.end + (version?.end ?? 0);
    const articles = ARTICLES.exec(rest.slice(lead))?.[0] ?? '';
    if (articles === '') return [];
    starts.push(from);
    at = from + lead + articles.length;
  }
  return starts.length > 1 ? starts.slice(1) : [];
}

function parseParagraph(text: string, given: NamedAct['given']): LegalBasis {
  const bracket = OPENING_BRACKET.exec(text);
  const body = text.slice(bracket?.[0].length ?? 0);
  const title = findTitle(body, bracket !== null) ?? findNamed(body);
  const version = findVersion(body.slice(title?.end ?? 0));
  const bodyFrom = title === undefined ? 0 : title.end + (version?.end ?? 0);
  const act =
    title === undefined
      ? looseAct(simplifiedWords(text))
      : {
          title: simplifiedWords(title.text + goesOn(body.slice(title.end))),
          beside: simplifiedWords(besideTitle(body, title.end, version)),
        };
  return {
    kind: findLegalRank({ ...act, given }),
    ...(title && { title: title.text }),
    ...(title && version && { version: version.text }),
    articles: findArticles(body.slice(bodyFrom)),
    text,
  };
}

/** The name of an act without 《》 that opens a paragraph, as it is written. */
function findNamed(body: string): Found | undefined {
  const simplified = simplifiedWords(body);
  const blanks = body.length - body.trimStart().length;
  const found = findBareTitle(simplified, blanks + numberBefore(simplified.slice(blanks)));
  return found && { text: withoutBlanks(body.slice(found.from, found.end)), end: found.end };
}

/** 《渔业法》实施细则 is an act of its own, and of another rank than 《渔业法》; for its rank only. */
function goesOn(rest: string): string {
  return /^\s*((?:实施|施行)(?:条例|细则|办法|规定))(?![\p{Script=Han}])/u.exec(rest)?.[1] ?? '';
}

const MAX_BESIDE = 400;

/** What says who made an act: the bracket behind its title, else the rest of its line until an article begins. */
function besideTitle(body: string, from: number, version: Found | undefined): string {
  const before = /^[^《]{0,60}(?=《)/.exec(body)?.[0] ?? '';
  if (version) return `${before} ${version.text}`;
  const rest = body.slice(from, from + MAX_BESIDE);
  return `${before} ${/^[^\n：:。]*?(?=第[零〇一二三四五六七八九十百千\d]+条|[\n：:。]|$)/.exec(rest)?.[0] ?? ''}`;
}

/** A title that lacks one of its marks, or stands behind other words of its first line; for its rank only. */
function looseAct(text: string): Pick<NamedAct, 'title' | 'beside'> {
  const line =
    text
      .replace(/^[【]?\s*[\p{Script=Han}\s]{1,20}】\s*/u, '')
      .slice(0, MAX_BESIDE)
      .split('\n')[0] ?? '';
  const marked = /^(?!第)([^《。：；]{0,60})《([^《》（(]{2,100})[》（(](.*)$/u.exec(line);
  if (marked) return { title: marked[2] ?? '', beside: `${marked[1] ?? ''} ${marked[3] ?? ''}` };
  const half = /^[<《（(〈]{0,2}([^《》<>（()）。：；，]{4,100}?)(?:[》>]{1,2}|(?=[（(]))(.*)$/u.exec(line);
  return { title: half?.[1] ?? '', beside: half?.[2] ?? '' };
}

interface Found {
  readonly text: string;
  readonly end: number;
}

/** The title in 《》 that opens the paragraph; titles hold titles (《关于修改《…》的决定》), so the marks are counted. */
function findTitle(body: string, bracketed: boolean): Found | undefined {
  // Behind a 【kind】 the maker's name may stand first: 【规范性文件】自治区人民政府办公厅《…》.
  const number = numberBefore(simplifiedWords(body.trimStart()));
  const lead =
    number > 0
      ? /^[^《]*《/.exec(body.slice(0, number + MAX_LEAD))
      : (bracketed ? /^[^《。；：:第（(\n]{0,40}《/ : /^\s*《/).exec(body);
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
  `第${NUMBER}(?:[条條章节節]|[项項款](?!目))(?:之${NUMBER})?` +
  `(?:第${NUMBER}款)?(?:第?[（(]?${NUMBER}[）)]?[项項])?`;
/** 第三十九至第五十条 is one reference. */
const REFERENCE = new RegExp(`^(?:第${NUMBER}[条條]?(?:至|到|—|-)${ARTICLE}|(?:附件)?${ARTICLE})`);
const BETWEEN = /^(?:[、，,；;和与及\s]|以及)+/;
/** All that follows a title: no word beside articles. */
const ARTICLES = new RegExp(
  `^[\\s：:]*(?:(?:第${NUMBER}[条條]?(?:至|到|—|-)${ARTICLE}|(?:附件)?${ARTICLE})[、，,；;和与及\\s]*)*(?:第${NUMBER}[条條]?(?:至|到|—|-)${ARTICLE}|(?:附件)?${ARTICLE})`,
);

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
