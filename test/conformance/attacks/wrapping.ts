import { contentsOf, objectBody, objectWith, replace, replaceInPlace } from '../pdf-text.ts';
import type { Attack } from '../victim.ts';

const MALICIOUS_PAGE = '\n90 0 obj\n<< /Length 4 >>\nstream\n0 g \nendstream\nendobj\n';

interface Parts {
  readonly first: string;
  /** /Contents without its padding, as attackers shorten it. */
  readonly contents: string;
  readonly room: number;
  readonly second: string;
}

function partsOf(text: string): Parts {
  const { start, end } = contentsOf(text);
  const contents = text.slice(start, end).replace(/(00)+>$/, '>');
  return { first: text.slice(0, start), contents, room: end - start, second: text.slice(end) };
}

/** SWA of Mladenov et al. 2019: the gap that no signature covers takes in more than the signature. */
export const wrapping: readonly Attack[] = [
  {
    name: 'objects in the place of the padding',
    code: 'altered',
    forge: ({ text }) => {
      const { first, contents, room, second } = partsOf(text);
      return first + (contents + MALICIOUS_PAGE).padEnd(room) + second;
    },
  },
  {
    name: 'a second key in the place of the padding',
    code: 'altered',
    forge: ({ text }) => {
      const { first, contents, room, second } = partsOf(text);
      return first + `${contents} /Reason (other)`.padEnd(room) + second;
    },
  },
  {
    name: 'a second /ByteRange in the gap, and the second range moved behind new objects',
    code: 'altered',
    forge: ({ text }) => {
      const { first, contents, room, second } = partsOf(text);
      const moved = first.length + room + MALICIOUS_PAGE.length;
      const range = `/ByteRange [ 0 ${first.length} ${moved} ${second.length} ]`;
      return first + `${contents} ${range} >>\nendobj\n`.padEnd(room) + MALICIOUS_PAGE + second;
    },
  },
  {
    name: 'a new signature dictionary whose gap takes in new objects',
    code: 'altered',
    forge: ({ text }) => {
      const { first, contents, room, second } = partsOf(text);
      const moved = first.length + room + 4_000;
      const range = `/ByteRange [ 0 ${first.length} ${moved} ${second.length} ]`;
      const signature = `90 0 obj\n<< /Type /Sig /SubFilter /ETSI.CAdES.detached /Contents ${contents} ${range} >>\nendobj\n`;
      const wrapped = `${contents} >>\nendobj\n${signature}`;
      return (first + wrapped).padEnd(moved) + second;
    },
  },
  {
    name: 'a table of the attacker where the signed one was',
    code: 'altered',
    forge: ({ text }) => {
      const { first, contents, room, second } = partsOf(text);
      const table = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 >>\n`;
      return first + contents + table + ' '.repeat(Math.max(0, room - contents.length)) + second;
    },
  },
  {
    name: 'a startxref that points past the signed part',
    code: 'altered',
    forge: ({ text }) => {
      const end = text.length + 1;
      const pointed = replaceInPlace(text, /startxref\n\d+/, `startxref\n${end}`);
      return `${pointed}\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R >>\nstartxref\n${end}\n%%EOF`;
    },
  },
  {
    name: 'the signed bytes kept behind the file of another',
    code: 'altered',
    forge: ({ text }) => {
      const catalog = objectBody(text, objectWith(text, '/Type /Catalog'));
      const forged = replace(text, catalog, catalog.replace(/\/AF \[[^\]]*\]/, ''));
      return forged + text;
    },
  },
  {
    name: 'the gap widened over the end of the dictionary',
    code: 'altered',
    forge: ({ text }) => {
      const { start, end } = contentsOf(text);
      const range = `/ByteRange [ 0 ${start} ${end + 30} ${text.length - end - 30} ]`;
      return replaceInPlace(text, /\/ByteRange \[[^\]]*\]/, range);
    },
  },
];
