import { FIELD_NAMES, inReadingOrder } from '../compare/fields.ts';
import { excerpt, type ItemFinding } from './finding.ts';
import { findGarbled, findGarbledName } from './garbled.ts';
import { findNoName } from './no-name.ts';
import { MAY_HOLD, mayHold } from './telling-signs.ts';

// What no person wrote into a list: the error of a formula, words in the wrong encoding, pieces of a web page, a date where a name
// should be. Once published it stands in the log for ever.

/** As a program shows it for a formula that has no result: the whole of a text, a line of it, or beside the words of a name. */
const ERROR =
  /#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA|CONNECT!|BLOCKED!|UNKNOWN!)/iu;
const LINE_OF_ERROR = new RegExp(`^[ \\t]*${ERROR.source}[ \\t]*$`, 'imu');
/** =HYPERLINK(…), =A1&B2, =Sheet1!A1, +SUM(…: a formula that a program took for words */
const FORMULA =
  /^\s*(?:=\s*(?:[A-Z][A-Z0-9.]{1,30}\s*\(|\$?[A-Z]{1,3}\$?\d{1,7}\b|'?[^'!=\n]{1,60}'?!\$?[A-Z]|"|\[\d)|[+@-]\s*[A-Z]{2,30}\()/u;
const MARKUP =
  /<\/?(?:a|abbr|b|big|blockquote|body|br|center|code|col|dd|div|dl|dt|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta|object|ol|o:p|option|p|pre|script|select|small|span|strong|style|sub|sup|svg|table|tbody|td|textarea|th|thead|title|tr|u|ul|v:[a-z]+|w:[a-z]+)(?:\s[^<>]*)?\/?>|<!--|<!\[CDATA\[|<!DOCTYPE|&(?:nbsp|lt|gt|amp|quot|apos|ldquo|rdquo|middot|mdash|hellip|ensp|emsp|#\d{1,7}|#x[0-9a-f]{1,6});|_x000[0-9a-f]_|\bjavascript:/iu;

const NO_NAMES = {
  empty: '没有文字',
  date: '只有日期',
  number: '只有数字',
  code: '只有编码或网址',
  placeholder: '不是名称',
} as const;

interface PlacedText {
  readonly pointer: string;
  readonly place: string;
  readonly text: string;
  /** the name of an item or sub-item, or that of whoever carries it out */
  readonly names: 'item' | 'organ' | undefined;
}

/**
 * Looks through every text of an item, or of what else is listed. One finding for each rule, at its first place.
 */
export function checkRubbish(item: object): ItemFinding[] {
  // Of a sound item, as nearly every one is, nobody asks where its texts stand.
  if (!mayHoldRubbish(item, '')) return [];
  const texts = textsOf(item);
  const places = new Map<ItemFinding['rule'], (PlacedText & { readonly what: string })[]>();
  const seen = new Set<string>();
  for (const text of texts) {
    for (const [rule, what] of rubbishIn(text)) {
      // A basis is kept whole and by paragraph: the same words are told once.
      const same = `${rule} ${what} ${text.names === 'item' ? text.pointer : ''}`;
      if (seen.has(same)) continue;
      seen.add(same);
      places.set(rule, [...(places.get(rule) ?? []), { ...text, what }]);
    }
  }
  return [...places].flatMap(([rule, [first, ...others]]): ItemFinding[] =>
    first === undefined
      ? []
      : [
          {
            rule,
            pointer: first.pointer,
            place:
              others.length === 0 ? first.place : `${first.place}等 ${(others.length + 1).toString()} 处`,
            text:
              first.what === first.text
                ? `“${excerpt(first.text)}”`
                : `“${first.what}”，见“${excerpt(first.text)}”`,
          },
        ],
  );
}

function rubbishIn({ text, names }: Pick<PlacedText, 'text' | 'names'>): [ItemFinding['rule'], string][] {
  const found: [ItemFinding['rule'], string][] = [];
  const may = mayHold(text);
  const shown =
    (may & MAY_HOLD.error) === 0 ? null : (names === undefined ? LINE_OF_ERROR : ERROR).exec(text);
  const error = shown ?? FORMULA.exec(text);
  if (error) found.push(['error-value', error[0].trim()]);
  const garbled = names === undefined ? findGarbled(text, may) : findGarbledName(text, may);
  if (garbled !== undefined) found.push(['garbled-text', garbled]);
  const markup = (may & MAY_HOLD.markup) === 0 ? undefined : MARKUP.exec(text)?.[0];
  if (markup !== undefined) found.push(['markup-in-text', excerpt(markup)]);
  const none = names !== undefined && found.length === 0 ? findNoName(text) : undefined;
  // Whoever has no organ to name writes 无 or a stroke: that is nobody's name, and no column in the wrong place.
  if (none !== undefined && (names === 'item' || !['empty', 'placeholder'].includes(none)))
    found.push(['name-without-words', `${text}（${NO_NAMES[none]}）`]);
  return found;
}

/** What is no text of the item but a code: of a fixed form, or taken over as it is. */
const CODES = new Set(['schema', 'organ', 'category', 'state', 'codes', 'kind', 'level', 'certificateType']);

/** Whatever is called a name is looked at as that of an item, of which most is asked. */
function mayHoldRubbish(value: unknown, key: string): boolean {
  if (typeof value === 'string') {
    const names = key === 'name' || key === 'implementingOrgan' ? 'item' : undefined;
    return rubbishIn({ text: value, names }).length > 0;
  }
  if (Array.isArray(value)) return value.some((one: unknown) => mayHoldRubbish(one, key));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => !CODES.has(name) && mayHoldRubbish(one, name));
}

function textsOf(item: object): PlacedText[] {
  const texts: PlacedText[] = [];
  const walk = (value: unknown, pointer: string, place: string, key: string): void => {
    if (typeof value === 'string') {
      texts.push({ pointer, place, text: value, names: namesAt(pointer, key) });
    } else if (Array.isArray(value)) {
      value.forEach((one: unknown, n) => {
        const nth = key === 'subItems' ? `第${(n + 1).toString()}个子项的` : place;
        walk(one, `${pointer}/${n.toString()}`, nth, key);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of inOrder(value, key))
        if (!CODES.has(name)) walk(one, `${pointer}/${name}`, placeOf(pointer, place, name), name);
    }
  };
  walk(item, '', '', '');
  return texts;
}

/**
 * Members in an order that does not follow how they happen to stand, for a database has its own and the first place is the
 * address of a finding: texts before what is made of parts, each in reading order.
 */
function inOrder(value: object, key: string): (readonly [string, unknown])[] {
  const members = new Map<string, unknown>(Object.entries(value));
  const isText = (name: string): boolean => typeof members.get(name) === 'string';
  return inReadingOrder(key, members.keys())
    .sort((a, b) => Number(isText(b)) - Number(isText(a)))
    .map((name) => [name, members.get(name)]);
}

function namesAt(pointer: string, key: string): PlacedText['names'] {
  if (pointer === '/name' || /^\/subItems\/\d+\/name$/u.test(pointer)) return 'item';
  return key === 'implementingOrgan' ? 'organ' : undefined;
}

/** 事项名称 · 第2个子项的名称 · 第2个子项的设定依据 · 设定依据 */
function placeOf(pointer: string, place: string, key: string): string {
  if (pointer === '' && key === 'name') return '事项名称';
  const below = /^\/subItems\/\d+(?=\/|$)/u.exec(pointer)?.[0];
  const name = FIELD_NAMES[key]?.name ?? '';
  if (below !== undefined && pointer === below) return `${place}${name}`;
  // What stands deeper is told under the field that it is part of.
  return pointer === '' || place === '' ? name : place;
}
