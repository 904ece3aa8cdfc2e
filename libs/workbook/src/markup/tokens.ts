import { DAMAGED_ADVICE, WorkbookError } from '../workbook.errors.ts';
import { decodeEntities } from './entities.ts';

export type Token =
  | { readonly text: string }
  | { readonly open: string; readonly attributes: string; readonly closed: boolean }
  | { readonly close: string };

/** Of one tag with its attributes; a quote that never closes would be looked for to the end of the file, from each tag anew. */
const LONGEST_TAG = 20_000;
const NAME = /[a-zA-Z][^\s/>]*/y;
/** What stands in them is no text of the page. */
const RAW = new Set(['script', 'style', 'title', 'textarea', 'template', 'noscript', 'xml']);

/**
 * A page → its tags and texts, in one walk: each character is looked at once. Comments, programs and styles are left out;
 * the tags that do not fit together are left to whoever reads them.
 * @throws WorkbookError `damaged-workbook` for a tag without end
 */
export function* tokensOf(page: string): Generator<Token> {
  let at = 0;
  while (at < page.length) {
    const opens = page.indexOf('<', at);
    const stop = opens === -1 ? page.length : opens;
    if (stop > at) yield { text: decodeEntities(page.slice(at, stop)) };
    if (opens === -1) return;
    const next = page.charAt(opens + 1);
    if (page.startsWith('<!--', opens)) at = behind(page, '-->', opens + 4);
    else if (next === '%') at = behind(page, '%>', opens + 2);
    else if (next === '!' || next === '?') at = behind(page, '>', opens + 2);
    else if (/[a-zA-Z/]/.test(next)) {
      const end = endOfTag(page, opens + 1);
      const from = next === '/' ? opens + 2 : opens + 1;
      NAME.lastIndex = from;
      const name = NAME.exec(page)?.[0].toLowerCase() ?? '';
      at = end + 1;
      if (next === '/') yield { close: name };
      else {
        const attributes = page.slice(from + name.length, end);
        yield { open: name, attributes, closed: attributes.endsWith('/') };
        if (RAW.has(name)) at = endOfRaw(page, name, at);
      }
    } else {
      // A bare sign: 数量<5.
      yield { text: '<' };
      at = opens + 1;
    }
  }
}

/** An attribute of a tag, its entities resolved; undefined where it is not there. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|[\\s"'])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
    attributes,
  );
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value === undefined ? undefined : decodeEntities(value);
}

function behind(page: string, sign: string, from: number): number {
  const found = page.indexOf(sign, from);
  return found === -1 ? page.length : found + sign.length;
}

function endOfTag(page: string, from: number): number {
  let quote = '';
  for (let at = from; at < page.length && at - from < LONGEST_TAG; at += 1) {
    const sign = page.charAt(at);
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '>') return at;
    else if ((sign === '"' || sign === "'") && page.charAt(at - 1) === '=') quote = sign;
  }
  throw new WorkbookError('damaged-workbook', DAMAGED_ADVICE);
}

function endOfRaw(page: string, name: string, from: number): number {
  const end = new RegExp(`</${name}(?![a-zA-Z])`, 'gi');
  end.lastIndex = from;
  const found = end.exec(page);
  return found === null ? page.length : found.index;
}
