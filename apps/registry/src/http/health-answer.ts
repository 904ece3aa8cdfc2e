import { z } from 'zod';

/** How one part of the registry is. `degraded`: it works, and somebody should look. */
export const HealthStatus = z.enum(['ok', 'degraded', 'unavailable']);
export type HealthStatus = z.infer<typeof HealthStatus>;

export const HealthCheck = z.strictObject({
  name: z.string().meta({ description: '检查的名称，如 database、publication、disk' }),
  status: HealthStatus,
  detail: z.string().meta({ description: '给人看的说明' }),
});
export type HealthCheck = z.infer<typeof HealthCheck>;

export const HealthAnswer = z.strictObject({
  status: HealthStatus.meta({ description: 'unavailable 时不能处理请求；degraded 时能处理，但需要有人查看' }),
  checks: z.array(HealthCheck),
});
export type HealthAnswer = z.infer<typeof HealthAnswer>;
