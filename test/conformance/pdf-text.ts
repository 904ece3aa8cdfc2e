/** Surgery on PDFs as text, one character a byte. For attacks: it knows the layout and none of the rules. */

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

/** Replaces the first occurrence. A piece of surgery that finds nothing to cut must not pass for an attack. */
export function replace(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, () => to);
  if (result === text) throw new Error(`nothing to replace: ${String(from)}`);
  return result;
}

/** The same, filled up with blanks so that every offset stays. */
export function replaceInPlace(text: string, from: string | RegExp, to: string): string {
  const found = typeof from === 'string' ? from : (from.exec(text)?.[0] ?? '');
  if (to.length > found.length) throw new Error(`no room for ${to}`);
  return replace(text, found, to.padEnd(found.length));
}

/** Start and end of the hex string behind /Contents of the first signature from here on. */
export function contentsOf(text: string, from = 0): { start: number; end: number } {
  const start = from + text.slice(from).search(/<[0-9A-Fa-f]{1000,}>/);
  if (start < from) throw new Error('no signature');
  return { start, end: text.indexOf('>', start) + 1 };
}

/** Number of the object in which the text stands. */
export function objectWith(text: string, needle: string): number {
  const before = text.slice(0, text.indexOf(needle));
  const number = [...before.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)].at(-1)?.[1];
  if (number === undefined) throw new Error(`no object with ${needle}`);
  return Number(number);
}

export function objectBody(text: string, number: number): string {
  const start = text.indexOf(`\n${number} 0 obj\n`) + `\n${number} 0 obj\n`.length;
  return text.slice(start, text.indexOf('\nendobj', start));
}

export interface Revision {
  readonly objects: Readonly<Record<number, string>>;
  /** `objects`: no table at all; `empty`: a table that lists nothing; `table`: a proper one. */
  readonly table?: 'objects' | 'empty' | 'table';
  readonly trailer?: string;
}

/** An incremental update (ISO 32000-1 §7.5.6), more or less proper. */
export function appendRevision(text: string, { objects, table = 'table', trailer }: Revision): string {
  let result = `${text}\n`;
  const lines: string[] = [];
  for (const [number, body] of Object.entries(objects)) {
    lines.push(`${number} 1\n${String(result.length).padStart(10, '0')} 00000 n \n`);
    result += `${number} 0 obj\n${body}\nendobj\n`;
  }
  if (table === 'objects') return result;
  const previous = /startxref\n(\d+)\n%%EOF\s*$/.exec(text)?.[1] ?? '0';
  const root = /\/Root (\d+ 0 R)/.exec(text)?.[1] ?? '';
  const start = result.length;
  return (
    `${result}xref\n${table === 'empty' ? '0 0\n' : lines.join('')}trailer\n` +
    `<< /Size 99 /Root ${root} /Prev ${previous} ${trailer ?? ''} >>\nstartxref\n${start}\n%%EOF\n`
  );
}

/** Writes the table anew after objects were moved. */
export function relayTable(text: string): string {
  const start = text.lastIndexOf('\nxref\n') + 1;
  const body = text.slice(0, start);
  const places = [...body.matchAll(/\n(\d+) 0 obj\n/g)].map((match) => [Number(match[1]), match.index + 1]);
  let table = 'xref\n0 1\n0000000000 65535 f \n';
  for (const [number = 0, offset = 0] of places)
    table += `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
  const trailer = text.slice(text.indexOf('\ntrailer\n', start), text.lastIndexOf('startxref\n'));
  return `${body}${table}${trailer}startxref\n${start}\n%%EOF`;
}
