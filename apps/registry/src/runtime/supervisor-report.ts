import { z } from 'zod';

const HOUR_MS = 3_600_000;
/** One end in an hour happens; more are a loop. */
const LOOP = 3;

export const PART_NAMES = ['front', 'api', 'worker', 'database'] as const;

/** What the supervisor tells its parts of each other. */
export const SupervisorReport = z.object({
  type: z.literal('report'),
  /** where the API listens; absent while it does not */
  apiUrl: z.string().optional(),
  parts: z.array(
    z.object({
      name: z.enum(PART_NAMES),
      /** when it ended by itself within the last hour, ms since the epoch */
      ends: z.array(z.number()),
      /** why it did so the last time, in words for people */
      reason: z.string().optional(),
    }),
  ),
});
export type SupervisorReport = z.infer<typeof SupervisorReport>;

interface RestartCheck {
  readonly name: string;
  readonly status: 'ok' | 'degraded';
  readonly detail: string;
}

/** A check for each part that was restarted within the last hour, or one that says that none was. */
export function restartChecks(report: SupervisorReport | undefined, now: number): readonly RestartCheck[] {
  if (report === undefined) return [];
  const restarted = report.parts.flatMap(({ name, ends, reason }) => {
    const count = ends.filter((end) => end > now - HOUR_MS).length;
    if (count === 0) return [];
    const detail = `一小时内重新启动 ${count} 次，最近一次：${reason ?? '原因不明'}`;
    return [
      { name: `restarts-${name}`, status: count < LOOP ? ('ok' as const) : ('degraded' as const), detail },
    ];
  });
  if (restarted.length > 0) return restarted;
  return [{ name: 'restarts', status: 'ok', detail: '一小时内没有重新启动' }];
}
