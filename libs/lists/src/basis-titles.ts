/** What acts are called: a title that ends otherwise is one of a form or a certificate (《申请表》). */
const ENDS =
  '(?:法典|法|条例|办法|规定|决定|细则|规则|规范|规程|通知|意见|标准|解释|方案|目录|命令|准则|公告|批复|章程|纲要|制度|通则)';
const NUMBER = '[零〇一二三四五六七八九十百千\\d]{1,8}';
const MARK =
  '(?:(\\d{1,2})[.．、）)](?!\\d)|[（(](\\d{1,2})[）)]|([一二三四五六七八九十]{1,3})[、.．]|[（(]([一二三四五六七八九十]{1,3})[）)]|([①-⑳])|([⑴-⒇])|([⒈-⒛]))\\s*';
const CHINESE = '一二三四五六七八九十';
const MARKED = `(?:依据|根据)?《(?=[^《》\\n]{0,80}(?:《[^《》\\n]{0,80}》[^《》\\n]{0,80})?${ENDS}(?:[（(][^（()）\\n]{0,60}[）)])?》)`;
const BARE = `(?:依据|根据)?(?!第|实施|暂行|管理)((?:(?!违反|依照|按照|应当|本法|本条例|本办法|不符合|规定的|有关法|相关法|等法|依据|根据|对(?!外))[\\p{Script=Han}、·]){1,40}?(?:法典|法|条例|办法|规定|细则|规则|决定))(?=\\s*[：:]?\\s*第${NUMBER}条|\\s*[（(][^（()）\\n]{0,80}(?:\\d{4}年|[令号发修])[^（()）\\n]{0,80}[）)]\\s*[：:，,]?\\s*第${NUMBER}[条章])`;
const TITLE_AHEAD = new RegExp(`(?:${MARKED}|${BARE})`, 'uy');
const BARE_AT = new RegExp(BARE, 'uy');
const MARK_AT = new RegExp(MARK, 'y');
/** 法律依据： before the first of them. */
const LEAD = /^\s*(?:[^《\d（(①-⒛：:\n]{0,12}[：:])?\s*/;

/** An act's own name without 《》, where it is followed by its articles. @param at where it begins */
export function findBareTitle(
  text: string,
  at: number,
): { readonly from: number; readonly end: number } | undefined {
  BARE_AT.lastIndex = at;
  const found = BARE_AT.exec(text);
  const name = found?.[1];
  if (!found || name === undefined) return undefined;
  const end = at + found[0].length;
  return name.length < 2 ? undefined : { from: end - name.length, end };
}

/** How many characters 1. or （一） or 法律依据： take at the head of a text, before a title; 0 where there is none. */
export function numberBefore(text: string): number {
  const lead = LEAD.exec(text)?.[0].length ?? 0;
  MARK_AT.lastIndex = lead;
  const end = lead + (MARK_AT.exec(text)?.[0].length ?? 0);
  return isTitle(text, end) ? end : 0;
}

function isTitle(text: string, at: number): boolean {
  TITLE_AHEAD.lastIndex = at;
  return TITLE_AHEAD.test(text);
}

/**
 * Where bases that a list numbers begin: 1.《甲法》第三条 2.《乙条例》第五条. The first number opens the text, the others
 * follow it one by one in its style, each before the title of an act: what an article counts (（一）申请表) is none of them.
 */
export function numberedStarts(text: string): number[] {
  const first = LEAD.exec(text)?.[0].length ?? 0;
  const starts: number[] = [];
  const marks = new RegExp(MARK, 'g');
  marks.lastIndex = first;
  let style: number | undefined;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    const [kind, value] = valueOf(mark);
    if (style === undefined && (mark.index !== first || value !== 1)) return [];
    style ??= kind;
    const fits = kind === style && value === starts.length + 1;
    if (fits && isTitle(text, mark.index + mark[0].length)) starts.push(mark.index);
    else if (starts.length === 0) return [];
  }
  return starts.slice(1);
}

function valueOf(mark: RegExpExecArray): readonly [number, number] {
  const kind = mark.slice(1).findIndex(Boolean);
  const words = mark[kind + 1] ?? '';
  if (/^\d/.test(words)) return [kind, Number(words)];
  const sign = words.charCodeAt(0);
  if (sign >= 0x2460 && sign <= 0x249b) return [kind, ((sign - 0x2460) % 20) + 1];
  if (words.length === 1) return [kind, CHINESE.indexOf(words) + 1];
  const [tens = '', ones = ''] = words.split('十');
  return [kind, Math.max(CHINESE.indexOf(tens) + 1, 1) * 10 + CHINESE.indexOf(ones || '零') + 1];
}
