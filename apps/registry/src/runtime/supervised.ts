const PATIENCE_MS = 20_000;

/**
 * For a process that `mandate start` runs: calls `end` once when the supervisor asks it to, or is gone, however it went.
 * Without the supervisor nobody would stop the process. Does nothing in a process that was started by hand.
 */
export function endWithSupervisor(end: () => void): void {
  if (process.send === undefined) return;
  // The supervisor may have gone while this process was still loading its modules.
  if (process.connected) process.once('disconnect', endInTime);
  else endInTime();

  function endInTime(): void {
    // With the supervisor gone nobody else would end what hangs.
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    end();
  }
}
