import { type CheckedItem, openHealthCheck } from './check.ts';
import type { KnownCertificateType } from './certificates.ts';
import { checkRubbish } from './rubbish.ts';
import type { HealthFinding } from './finding.ts';
import { HEALTH_RULES } from './rules.ts';
import type { Register } from '../list-entry.ts';

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

/** Registers whose texts people read: a key holds none, an edition is named by its list. */
const NAMED: ReadonlySet<Register> = new Set<Register>([
  'authority-item',
  'organ',
  'region',
  'negative-list',
  'negative-list-item',
  'certificate-type',
]);

/**
 * Of whatever is listed, and of a power that is cancelled: errors, garbled words, markup and names that are none.
 * @param content its blob
 */
export function checkTexts(
  register: Register,
  { key, content }: { readonly key: string | undefined; readonly content: object },
): HealthFinding[] {
  if (!NAMED.has(register)) return [];
  const name = 'name' in content && typeof content.name === 'string' ? content.name : '';
  return checkRubbish(content).map((found) => ({
    ...found,
    ...(key !== undefined && { key }),
    name,
    advice: HEALTH_RULES[found.rule].advice,
  }));
}
