import { SupervisorReport } from './supervisor-report.ts';

const PATIENCE_MS = 20_000;

/** Argument of the API's process: it listens on this machine alone, on a port that it tells the supervisor. */
export const BEHIND_FRONT = '--behind-front';

/**
 * Calls `end` once: for a part of `mandate start` when the supervisor asks it to, or is gone, however it went (without it
 * nobody would stop the process); for a process that was started by itself, and for both, at a signal.
 */
export function endWhenAsked(end: () => void): void {
  let asked = false;
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, endInTime);
  if (process.send === undefined) return;
  // The supervisor may have gone while this process was still loading its modules.
  if (process.connected) process.once('disconnect', endInTime);
  else endInTime();

  function endInTime(): void {
    if (asked) return;
    asked = true;
    // Nobody else would end what hangs.
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    end();
  }
}

/** Does nothing in a process that was started by itself. */
export function tellSupervisor(message: object): void {
  if (process.connected) process.send?.(message);
}

let latest: SupervisorReport | undefined;

/** What the supervisor said last of the parts; undefined where there is none. */
export function supervisorReport(): SupervisorReport | undefined {
  return latest;
}

/** Listens to the supervisor from now on; what it said before is heard too. */
export function listenToSupervisor(onReport: (report: SupervisorReport) => void = () => undefined): void {
  if (process.send === undefined) return;
  process.on('message', (message) => {
    const { success, data } = SupervisorReport.safeParse(message);
    if (!success) return;
    latest = data;
    onReport(data);
  });
}
