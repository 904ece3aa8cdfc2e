import type { Colour } from './drawing.ts';

/** A4 landscape, points */
export const PAGE = { width: 841.89, height: 595.28 } as const;

/** Left and right edge of everything that is read */
export const TEXT = { left: 72, right: PAGE.width - 72 } as const;

/** Room for the fields, between statement and foot */
export const FOOT_TOP = 216;

/** 42 mm, as the seals of organs of a city */
const SEAL_RADIUS = 59.5;
export const SEAL_CENTRE = { x: PAGE.width - 72 - 116, y: 107 } as const;

/**
 * The square the seal stands in, `[left, bottom, right, top]` in points on page 1, the same on every certificate: the
 * place for the widget of a visible signature field.
 */
export const SEAL_RECT: readonly [left: number, bottom: number, right: number, top: number] = [
  SEAL_CENTRE.x - SEAL_RADIUS,
  SEAL_CENTRE.y - SEAL_RADIUS,
  SEAL_CENTRE.x + SEAL_RADIUS,
  SEAL_CENTRE.y + SEAL_RADIUS,
];
export { SEAL_RADIUS };

export const INK: Colour = [0.09, 0.11, 0.13];
export const MUTED: Colour = [0.36, 0.41, 0.44];
export const ACCENT: Colour = [0.13, 0.35, 0.42];
export const ACCENT_SOFT: Colour = [0.56, 0.7, 0.73];
export const ACCENT_PALE: Colour = [0.93, 0.957, 0.957];
export const RULE: Colour = [0.82, 0.86, 0.87];
export const SEAL_RED: Colour = [0.8, 0.06, 0.08];
export const SAMPLE_PALE: Colour = [0.975, 0.945, 0.938];
