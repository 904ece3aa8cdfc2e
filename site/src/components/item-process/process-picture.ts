import type { ProcessStep } from '@mandate/lists';
import { FONT, layoutProcess, LINE, type PlacedStep, type PlacedWay, type Point } from './process-layout.ts';

const drawn = new Map<string, string>();
/** Many items share one process: pictures kept at a time. */
const MAX_KEPT = 500;

/**
 * A process as SVG, boxes and arrows with their words; colours and type come from the page's style sheet. The picture says
 * nothing that the list of steps beside it does not say, so it is hidden from readers who do not see.
 */
export function processPicture(steps: readonly ProcessStep[]): string {
  const content = JSON.stringify(steps);
  let svg = drawn.get(content);
  if (svg === undefined) {
    svg = draw(steps);
    if (drawn.size >= MAX_KEPT) drawn.clear();
    drawn.set(content, svg);
  }
  return svg;
}

function draw(steps: readonly ProcessStep[]): string {
  const { width, height, steps: boxes, ways } = layoutProcess(steps);
  // In ems, so that it grows with the type; all else is in its own units.
  const size = `width="${width / FONT}rem" height="${height / FONT}rem" viewBox="0 0 ${width} ${height}"`;
  return (
    `<svg class="process" ${size} font-size="${FONT}" aria-hidden="true" focusable="false">` +
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">' +
    '<path class="head" d="M0 0 8 4 0 8z"/></marker></defs>' +
    ways.map(drawWay).join('') +
    boxes.map(drawStep).join('') +
    ways.map(drawLabel).join('') +
    '</svg>'
  );
}

function drawStep({ x, y, width, height, name, notes, isEnd }: PlacedStep): string {
  const middle = x + width / 2;
  const text = (lines: readonly string[], from: number, type: string): string =>
    lines
      .map(
        (line, n) =>
          `<text class="${type}" x="${middle}" y="${y + 9 + (from + n) * LINE + 16}">${escape(line)}</text>`,
      )
      .join('');
  return (
    `<rect class="step${isEnd ? ' end' : ''}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${isEnd ? 16 : 3}"/>` +
    text(name, 0, 'name') +
    text(notes, name.length, 'note')
  );
}

function drawWay({ points }: PlacedWay): string {
  return `<path class="way" marker-end="url(#arrow)" d="${pathOf(points)}"/>`;
}

function drawLabel({ label }: PlacedWay): string {
  if (!label) return '';
  const { at, width, height, lines } = label;
  const top = at.y - height / 2;
  return (
    `<rect class="behind" x="${at.x - width / 2}" y="${top}" width="${width}" height="${height}"/>` +
    lines
      .map((line, n) => `<text class="when" x="${at.x}" y="${top + n * LINE + 16}">${escape(line)}</text>`)
      .join('')
  );
}

/** Corners rounded: through the middle of every stretch but the first and the last. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return '';
  const parts = [`M${first.x} ${first.y}`];
  rest.slice(0, -1).forEach((corner, n) => {
    const after = rest[n + 1] ?? last;
    const isLast = n === rest.length - 2;
    const end = isLast ? after : { x: (corner.x + after.x) / 2, y: (corner.y + after.y) / 2 };
    parts.push(`Q${corner.x} ${corner.y} ${end.x} ${end.y}`);
  });
  if (rest.length === 1) parts.push(`L${last.x} ${last.y}`);
  return parts.join('');
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
