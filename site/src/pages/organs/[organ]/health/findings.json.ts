import { HEALTH_RULES } from '@mandate/lists';
import type { APIContext } from 'astro';
import { getHealth } from '../../../../published/health.ts';
import { organPaths } from '../../../../published/organs.ts';

export function getStaticPaths() {
  return organPaths(({ key }) => [{ params: { organ: key } }]);
}

export function GET({ params }: APIContext): Response {
  const organ = params['organ'] ?? '';
  const { checked, findings } = getHealth(organ);
  return Response.json({ organ, checked, rules: HEALTH_RULES, findings });
}
