import type { VerdictName } from '@mandate/verification';

export type Look = 'good' | 'bad' | 'open';

/** Shapes first: a tick in a shield, a cross in an octagon, a bar in a circle for what ended, a question mark. */
const LOOKS: Readonly<Record<VerdictName, { look: Look; shape: string }>> = {
  valid: { look: 'good', shape: 'shield' },
  altered: { look: 'bad', shape: 'cross' },
  unsigned: { look: 'bad', shape: 'cross' },
  'untrusted-issuer': { look: 'bad', shape: 'cross' },
  'no-mandate': { look: 'bad', shape: 'cross' },
  revoked: { look: 'bad', shape: 'bar' },
  suspended: { look: 'bad', shape: 'bar' },
  superseded: { look: 'bad', shape: 'bar' },
  expired: { look: 'bad', shape: 'bar' },
  'not-yet-valid': { look: 'open', shape: 'clock' },
  indeterminate: { look: 'open', shape: 'question' },
  unreadable: { look: 'open', shape: 'question' },
};

const PATHS: Readonly<Record<string, string>> = {
  shield: 'M24 4 40 9v14c0 10-7 17-16 21C15 40 8 33 8 23V9zM16 24l6 6 11-13',
  cross: 'M15 4h18l11 11v18L33 44H15L4 33V15zM16 16l16 16M32 16 16 32',
  bar: 'M24 4a20 20 0 1 0 .01 0zM13 24h22',
  clock: 'M24 4a20 20 0 1 0 .01 0zM24 12v13l8 5',
  question: 'M24 4a20 20 0 1 0 .01 0zM18 19c0-8 12-8 12 0 0 5-6 5-6 10M24 34v2',
};

export function lookOf(verdict: VerdictName): { look: Look; svg: SVGSVGElement } {
  const { look, shape } = LOOKS[verdict];
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 48 48');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', PATHS[shape] ?? '');
  for (const [name, value] of Object.entries({
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '3.5',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  })) {
    path.setAttribute(name, value);
  }
  svg.append(path);
  return { look, svg };
}
