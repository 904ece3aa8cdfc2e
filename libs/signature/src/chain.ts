import { equalBytes } from '@mandate/encoding';
import { isIssuedBy, type X509 } from './certificate.ts';

/** A signature brings its own chain; nobody needs a longer one. */
export const MAX_CERTIFICATES = 8;

/**
 * Puts the certificates of a CMS in order, signer first. They are not under the signature, so each must be held by the
 * next and none may be left over. A root may not be among them: nothing would hold it, and who trusts it has it.
 * The last one is held by a certificate that is not here; verifyChain sees to that.
 * @returns undefined when they do not make up one chain
 */
export async function findOrder(signer: X509, others: readonly X509[]): Promise<readonly X509[] | undefined> {
  if (others.length >= MAX_CERTIFICATES || others.some(isRoot)) return undefined;
  const path = [signer];
  let rest = [...others];
  for (let current = signer; rest.length > 0;) {
    const issuer = rest.find(({ fields }) => equalBytes(fields.subject.bytes, current.fields.issuer.bytes));
    if (!issuer || !(await isIssuedBy(current, issuer))) return undefined;
    path.push(issuer);
    rest = rest.filter((certificate) => certificate !== issuer);
    current = issuer;
  }
  return path;
}

/** Names itself as its issuer. */
export function isRoot({ fields }: X509): boolean {
  return equalBytes(fields.subject.bytes, fields.issuer.bytes);
}
