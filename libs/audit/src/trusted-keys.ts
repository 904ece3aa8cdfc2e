import type { Json } from '@mandate/encoding';
import { TRUST_LIST_PATH } from '@mandate/published';
import type { TrustList } from '@mandate/trust';
import { byKey } from './entries.ts';
import type { Findings } from './findings.ts';
import { isNewer, isObject, textOf } from './json.ts';
import type { AuditedLists } from './records.ts';

type ListedCertificate = TrustList['organs'][number]['certificates'][number] & { readonly organ: string };

/**
 * Every certificate that the trust list lets sign must have entered by the log, for that organ and as it says: a root key
 * alone must not be able to slip one in. And none that the log has may be withheld, nor that it was revoked.
 * @param published size of the lists log when the list was published last: later entries may wait for the next one
 */
export function auditListedKeys(
  trust: TrustList,
  { entries, blobs, newer }: AuditedLists,
  published: number,
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
    const due = history.findLast(({ index }) => index < published);
    const states = [due ?? history.at(-1), history.at(-1)].map((entry) =>
      blobs.values.get(entry?.blob ?? ''),
    );
    if (states.some((content) => isObject(content) && isNewer(content['schema'], 'signing-key'))) continue;
    const said = listed.get(sha256);
    const name = `${sha256.slice(0, 16)}…`;
    if (said === undefined) {
      if (due !== undefined) findings.problem(TRUST_LIST_PATH, `缺少日志中登记的签名证书 ${name}`);
    } else if (!states.some((content) => content === undefined || isAsLogged(said, content)))
      findings.problem(TRUST_LIST_PATH, `签名证书 ${name} 的机关、期限或撤销时间与日志中登记的不同`);
  }
  for (const [sha256, { organ }] of listed) {
    if (!logged.has(sha256))
      findings.problem(TRUST_LIST_PATH, `机关 ${organ} 的签名证书 ${sha256.slice(0, 16)}… 没有在日志中登记`);
  }
}

/** @param said of a certificate by the trust list. @param content of its entry */
function isAsLogged(said: ListedCertificate, content: Json): boolean {
  return (
    said.organ === textOf(content, 'organ') &&
    said.der === textOf(content, 'certificate') &&
    said.notBefore === textOf(content, 'notBefore') &&
    said.notAfter === textOf(content, 'notAfter') &&
    said.revokedAt === textOf(content, 'revokedAt')
  );
}
