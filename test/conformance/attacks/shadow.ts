import { appendRevision, objectBody, objectWith, replace } from '../pdf-text.ts';
import { type Attack } from '../victim.ts';

function pageWith(text: string, change: (body: string) => string): Record<number, string> {
  const page = objectWith(text, '/Type /Page\n');
  return { [page]: change(objectBody(text, page)) };
}

const ANNOTATION =
  '<< /Type /Annot /Subtype /FreeText /Rect [60 700 400 780] /Contents (FORGED) /DA (/F1 20 Tf) >>';

function withAnnotation(annotation: string): Attack['forge'] {
  return ({ text }) =>
    appendRevision(text, {
      objects: {
        ...pageWith(text, (body) => replace(body, /\/Annots \[[^\]]*\]/, '/Annots [ 90 0 R ]')),
        90: annotation,
      },
    });
}

/** Mainka et al. 2021: content prepared before the signature shows itself after. */
export const shadow: readonly Attack[] = [
  {
    name: 'hide: an overlay object freed in a later table',
    code: 'altered',
    forge: ({ text }) => {
      const start = text.length + 1;
      const content = objectWith(text, '/FlateDecode');
      return `${text}\nxref\n${content} 1\n0000000000 00001 f \ntrailer\n<< /Size 99 /Root 2 0 R >>\nstartxref\n${start}\n%%EOF`;
    },
  },
  {
    name: 'replace: a font that draws other letters',
    code: 'altered',
    forge: ({ text }) => {
      const font = objectWith(text, '/Type /Font');
      const body = replace(objectBody(text, font), '/Helvetica', '/ZapfDingbats');
      return appendRevision(text, { objects: { [font]: body } });
    },
  },
  {
    name: 'hide and replace: another root that was there all along',
    code: 'altered',
    forge: ({ text }) => appendRevision(text, { objects: {}, trailer: '/Root 1 0 R' }),
  },
  {
    name: 'replace: an attachment exchanged in a later revision',
    code: 'altered',
    forge: ({ text }) => {
      const file = objectWith(text, '/Type /EmbeddedFile');
      const json = '{"sample":false}';
      const body = `<< /Type /EmbeddedFile /Length ${json.length} >>\nstream\n${json}\nendstream`;
      return appendRevision(text, { objects: { [file]: body } });
    },
  },
];

/** Rohlmann et al. 2021 (EAA, SSA): changes that a certified document may seem to allow. */
export const certification: readonly Attack[] = [
  { name: 'an annotation after certification', code: 'altered', forge: withAnnotation(ANNOTATION) },
  {
    name: 'a stamp over the page',
    code: 'altered',
    forge: withAnnotation('<< /Type /Annot /Subtype /Stamp /Rect [0 0 595 842] >>'),
  },
  {
    name: 'a form field after certification',
    code: 'altered',
    forge: withAnnotation(
      '<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (FORGED) /Rect [60 700 400 780] >>',
    ),
  },
  {
    name: 'an empty signature field with an appearance',
    code: 'altered',
    forge: withAnnotation('<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /Rect [60 700 400 780] >>'),
  },
  {
    name: 'a document security store after certification',
    code: 'altered',
    forge: ({ text }) => {
      const catalog = objectWith(text, '/Type /Catalog');
      const body = replace(objectBody(text, catalog), '/Perms', '/DSS << /Certs [] >>\n/Perms');
      return appendRevision(text, { objects: { [catalog]: body } });
    },
  },
  {
    name: 'a revision that allows changes',
    code: 'altered',
    forge: ({ text }) => {
      const signature = objectWith(text, '/ByteRange');
      const body = replace(objectBody(text, signature), '/P 1', '/P 3');
      return appendRevision(text, { objects: { [signature]: body } });
    },
  },
  { name: 'P 3 written over P 1', code: 'altered', forge: ({ text }) => replace(text, '/P 1', '/P 3') },
];
