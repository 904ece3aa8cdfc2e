import { TRUST_LIST_PATH } from '@mandate/published';
import type { TrustList } from '@mandate/trust';
import { byKey } from './entries.ts';
import type { Findings } from './findings.ts';
import { isNewer, isObject, textOf } from './json.ts';
import type { AuditedLists } from './records.ts';

/**
 * Every certificate that the trust list lets sign must have entered by the log, for that organ and as it says: a root key
 * alone must not be able to slip one in. And none that the log has may be withheld, nor that it was revoked.
 */
export function auditListedKeys(
  trust: TrustList,
  { entries, blobs, newer }: AuditedLists,
  findings: Findings,
): void {
  if (newer) {
    findings.pass(TRUST_LIST_PATH, '日志中有比本程序新的条目（newer-format），没有核对签名密钥');
    return;
  }
  const listed = new Map(
    trust.organs.flatMap(({ key, certificates }) =>
      certificates.map((certificate) => [certificate.sha256, { organ: key, ...certificate }] as const),
    ),
  );
  const logged = new Set<string>();
  for (const [sha256, history] of byKey(entries.filter(({ register }) => register === 'signing-key'))) {
    logged.add(sha256);
    const content = blobs.values.get(history.at(-1)?.blob ?? '');
    if (!isObject(content) || isNewer(content['schema'], 'signing-key')) continue;
    const said = listed.get(sha256);
    const name = `${sha256.slice(0, 16)}…`;
    if (said === undefined) {
      findings.problem(TRUST_LIST_PATH, `缺少日志中登记的签名证书 ${name}`);
      continue;
    }
    const same =
      said.organ === content['organ'] &&
      said.der === content['certificate'] &&
      said.notBefore === content['notBefore'] &&
      said.notAfter === content['notAfter'] &&
      said.revokedAt === textOf(content, 'revokedAt');
    if (!same) findings.problem(TRUST_LIST_PATH, `签名证书 ${name} 的机关、期限或撤销时间与日志中登记的不同`);
  }
  for (const [sha256, { organ }] of listed) {
    if (!logged.has(sha256))
      findings.problem(TRUST_LIST_PATH, `机关 ${organ} 的签名证书 ${sha256.slice(0, 16)}… 没有在日志中登记`);
  }
}
