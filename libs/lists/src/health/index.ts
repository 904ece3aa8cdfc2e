export { checkList, inOrderOfRules, openHealthCheck, type CheckedItem, type HealthContext } from './check.ts';
export type { KnownCertificateType } from './certificates.ts';
export type { HealthFinding } from './finding.ts';
export { checkTexts, openMustCheck } from './gate.ts';
export { checkMeasures } from './measures.ts';
export { checkRubbish } from './rubbish.ts';
export {
  HEALTH_GRADES,
  HEALTH_RULE_CODES,
  HEALTH_RULES,
  type HealthGrade,
  type HealthRule,
} from './rules.ts';
export { sistersOf, type SisterItem } from './sisters.ts';
