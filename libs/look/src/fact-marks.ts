/** Whether something that was looked at holds: a tick, a cross, an open circle. Lines of 2.4 in a box of 16. */
export const FACT_PATHS = {
  holds: 'm2.5 8.5 4 4 7-9',
  fails: 'm3 3 10 10M13 3 3 13',
  unknown: 'M8 2.5a5.5 5.5 0 1 0 .01 0z',
} as const;
export type FactMark = keyof typeof FACT_PATHS;
