/** The file descriptor on which a process says why it was ended: a pipe, so it arrives whatever the process is doing. */
export const LAST_WORDS = 3;

export interface WatchData {
  readonly shared: SharedArrayBuffer;
  /** id of the process that started this one */
  readonly parent: number;
  readonly memoryMib: number;
}

/** What job and watch share: whether there is a job, and when it has to be done, by the clock that only goes forward. */
export function sharedWatch(): SharedArrayBuffer {
  return new SharedArrayBuffer(16);
}

export function beginWatch(shared: SharedArrayBuffer, timeMs: number): void {
  Atomics.store(new BigInt64Array(shared), 1, process.hrtime.bigint() + BigInt(timeMs) * 1_000_000n);
  setBusy(shared, 1);
}

export function endWatch(shared: SharedArrayBuffer): void {
  setBusy(shared, 0);
}

function setBusy(shared: SharedArrayBuffer, busy: 0 | 1): void {
  const states = new Int32Array(shared);
  Atomics.store(states, 0, busy);
  Atomics.notify(states, 0);
}
