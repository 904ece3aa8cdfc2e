/**
 * Of a whole certificate: a tick in a shield, a cross in an octagon, a bar in a circle for what ended, a question mark.
 * Lines of 3.5 in a box of 48.
 */
export const VERDICT_PATHS = {
  shield: 'M24 4 40 9v14c0 10-7 17-16 21C15 40 8 33 8 23V9zM16 24l6 6 11-13',
  cross: 'M15 4h18l11 11v18L33 44H15L4 33V15zM16 16l16 16M32 16 16 32',
  bar: 'M24 4a20 20 0 1 0 .01 0zM13 24h22',
  clock: 'M24 4a20 20 0 1 0 .01 0zM24 12v13l8 5',
  question: 'M24 4a20 20 0 1 0 .01 0zM18 19c0-8 12-8 12 0 0 5-6 5-6 10M24 34v2',
} as const;
export type VerdictMark = keyof typeof VERDICT_PATHS;
