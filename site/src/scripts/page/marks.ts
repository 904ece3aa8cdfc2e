export type MarkState = 'holds' | 'fails' | 'unknown';

/** Shapes that differ without their colours: a tick, a cross, an open circle. */
const SHAPES: Readonly<Record<MarkState, string>> = {
  holds: 'm2.5 8.5 4 4 7-9',
  fails: 'm3 3 10 10M13 3 3 13',
  unknown: 'M8 2.5a5.5 5.5 0 1 0 .01 0z',
};

const SVG = 'http://www.w3.org/2000/svg';

export function mark(state: MarkState): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', SHAPES[state]);
  path.setAttribute('fill', 'none');
  path.setAttribute('stroke', 'currentColor');
  path.setAttribute('stroke-width', '2.4');
  svg.append(path);
  return svg;
}

/** An element with text or children; text is never read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  if (className !== '') node.className = className;
  node.append(...children);
  return node;
}
