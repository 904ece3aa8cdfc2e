import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** Shorter than a test may take, so that what did not come about has a name. */
const PATIENCE_MS = 500_000;

/** Until this many connections of the suite's database wait for what another transaction holds. */
export async function untilWaiting(source: DataSource, count: number): Promise<void> {
  await until(async () => {
    const [row] = await source.query<{ waiting: number }[]>(
      `SELECT count(*)::integer AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row?.waiting === count;
  });
}

/** Until it is so; whatever goes wrong while one looks means: not yet. @throws Error after more than any machine needs */
export async function until(isSo: () => boolean | Promise<boolean>, everyMs = 5): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let cause: unknown;
  for (;;) {
    try {
      if (await isSo()) return;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) throw new Error(`in vain: ${isSo.toString()}`, { cause });
    await sleep(everyMs);
  }
}
