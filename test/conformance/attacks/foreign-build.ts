import { objectBody, objectWith, relayTable, replace } from '../pdf-text.ts';
import { resign, type Attack } from '../victim.ts';

/**
 * The organ's own key over a file of other software. The signature holds; what readers make of such a file depends on the
 * reader, so ours does not take it.
 */
function signedByOrgan(name: string, change: (text: string) => string): Attack {
  return {
    name,
    code: 'foreign-structure',
    forge: ({ text, organ }) => resign(relayTable(change(text)), { signer: organ }),
  };
}

/** The same without mending the table. */
function signedAsIs(name: string, change: (text: string) => string): Attack {
  return {
    name,
    code: 'foreign-structure',
    forge: ({ text, organ }) => resign(change(text), { signer: organ }),
  };
}

function inObject(needle: string, change: (body: string) => string) {
  return (text: string) => {
    const body = objectBody(text, objectWith(text, needle));
    return replace(text, body, change(body));
  };
}

const inCatalog = (entry: string) =>
  inObject('/Type /Catalog', (body) => replace(body, '<<\n', `<<\n${entry}\n`));
const inPage = (entry: string) =>
  inObject('/Type /Page\n', (body) => replace(body, '<<\n', `<<\n${entry}\n`));
const withObject = (body: string) => (text: string) =>
  replace(text, '\n\nxref\n', `\n\n99 0 obj\n${body}\nendobj\n\nxref\n`);

export const foreignBuild: readonly Attack[] = [
  signedByOrgan('a certification that allows changes', (text) => replace(text, '/P 1', '/P 2')),
  signedByOrgan('an approval signature', (text) => replace(text, /\/Reference \[[\s\S]*?\]\n/, '')),
  signedByOrgan('a certification that is another object', (text) =>
    replace(text, /\/DocMDP \d+ 0 R/, '/DocMDP 3 0 R'),
  ),
  {
    name: 'a byte range that leaves out the end, under a signature over all of it',
    code: 'altered',
    forge: ({ text, organ }) => resign(text, { signer: organ, leftOut: 7 }),
  },
  signedAsIs(
    'its end once more behind its end',
    (text) => `${text}${text.slice(text.lastIndexOf('\nstartxref'))}`,
  ),
  signedByOrgan('no /Perms', (text) => replace(text, /\/Perms <<[^>]*>>\n/, '')),
  signedByOrgan('usage rights in /Perms', (text) => replace(text, '/Perms <<', '/Perms << /UR3 1 0 R')),
  signedByOrgan('a signature of another /SubFilter', (text) =>
    replace(text, '/ETSI.CAdES.detached', '/adbe.pkcs7.detached'),
  ),
  signedByOrgan('certificates beside the CMS', (text) =>
    replace(text, '/Type /Sig\n', '/Type /Sig\n/Cert <00>\n'),
  ),
  signedByOrgan('no signing time', (text) => replace(text, /\/M \([^)]*\)\n/, '')),
  signedByOrgan('a signing time in no time zone', (text) => replace(text, '07Z)', '07)')),
  signedByOrgan('a day that is none', (text) => replace(text, '20260304', '20261399')),
  signedByOrgan('a form with other entries', (text) =>
    replace(text, '/SigFlags 3', '/SigFlags 3 /NeedAppearances true'),
  ),
  signedByOrgan('an append-only flag left out', (text) => replace(text, '/SigFlags 3', '/SigFlags 1')),
  signedByOrgan('a second form field', withObject('<< /FT /Tx >>')),
  signedByOrgan('a second signature dictionary', withObject('<< /Type /Sig >>')),
  signedByOrgan('an action on opening', inCatalog('/OpenAction [ 4 0 R /Fit ]')),
  signedByOrgan('a script', inCatalog('/AA << /WC << /S /JavaScript /JS (x) >> >>')),
  signedByOrgan('layers that may be switched', inCatalog('/OCProperties << /OCGs [ ] >>')),
  signedByOrgan('a link that starts a program', inPage('/X << /S /Launch /F (x) >>')),
  signedByOrgan('one key twice', inCatalog('/Type /Catalog')),
  signedByOrgan('a comment inside an object', inCatalog('% hidden')),
  signedByOrgan('a tab between two words', inCatalog('/PageMode\t/UseNone')),
  signedByOrgan('nesting 10,000 deep', inCatalog(`/X ${'['.repeat(10_000)}${']'.repeat(10_000)}`)),
  signedByOrgan('two attachments of one name', (text) => {
    const name = /<FEFF[0-9A-F]+> \d+ 0 R/.exec(text)?.[0] ?? '';
    return replace(text, name, `${name} ${name}`);
  }),
  signedByOrgan('an attachment with two names', (text) =>
    replace(text, '(certificate.json)', '(other.json)'),
  ),
  signedByOrgan('an attachment that does not inflate', (text) =>
    replace(text, /(?<=\/Subtype \/application#2Fjson[\s\S]*?stream\n)./, '\0'),
  ),
  signedByOrgan('a stream whose length stands elsewhere', (text) =>
    replace(text, /\/Length \d+/, '/Length 3 0 R'),
  ),
  signedByOrgan('no binary comment', (text) => replace(text, '%\x81\x81\x81\x81', '%AAAA')),
  signedByOrgan('another version', (text) => replace(text, '%PDF-1.7', '%PDF-1.4')),
  signedByOrgan('a trailer that points to an older table', (text) =>
    replace(text, '/Root', '/Prev 9\n/Root'),
  ),
  signedByOrgan('a trailer with encryption', (text) => replace(text, '/Root', '/Encrypt 3 0 R\n/Root')),
  signedByOrgan('objects out of order', (text) => {
    const [first, second] = [1, 3].map(
      (number) => `${number} 0 obj\n${objectBody(text, number)}\nendobj\n\n`,
    );
    if (!first || !second) throw new Error('no such objects');
    return replace(replace(text, first, ''), second, second + first);
  }),
  signedAsIs('an object no table lists', (text) => {
    const start = text.lastIndexOf('\nxref\n') + 1;
    const shadow = '99 0 obj\nnull\nendobj\n\n';
    const moved = text.slice(0, start) + shadow + text.slice(start);
    return replace(moved, /startxref\n\d+/, `startxref\n${start + shadow.length}`);
  }),
  signedAsIs('a table entry that points elsewhere', (text) =>
    replace(text, /\d{10} 00000 n \n(?=\d{10} 00000 n \n\ntrailer|\ntrailer)/, '0000000016 00000 n \n'),
  ),
  signedAsIs('a freed object', (text) => replace(text, /(\d{10}) 00000 n/, '0000000000 00001 f')),
  signedAsIs('text after the end', (text) => `${text}\n% more`),
  signedAsIs('text before the header', (text) => `% more\n${text}`),
  signedAsIs('two ends', (text) => `${text}\nstartxref\n0\n%%EOF`),
];
