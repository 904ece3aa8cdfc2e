import { contentsOf, replaceInPlace } from '../pdf-text.ts';
import type { Attack, Victim } from '../victim.ts';

const BYTE_RANGE = /\/ByteRange \[[^\]]*\]/;

function withContents(change: (digits: string) => string): Attack['forge'] {
  return ({ text }) => {
    const { start, end } = contentsOf(text);
    return text.slice(0, start) + change(text.slice(start, end)).padEnd(end - start) + text.slice(end);
  };
}

/** Without blanks after, so that everything behind moves up. */
function withShorterContents(replacement: string): Attack['forge'] {
  return ({ text }) => {
    const { start, end } = contentsOf(text);
    return text.slice(0, start) + replacement + text.slice(end);
  };
}

function withByteRange(
  range: (victim: Victim, a: number, b: number, length: number) => string,
): Attack['forge'] {
  return (victim) => {
    const { start, end } = contentsOf(victim.text);
    return replaceInPlace(victim.text, BYTE_RANGE, range(victim, start, end, victim.text.length));
  };
}

/** USF of Mladenov et al. 2019: what a reader needs to check the signature is made useless, and some then do not check. */
export const universalForgery: readonly Attack[] = [
  ...Object.entries({
    'empty /Contents': () => '<>',
    '/Contents of one zero': () => '<00>',
    '/Contents null': () => 'null',
    '/Contents of zeros': (digits: string) => `<${'0'.repeat(digits.length - 2)}>`,
    '/Contents as a literal string': () => '(signature)',
    '/Contents as a reference': () => '1 0 R',
    '/Contents cut in half': (digits: string) => `${digits.slice(0, 1001)}>`,
    '/Contents with a blank in it': (digits: string) => `${digits.slice(0, 1001)} ${digits.slice(1002)}`,
    '/Contents in two strings': (digits: string) => `${digits.slice(0, 1001)}><${digits.slice(1003)}`,
  }).map(([name, change]) => ({ name, code: 'altered' as const, forge: withContents(change) })),
  { name: 'empty /Contents, the rest moved up', code: 'altered', forge: withShorterContents('<>') },
  { name: '/Contents null, the rest moved up', code: 'altered', forge: withShorterContents('null') },
  {
    name: 'no /Contents',
    code: 'altered',
    forge: ({ text }) => {
      const { start, end } = contentsOf(text);
      const key = text.lastIndexOf('/Contents', start);
      return text.slice(0, key) + ' '.repeat(end - key) + text.slice(end);
    },
  },
  ...Object.entries<Parameters<typeof withByteRange>[0]>({
    'no /ByteRange': () => '',
    '/ByteRange null': () => '/ByteRange null',
    'empty /ByteRange': () => '/ByteRange [ ]',
    '/ByteRange of zeros': () => '/ByteRange [ 0 0 0 0 ]',
    '/ByteRange of three numbers': (_, a, b) => `/ByteRange [ 0 ${a} ${b} ]`,
    '/ByteRange of six numbers': (_, a, b) => `/ByteRange [ 0 ${a} ${b} 9 9 9 ]`,
    'negative /ByteRange': (_, a, b, length) => `/ByteRange [ 0 ${a} ${b} ${b - length} ]`,
    'overlapping /ByteRange': (_, a, __, length) => `/ByteRange [ 0 ${a} ${a - 9} ${length - a} ]`,
    '/ByteRange past the end': (_, a, b) => `/ByteRange [ 0 ${a} ${b} 999999999 ]`,
    '/ByteRange that does not start at 0': (_, a, b, length) => `/ByteRange [ 1 ${a} ${b} ${length - b} ]`,
    '/ByteRange that ends early': (_, a, b, length) => `/ByteRange [ 0 ${a} ${b} ${length - b - 1} ]`,
    '/ByteRange with a wider gap': (_, a, b, length) => `/ByteRange [ 0 ${a - 1} ${b} ${length - b} ]`,
    '/ByteRange with the signature inside': (_, __, ___, length) => `/ByteRange [ 0 ${length} 0 0 ]`,
    '/ByteRange of fractions': (_, a, b) => `/ByteRange [ 0 ${a}. ${b}. 9 ]`,
    '/ByteRange in hexadecimal': (_, a) => `/ByteRange [ 0 0x${a.toString(16)} 9 9 ]`,
    '/ByteRange by reference': () => '/ByteRange 1 0 R',
    '/ByteRange spelled otherwise': (_, a) => `/Byte#52ange [ 0 ${a} ]`,
  }).map(([name, range]) => ({ name, code: 'altered' as const, forge: withByteRange(range) })),
  {
    name: 'another /SubFilter',
    code: 'altered',
    forge: ({ text }) => replaceInPlace(text, '/ETSI.CAdES.detached', '/adbe.pkcs7.detached'),
  },
  {
    name: 'no signature dictionary type',
    code: 'altered',
    forge: ({ text }) => replaceInPlace(text, '/Type /Sig\n', '/Type /Sic\n'),
  },
];
