import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** Until this many connections of the suite's database wait for what another transaction holds. */
export async function untilWaiting(source: DataSource, count: number): Promise<void> {
  for (;;) {
    const [row] = await source.query<{ waiting: number }[]>(
      `SELECT count(*)::integer AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (row?.waiting === count) return;
    await sleep(5);
  }
}

/** Until it is so. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(5);
}
