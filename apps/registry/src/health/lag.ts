import type { HealthCheck } from '../http/health-answer.ts';
import type { WorkerPulse } from '../publication/worker-pulse.ts';

/** A sign of life comes every five seconds; a page that is rendered never keeps the worker from it. */
const SILENT_MS = 60_000;

/**
 * @param since when each of what waits began to wait; undefined for what does not
 * @param lateMs how long it may
 */
export function lagCheck(
  name: string,
  words: string,
  since: readonly (Date | undefined)[],
  lateMs: number,
  now: number,
): HealthCheck {
  const waits = since.flatMap((at) => (at === undefined ? [] : [now - at.getTime()]));
  const longest = Math.max(0, ...waits);
  if (longest > lateMs)
    return { name, status: 'degraded', detail: `${words}已落后数据库 ${Math.round(longest / 1000)} 秒` };
  return { name, status: 'ok', detail: waits.length === 0 ? `${words}没有落后` : `${words}正在更新` };
}

const ROUNDS = { data: '写数据文件', pages: '生成网页', ledger: '链接审计台账' };

/** Whether somebody makes the published files, and whether it works. */
export function pulseChecks(pulse: WorkerPulse | undefined, now: number): readonly HealthCheck[] {
  const name = 'worker';
  if (pulse === undefined) return [{ name, status: 'degraded', detail: '后台任务还没有运行过' }];
  const silentMs = now - pulse.at;
  if (silentMs > SILENT_MS)
    return [{ name, status: 'degraded', detail: `后台任务已有 ${Math.round(silentMs / 1000)} 秒没有动静` }];
  const failing = (['data', 'pages', 'ledger'] as const).flatMap((round) => {
    const since = pulse[round].failingSince;
    if (since === undefined) return [];
    return [`${ROUNDS[round]}已连续失败 ${Math.round((now - since) / 1000)} 秒，原因见后台任务的记录`];
  });
  if (failing.length > 0) return [{ name, status: 'degraded', detail: failing.join('；') }];
  return [{ name, status: 'ok', detail: '后台任务在运行' }];
}
