// Paths of the two logs; apart from the others, since a page that reads a log reads little else.

/** The two logs of a registry: what is on the lists, and what became of certificates. */
export const LOG_NAMES = ['lists', 'certificates'] as const;
export type LogName = (typeof LOG_NAMES)[number];

/** Folder of a log; its files are below. */
export function logFolder(log: LogName): string {
  return `log/${log}`;
}

/** @param path below the log: `checkpoint`, or as `tilePath` and `entryBundlePath` of @mandate/transparency-log say */
export function logPath(log: LogName, path: string): string {
  return `${logFolder(log)}/${path}`;
}

export function checkpointPath(log: LogName): string {
  return logPath(log, 'checkpoint');
}

/** The log a path is of, and the path below it. */
export function findLogOfPath(path: string): { readonly log: LogName; readonly path: string } | undefined {
  const [, name, rest] = /^log\/([a-z]+)\/(.+)$/.exec(path) ?? [];
  const log = LOG_NAMES.find((one) => one === name);
  return log === undefined || rest === undefined ? undefined : { log, path: rest };
}
