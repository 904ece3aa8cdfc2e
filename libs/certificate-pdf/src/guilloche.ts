import { Drawing, type Matrix } from './drawing.ts';
import { ACCENT, ACCENT_PALE, ACCENT_SOFT, PAGE } from './page-geometry.ts';

const OUTER = 24;
const BAND = 15;
const STRANDS = 4;

/**
 * The border of interlaced waves and the pale rosette under the text: the same on every certificate. Made of equal parts
 * in moved and turned coordinates, which compress to almost nothing.
 */
export function guilloche(): string {
  const drawing = new Drawing();
  rosette(drawing);
  const inner = OUTER + BAND;
  const across = PAGE.width - 2 * inner;
  const up = PAGE.height - 2 * inner;
  drawing.stroke(ACCENT_SOFT, 0.35);
  for (const middle of [OUTER + BAND / 2, PAGE.height - OUTER - BAND / 2])
    waves(drawing, across, 34, (along) => [1, 0, 0, 1, inner + along, middle]);
  for (const middle of [OUTER + BAND / 2, PAGE.width - OUTER - BAND / 2])
    waves(drawing, up, 23, (along) => [0, 1, -1, 0, middle, inner + along]);
  corners(drawing);
  drawing
    .stroke(ACCENT, 1.1)
    .rectangle(OUTER, OUTER, PAGE.width - 2 * OUTER, PAGE.height - 2 * OUTER)
    .paint('S');
  drawing.stroke(ACCENT, 0.5).rectangle(inner, inner, across, up).paint('S');
  return drawing.toString();
}

function waves(drawing: Drawing, length: number, periods: number, place: (along: number) => Matrix): void {
  const period = length / periods;
  for (let i = 0; i < periods; i += 1)
    drawing.transformed(place(i * period), () => {
      for (let strand = 0; strand < STRANDS; strand += 1)
        wave(drawing, period, (strand * Math.PI * 2) / STRANDS);
      drawing.paint('S');
    });
}

/** One period of one strand: four cubic curves, each with the slope of the sine at its ends. */
function wave(drawing: Drawing, period: number, phase: number): void {
  const amplitude = BAND / 2 - 1.6;
  const step = period / 4;
  const y = (i: number) => amplitude * Math.sin((i * Math.PI) / 2 + phase);
  const rise = (i: number) => ((amplitude * Math.PI) / 6) * Math.cos((i * Math.PI) / 2 + phase);
  drawing.move(0, y(0));
  for (let i = 0; i < 4; i += 1) {
    const x = i * step;
    drawing.curve(
      x + step / 3,
      y(i) + rise(i),
      x + (step * 2) / 3,
      y(i + 1) - rise(i + 1),
      x + step,
      y(i + 1),
    );
  }
}

function corners(drawing: Drawing): void {
  for (const x of [OUTER, PAGE.width - OUTER - BAND])
    for (const y of [OUTER, PAGE.height - OUTER - BAND]) {
      drawing.stroke(ACCENT, 0.5).rectangle(x, y, BAND, BAND).paint('S');
      drawing.stroke(ACCENT_SOFT, 0.35).transformed([1, 0, 0, 1, x + BAND / 2, y + BAND / 2], () => {
        closedCurve(drawing, 72, (t) => 3.9 + 1.7 * Math.cos(8 * t));
        closedCurve(drawing, 72, (t) => 3.9 - 1.7 * Math.cos(8 * t));
      });
    }
}

function rosette(drawing: Drawing): void {
  drawing.stroke(ACCENT_PALE, 0.5);
  for (let strand = 0; strand < 9; strand += 1) {
    const turn = (strand * Math.PI * 2) / (9 * 12);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    drawing.transformed([cos, sin, -sin, cos, PAGE.width / 2, 318], () =>
      closedCurve(drawing, 240, (t) => 118 + 26 * Math.sin(12 * t) + 8 * Math.sin(24 * t)),
    );
  }
}

function closedCurve(drawing: Drawing, steps: number, radius: (t: number) => number): void {
  for (let i = 0; i < steps; i += 1) {
    const t = (i * 2 * Math.PI) / steps;
    const point: [number, number] = [radius(t) * Math.cos(t), radius(t) * Math.sin(t)];
    if (i === 0) drawing.move(...point);
    else drawing.line(...point);
  }
  drawing.paint('s');
}
