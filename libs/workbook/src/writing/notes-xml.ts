import { columnLetters } from '../reading/sheet-grid.ts';
import { type NoteToWrite, XML } from './sheet-to-write.ts';
import { cellText } from './xml-text.ts';

export function comments(notes: readonly NoteToWrite[]): string {
  const list = notes.map(
    ({ row, column, text }) =>
      `<comment ref="${columnLetters(column)}${(row + 1).toString()}" authorId="0"><text><r><t xml:space="preserve">${cellText(text)}</t></r></text></comment>`,
  );
  return `<comments xmlns="${XML.main}"><authors><author>明权</author></authors><commentList>${list.join('')}</commentList></comments>`;
}

/** Excel numbers the shapes of a sheet from here. */
const FIRST_SHAPE = 1025;
/** Where the box of a note stands: columns, rows and points from the cell (ECMA-376 part 4, 19.4.2.2). */
const BOX = { columns: 3, rows: 5, left: 15, right: 15, top: 2, bottom: 4 };

/** Excel shows a comment only where this older drawing has a box for it. */
export function noteShapes(notes: readonly NoteToWrite[]): string {
  const shapes = notes.map(({ row, column }, n) => {
    const from = [column + 1, BOX.left, row, BOX.top];
    const to = [column + 1 + BOX.columns, BOX.right, row + BOX.rows, BOX.bottom];
    return `<v:shape id="_x0000_s${(FIRST_SHAPE + n).toString()}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${[...from, ...to].join(', ')}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row.toString()}</x:Row><x:Column>${column.toString()}</x:Column></x:ClientData></v:shape>`;
  });
  return `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${shapes.join('')}</xml>`;
}
