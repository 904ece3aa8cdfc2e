import { charactersOf } from './characters.ts';
import { CertificatePdfError } from './errors.ts';
import type { Drawing, Matrix } from './drawing.ts';
import { glyphContours } from './outline.ts';
import { SEAL_CENTRE, SEAL_RADIUS, SEAL_RED } from './page-geometry.ts';
import type { Typeface } from './typeface.ts';

export interface SealText {
  /** name of the organ, on the upper arc */
  name: string;
  /** straight, under the star */
  purpose: string;
  /** on the lower arc */
  serial: string;
}

const DEGREE = Math.PI / 180;
/** Middle of the characters of the name, and what of the circle they may take */
const NAME_RADIUS = 45.5;
const NAME_SPAN = 238 * DEGREE;
/** A name of few characters leaves the date clear */
const SHORT_NAME_SPAN = 224 * DEGREE;
const WIDEST_STEP = 30 * DEGREE;
const NARROWEST_CHARACTER = 5.2;

/**
 * A round seal as organs have them (国发〔1999〕25号: five-pointed star, name around it), in lines and outlines, so that
 * the date beneath it stays readable and extractable.
 * @throws CertificatePdfError `text-too-long` for a name that would not be legible on the arc
 */
export function drawSeal(
  drawing: Drawing,
  typeface: Typeface,
  serialTypeface: Typeface,
  text: SealText,
): void {
  const { x, y } = SEAL_CENTRE;
  drawing
    .stroke(SEAL_RED, 2.4)
    .circle(x, y, SEAL_RADIUS - 1.2)
    .paint('s');
  drawing.fillColour(SEAL_RED);
  star(drawing, x, y + 6, 18.5);
  name(drawing, typeface, text.name);
  straight(drawing, typeface, text.purpose, y - 41);
  serial(drawing, serialTypeface, text.serial);
}

function star(drawing: Drawing, x: number, y: number, radius: number): void {
  for (let i = 0; i < 10; i += 1) {
    // 0.382: the inner corners of a star whose arms are straight
    const r = i % 2 === 0 ? radius : radius * 0.382;
    const point: [number, number] = [x + r * Math.sin(i * 36 * DEGREE), y + r * Math.cos(i * 36 * DEGREE)];
    if (i === 0) drawing.move(...point);
    else drawing.line(...point);
  }
  drawing.paint('f');
}

function name(drawing: Drawing, typeface: Typeface, text: string): void {
  const characters = charactersOf(text);
  const span = characters.length <= 13 ? SHORT_NAME_SPAN : NAME_SPAN;
  const step = Math.min(WIDEST_STEP, span / Math.max(1, characters.length - 1));
  const height = characters.length <= 12 ? 15 : characters.length <= 18 ? 14 : 12.5;
  const width = Math.min(height, 0.95 * step * (NAME_RADIUS - height * 0.42));
  if (width < NARROWEST_CHARACTER)
    throw new CertificatePdfError('text-too-long', `颁发机构名称过长，印章容不下：${text}`, ['颁发机构']);
  characters.forEach((character, i) => {
    const angle = (i - (characters.length - 1) / 2) * step;
    // Han characters stand from 0.12 em below the base line to 0.88 above: their middle comes to the radius
    outline(drawing, typeface, character, { angle, radius: NAME_RADIUS, width, height, middle: 0.38 });
  });
}

function serial(drawing: Drawing, typeface: Typeface, text: string): void {
  const size = 5.4;
  const radius = SEAL_RADIUS - 6.4;
  const characters = charactersOf(text);
  const advance = characters.map((c) => (typeface.get(c).advance(c) * size + 0.75) / radius);
  let angle = 180 * DEGREE + advance.reduce((sum, a) => sum + a, 0) / 2;
  characters.forEach((character, i) => {
    const half = (advance[i] ?? 0) / 2;
    angle -= half;
    // Heads towards the star: the middle of a digit, 0.36 em up, comes to the radius
    outline(drawing, typeface, character, { angle, radius, width: -size, height: -size, middle: 0.36 });
    angle -= half;
  });
}

function straight(drawing: Drawing, typeface: Typeface, text: string, y: number): void {
  const room = 50;
  const size = Math.min(7.5, room / charactersOf(text).length);
  let x = SEAL_CENTRE.x - typeface.width(text, size) / 2;
  for (const character of text) {
    path(drawing, typeface, character, size, ([scale]) => [scale, 0, 0, scale, x, y]);
    x += typeface.width(character, size);
  }
  drawing.paint('f');
}

interface Place {
  /** clockwise from the top */
  angle: number;
  radius: number;
  width: number;
  height: number;
  /** of the character, in em above the base line */
  middle: number;
}

function outline(drawing: Drawing, typeface: Typeface, character: string, place: Place): void {
  const { angle, radius, width, height, middle } = place;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  path(drawing, typeface, character, 1, ([scale, advance]) => {
    const sx = width * scale;
    const sy = height * scale;
    const left = (-advance / 2) * width;
    const down = -middle * height;
    return [
      sx * cos,
      -sx * sin,
      sy * sin,
      sy * cos,
      SEAL_CENTRE.x + radius * sin + left * cos + down * sin,
      SEAL_CENTRE.y + radius * cos - left * sin + down * cos,
    ];
  });
  drawing.paint('f');
}

/** Adds a character's outline; `matrix` gets what one em is worth in font units and the advance in ems. */
export function path(
  drawing: Drawing,
  typeface: Typeface,
  character: string,
  size: number,
  matrix: (metrics: [scale: number, advance: number]) => Matrix,
): void {
  const face = typeface.get(character);
  const glyph = face.font.glyphOf(character);
  const scale = size / face.font.unitsPerEm;
  drawing.contours(glyphContours(face.font, glyph), matrix([scale, face.advance(character)]));
}
