import { type CheckedItem, openHealthCheck } from './check.ts';
import type { KnownCertificateType } from './certificates.ts';
import type { HealthFinding } from './finding.ts';
import { HEALTH_RULES } from './rules.ts';

/**
 * What must be put right or set aside with a reason before an item is listed: findings of grade `must`. Each rule of that
 * grade judges an item by itself and by the certificate types, never by other organs' lists: what somebody else lists
 * tomorrow cannot stop what a reviewer has let pass today.
 */
export function openMustCheck(
  certificateTypes: readonly KnownCertificateType[],
): (checked: CheckedItem) => HealthFinding[] {
  const check = openHealthCheck({ certificateTypes });
  return (checked) => check(checked).filter(({ rule }) => HEALTH_RULES[rule].grade === 'must');
}
