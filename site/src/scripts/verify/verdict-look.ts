import { VERDICT_PATHS, type VerdictMark } from '@mandate/look';
import type { VerdictName } from '@mandate/verification';

export type Look = 'good' | 'bad' | 'open';

const LOOKS: Readonly<Record<VerdictName, { look: Look; shape: VerdictMark }>> = {
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

export function lookOf(verdict: VerdictName): { look: Look; svg: SVGSVGElement } {
  const { look, shape } = LOOKS[verdict];
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 48 48');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', VERDICT_PATHS[shape]);
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
