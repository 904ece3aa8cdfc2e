/** What this browser keeps between visits: signed checkpoints, the version of the trust list, the age of the status list. */
const PREFIX = 'mandate ';

/** Undefined also where a window has no storage: as on a first visit. */
export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Refused or full: the check itself does not depend on it.
  }
}

/** Everything, for a worker, which has no such storage. */
export function recallAll(): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(localStorage)
        .filter(([key]) => key.startsWith(PREFIX))
        .map(([key, value]) => [key.slice(PREFIX.length), String(value)]),
    );
  } catch {
    return {};
  }
}
