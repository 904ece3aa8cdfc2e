import { appendRevision, objectBody, objectWith, replace, type Revision } from '../pdf-text.ts';
import { resign, type Attack, type Victim } from '../victim.ts';

const CONTENT = 'BT /F1 40 Tf 60 400 Td (FORGED) Tj ET';
const STREAM = `<< /Length ${CONTENT.length} >>\nstream\n${CONTENT}\nendstream`;

function appended(tail: string): Attack['forge'] {
  return ({ text }) => text + tail;
}

/** The page with other content, in a revision of its own. */
function newPage(text: string, table: Revision['table']): string {
  const page = objectWith(text, '/Type /Page\n');
  const body = replace(objectBody(text, page), /\/Contents \[[^\]]*\]/, '/Contents 90 0 R');
  return appendRevision(text, { objects: { [page]: body, 90: STREAM }, ...(table ? { table } : {}) });
}

function copiedSignature(text: string): string {
  const signature = objectBody(text, objectWith(text, '/ByteRange'));
  const catalog = objectWith(text, '/Type /Catalog');
  const form = '/AcroForm << /SigFlags 3 /Fields [ 91 0 R ] >>';
  return appendRevision(text, {
    objects: {
      [catalog]: replace(objectBody(text, catalog), /\/AcroForm <<[^>]*>>/, form),
      90: signature,
      91: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Copy) /Rect [0 0 0 0] /V 90 0 R >>`,
    },
  });
}

/** A signature that holds, over the changed whole, by somebody else. */
function secondSignature({ text, attacker }: Victim): string {
  const { organ } = attacker;
  return resign(copiedSignature(text), { signer: organ, from: text.length });
}

/** ISA of Mladenov et al. 2019: the signed bytes stay, something is put behind them. */
export const incrementalSaving: readonly Attack[] = [
  { name: 'a line feed after the end', code: 'altered', forge: appended('\n') },
  { name: 'a zero after the end', code: 'altered', forge: appended('\0') },
  { name: 'a comment after the end', code: 'altered', forge: appended('\n% forged') },
  { name: 'a second %%EOF', code: 'altered', forge: appended('\n%%EOF') },
  { name: 'a second copy of itself', code: 'altered', forge: ({ text }) => text + text },
  {
    name: 'a new page content with table and trailer',
    code: 'altered',
    forge: ({ text }) => newPage(text, 'table'),
  },
  {
    name: 'a new page content without a table',
    code: 'altered',
    forge: ({ text }) => newPage(text, 'objects'),
  },
  { name: 'new objects behind an empty table', code: 'altered', forge: ({ text }) => newPage(text, 'empty') },
  {
    name: 'a trailer without objects',
    code: 'altered',
    forge: ({ text }) => appendRevision(text, { objects: {} }),
  },
  {
    name: 'a trailer with another root',
    code: 'altered',
    forge: ({ text }) =>
      appendRevision(text, {
        objects: { 90: '<< /Type /Catalog /Pages 91 0 R >>', 91: '<< /Type /Pages /Kids [] /Count 0 >>' },
        trailer: '/Root 90 0 R',
      }),
  },
  {
    name: 'its own signature copied to the end',
    code: 'altered',
    forge: ({ text }) => copiedSignature(text),
  },
  { name: 'a second, unrelated signature over the change', code: 'altered', forge: secondSignature },
  {
    name: 'a revision that removes the form and the signature',
    code: 'altered',
    forge: ({ text }) => {
      const catalog = objectWith(text, '/Type /Catalog');
      const body = replace(objectBody(text, catalog), /\/AcroForm <<[^>]*>>/, '');
      return appendRevision(text, { objects: { [catalog]: body } });
    },
  },
  { name: 'bytes before the header', code: 'altered', forge: ({ text }) => `%PDF-1.4\n${text}` },
  { name: 'a file that lost its last byte', code: 'altered', forge: ({ text }) => text.slice(0, -1) },
];
