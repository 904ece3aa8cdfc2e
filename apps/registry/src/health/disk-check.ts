import type { HealthCheck } from '../http/health-answer.ts';

const GB = 1024 ** 3;
/** Room for a day of somebody who has to make more. */
const LITTLE_BYTES = 2 * GB;
/** PostgreSQL stops writing when it cannot write its log ahead, and what is there stays readable. */
const NONE_BYTES = GB / 4;

/** Of the file system that holds the data folder. @param disk blocks free for us, and their size in bytes */
export function diskCheck({ bavail, bsize }: { bavail: number; bsize: number }): HealthCheck {
  const free = bavail * bsize;
  const words = `数据文件夹所在的磁盘剩余 ${(free / GB).toFixed(1)} GB`;
  if (free < NONE_BYTES)
    return { name: 'disk', status: 'unavailable', detail: `${words}，写入即将失败，请立即腾出空间` };
  if (free < LITTLE_BYTES) return { name: 'disk', status: 'degraded', detail: `${words}，请腾出空间` };
  return { name: 'disk', status: 'ok', detail: words };
}
