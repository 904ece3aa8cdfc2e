import type { PrintedField, PrintedPage } from '@mandate/certificate';
import { charactersOf } from './characters.ts';
import { Drawing, type Colour } from './drawing.ts';
import { CertificatePdfError } from './errors.ts';
import { layoutFields, type TextBlock } from './field-layout.ts';
import { balanceLines, breakLines } from './line-breaking.ts';

import {
  ACCENT,
  FOOT_TOP,
  INK,
  MUTED,
  PAGE,
  RULE,
  SAMPLE_PALE,
  SEAL_CENTRE,
  SEAL_RADIUS,
  SEAL_RED,
  TEXT,
} from './page-geometry.ts';
import { drawQr } from './qr.ts';
import { drawSeal, path, type SealText } from './seal.ts';
import type { Typeface } from './typeface.ts';

export interface Typefaces {
  sans: Typeface;
  serif: Typeface;
  serifBold: Typeface;
}

const CENTRE = PAGE.width / 2;
const QR_SIZE = 108;
const PROOFS_LEFT = TEXT.left + QR_SIZE + 26;
const PROOFS_RIGHT = SEAL_CENTRE.x - 124;

/** Draws the words of `page` in their order, then the seal over them. @throws CertificatePdfError `text-too-long` */
export function drawPage(page: PrintedPage, faces: Typefaces, qr: boolean[][], seal: SealText): string {
  const drawing = new Drawing();
  if (page.sampleNotice) sampleMark(drawing, faces);
  const below = statement(drawing, page, faces, head(drawing, page, faces));
  fields(drawing, page, faces, below);
  proofs(drawing, page, faces);
  drawQr(drawing, qr, TEXT.left, 76, QR_SIZE);
  centred(drawing, faces.sans, 8.5, TEXT.left + QR_SIZE / 2, 59, page.qrCaption, MUTED);
  issuer(drawing, page, faces);
  drawSeal(drawing, faces.serifBold, faces.sans, seal);
  return drawing.toString();
}

/** Title and number; returns the base line of the last. */
function head(drawing: Drawing, page: PrintedPage, faces: Typefaces): number {
  const room = TEXT.right - TEXT.left;
  const spaced = (size: number, text: string) =>
    faces.serifBold.width(text, size) + charactersOf(text).length * size * 0.16;
  let size = 40;
  while (size > 26 && spaced(size, page.title) > room) size -= 1;
  const lines = breakLines(page.title, room, (text) => spaced(size, text));
  if (lines.length > 2)
    throw new CertificatePdfError('text-too-long', `证照名称过长：${page.title}`, ['证照名称']);
  let y = PAGE.height - (lines.length === 1 ? 100 : 84);
  for (const line of lines) {
    // the space after the last character is no part of the line
    const width = spaced(size, line) - size * 0.16;
    drawing.fillColour(INK).text(faces.serifBold, size, CENTRE - width / 2, y, line, size * 0.16);
    y -= size * 1.2;
  }
  y += size * 1.2;
  y -= 28;
  return number(drawing, page, faces, y);
}

/** The number, and on a sample the words that say so, at the right end of its line; returns the base line. */
function number(drawing: Drawing, page: PrintedPage, faces: Typefaces, y: number): number {
  const badge = page.sampleNotice ? sampleBadge(drawing, faces.sans, page.sampleNotice, y) : 0;
  const room = TEXT.right - TEXT.left - 2 * badge;
  const { label, value } = page.number;
  let size = 11.5;
  const width = () => faces.sans.width(label, 9.5) + 10 + faces.sans.width(value, size);
  while (size > 8.5 && width() > room) size -= 0.5;
  if (width() > room) throw new CertificatePdfError('text-too-long', `证照编号过长：${value}`, [label]);
  const left = CENTRE - width() / 2;
  drawing.fillColour(MUTED).text(faces.sans, 9.5, left, y, label);
  drawing.fillColour(INK).text(faces.sans, size, left + width() - faces.sans.width(value, size), y, value);
  return y;
}

function statement(drawing: Drawing, page: PrintedPage, faces: Typefaces, top: number): number {
  if (!page.statement) return top - 16;
  const size = 11.5;
  // Two characters of indent open a Chinese paragraph
  const text = `\u3000\u3000${page.statement}`;
  const lines = breakLines(text, TEXT.right - TEXT.left, (t) => faces.serif.width(t, size));
  drawing.fillColour(INK);
  let y = top - 30;
  for (const line of lines) {
    const indent = /^\u3000*/.exec(line)?.[0].length ?? 0;
    drawing.text(faces.serif, size, TEXT.left + indent * size, y, line.slice(indent));
    y -= size * 1.6;
  }
  return y + size * 1.6 - 15;
}

function fields(drawing: Drawing, page: PrintedPage, faces: Typefaces, top: number): void {
  const rows = layoutFields(
    page.fields,
    { label: faces.sans, text: faces.serif, code: faces.sans },
    top - FOOT_TOP,
  );
  let y = top;
  drawing.stroke(RULE, 0.5).move(TEXT.left, y).line(TEXT.right, y).paint('S');
  for (const { cells, lineHeight, height } of rows) {
    const lines = Math.max(...cells.flatMap(({ label, value }) => [label.lines.length, value.lines.length]));
    const first = y - (height - (lines - 1) * lineHeight) / 2;
    for (const { label, value } of cells) {
      // 0.36 em: half the height of a character over its base line
      const base = first - value.size * 0.36;
      block(drawing.fillColour(MUTED), label, base + (value.size - label.size) * 0.12, lineHeight);
      block(drawing.fillColour(INK), value, base, lineHeight);
    }
    y -= height;
    drawing.stroke(RULE, 0.5).move(TEXT.left, y).line(TEXT.right, y).paint('S');
  }
}

function block(drawing: Drawing, text: TextBlock, base: number, lineHeight: number): void {
  text.lines.forEach((line, i) =>
    drawing.text(text.typeface, text.size, text.x, base - i * lineHeight, line),
  );
}

function proofs(drawing: Drawing, page: PrintedPage, faces: Typefaces): void {
  const size = 8.5;
  const labelWidth = Math.max(...page.proofs.map(({ label }) => faces.sans.width(label, size))) + 12;
  const room = PROOFS_RIGHT - PROOFS_LEFT - labelWidth;
  const rows = page.proofs.map(({ label, value }: PrintedField) => ({
    label,
    lines: breakLines(value, room, (text) => faces.sans.width(text, size)),
  }));
  const height = rows.reduce((sum, { lines }) => sum + lines.length * 13 + 5, 14);
  if (height > 140)
    throw new CertificatePdfError('text-too-long', '依据、证照标识或核验网址过长，页脚容不下。', ['依据']);
  let y = 76 + QR_SIZE / 2 + height / 2 - 8;
  for (const { label, lines } of rows) {
    drawing.fillColour(MUTED).text(faces.sans, size, PROOFS_LEFT, y, label);
    drawing.fillColour(INK);
    for (const line of lines) {
      drawing.text(faces.sans, size, PROOFS_LEFT + labelWidth, y, line);
      y -= 13;
    }
    y -= 5;
  }
  drawing.fillColour(MUTED).text(faces.sans, 7.5, PROOFS_LEFT, y - 2, page.notice);
}

/** Label and name above the seal, the date where the seal then lies over it. */
function issuer(drawing: Drawing, page: PrintedPage, faces: Typefaces): void {
  const room = 2 * (TEXT.right - SEAL_CENTRE.x);
  const { label, value } = page.issuer;
  const width = (text: string, size: number) => faces.serif.width(text, size);
  let size = 13.5;
  while (size > 9.5 && width(value, size) > room) size -= 0.5;
  // Rather two lines that are easy to read than one that is not
  if (width(value, size) > room) size = 11;
  const lines = balanceLines(value, room, (text) => width(text, size));
  if (lines.length > 2) throw new CertificatePdfError('text-too-long', `颁发机构名称过长：${value}`, [label]);
  const { x, y } = SEAL_CENTRE;
  const last = y + SEAL_RADIUS + (lines.length === 1 ? 14 : 9);
  const first = last + (lines.length - 1) * size * 1.25;
  centred(drawing, faces.sans, 8.5, x, first + size * 0.9 + 5, label, MUTED);
  lines.forEach((line, i) => centred(drawing, faces.serif, size, x, first - i * size * 1.25, line, INK));
  centred(drawing, faces.serif, 12.5, x, y - 29, page.issueDate, INK);
}

function centred(
  drawing: Drawing,
  typeface: Typeface,
  size: number,
  x: number,
  y: number,
  text: string,
  colour: Colour = ACCENT,
): void {
  drawing.fillColour(colour).text(typeface, size, x - typeface.width(text, size) / 2, y, text);
}

/** 示例 large and pale under the text: seen at once, and in nobody's way. Outlines, so that it is not extracted. */
function sampleMark(drawing: Drawing, faces: Typefaces): void {
  const size = 190;
  const angle = (16 * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  drawing.fillColour(SAMPLE_PALE);
  [...'示例'].forEach((character, i) => {
    const along = (i === 0 ? -1.12 : 0.12) * size;
    const off = -0.38 * size;
    path(drawing, faces.serifBold, character, size, ([scale]) => [
      scale * cos,
      scale * sin,
      -scale * sin,
      scale * cos,
      CENTRE + along * cos - off * sin,
      318 + along * sin + off * cos,
    ]);
  });
  drawing.paint('f');
}

/** Returns the width it takes. */
function sampleBadge(drawing: Drawing, typeface: Typeface, text: string, y: number): number {
  const size = 9.5;
  const width = typeface.width(text, size) + 20;
  drawing
    .stroke(SEAL_RED, 0.8)
    .rectangle(TEXT.right - width, y - 6, width, 19)
    .paint('S');
  drawing.fillColour(SEAL_RED).text(typeface, size, TEXT.right - width + 10, y, text);
  return width;
}
