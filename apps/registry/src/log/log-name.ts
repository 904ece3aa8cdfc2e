/** The two logs of a registry: what is on the lists, and what became of certificates. */
export const LOG_NAMES = ['lists', 'certificates'] as const;
export type LogName = (typeof LOG_NAMES)[number];
