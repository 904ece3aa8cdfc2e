import { EncodingError, fromUtf8 } from '@mandate/encoding';
import type { FastifyInstance } from 'fastify';
import { type InvalidField, RequestError } from './http.errors.ts';

/** A listed item has seven levels; what is nested deeper was made to break whoever walks through it. */
export const MOST_LEVELS = 40;

/**
 * JSON bodies are read by Fastify's parser, which knows `__proto__`. Beside it: what is no UTF-8 is refused, not mended; and
 * what JSON.parse would change without a word (of two members with one name the first is lost, 1e400 is Infinity,
 * 9007199254740993 another number) is refused with the name of the field.
 */
export function registerJsonBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = fromUtf8(typeof body === 'string' ? Buffer.from(body) : body);
    } catch (error) {
      if (!(error instanceof EncodingError)) throw error;
      done(new RequestError([{ field: '', message: '请求内容不是 UTF-8 编码的文字' }]));
      return;
    }
    void parse(request, text, (error, value) => {
      const fault = error === null ? findJsonFault(text) : undefined;
      if (fault === undefined) done(error, value);
      else done(new RequestError([fault]));
    });
  });
}

interface Level {
  /** of an object; an array has none */
  readonly names?: Set<string>;
  /** where it is: a name, or the place in an array */
  at: string | number;
  /** whether a string that comes now is a name */
  nameNext: boolean;
}

const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;

/** The first thing that a parsed value would not tell, or undefined. @param text JSON that has been parsed */
export function findJsonFault(text: string): InvalidField | undefined {
  const levels: Level[] = [];
  const fault = (message: string): InvalidField => ({
    field: levels
      .slice(0, 10)
      .map(({ at }) => String(at))
      .join('.')
      .slice(0, 200),
    message,
  });
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const level = levels.at(-1);
    if (sign === '{') levels.push({ names: new Set(), at: '', nameNext: true });
    else if (sign === '[') levels.push({ at: 0, nameNext: false });
    else if (sign === '}' || sign === ']') levels.pop();
    else if (sign === ',' && level !== undefined) {
      if (level.names !== undefined) level.nameNext = true;
      else level.at = Number(level.at) + 1;
    } else if (sign === '"') {
      const end = endOfString(text, at);
      if (level?.nameNext === true && level.names !== undefined) {
        // "a" and "\u0061" are one name.
        const name = String(JSON.parse(text.slice(at, end + 1)));
        level.at = name;
        level.nameNext = false;
        if (level.names.has(name)) return fault('这个字段写了两次，请只留一个');
        level.names.add(name);
      }
      at = end;
    } else if (sign === '-' || (sign !== undefined && sign >= '0' && sign <= '9')) {
      NUMBER.lastIndex = at;
      const [number = sign, fraction, exponent] = NUMBER.exec(text) ?? [];
      const value = Number(number);
      const whole = fraction === undefined && exponent === undefined;
      if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value)))
        return fault('数值太大，超出可以准确记下的范围');
      at += number.length - 1;
    }
    if (levels.length > MOST_LEVELS) return fault(`层次太深，最多 ${MOST_LEVELS.toString()} 层`);
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
