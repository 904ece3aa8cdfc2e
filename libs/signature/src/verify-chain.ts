import { equalBytes } from '@mandate/encoding';
import { isIssuedBy, parseX509, summarize, type X509Summary, type X509 } from './certificate.ts';
import { checkIssuer, checkSigner, checkValidity } from './certificate-rules.ts';
import { MAX_CERTIFICATES } from './chain.ts';
import { SignatureError } from './errors.ts';

/** What verifyChain found. */
export interface VerifiedChain {
  /** DER, signer first, trusted certificate last. */
  readonly path: readonly Uint8Array<ArrayBuffer>[];
  readonly signer: X509Summary;
}

/** Signatures checked before giving up: certificates that all bear one name must not cost all their pairings. */
const MAX_SIGNATURES = 32;

/**
 * Path from the signer's certificate to a trusted one at a time (RFC 5280 §6, without revocation, which is the trust
 * list's to say). A signer's certificate that is itself trusted is a path of one.
 * @param chain certificates that came with the signature, in any order
 * @param roots DER of the trusted certificates
 * @throws SignatureError `untrusted-root` | `broken-chain` | `certificate-expired` | `certificate-not-yet-valid` |
 * `wrong-key-usage` | `weak-algorithm` | `invalid-certificate`
 */
export async function verifyChain(
  signer: Uint8Array,
  chain: readonly Uint8Array[],
  roots: readonly Uint8Array[],
  at: Date,
): Promise<VerifiedChain> {
  if (chain.length > MAX_CERTIFICATES) throw new SignatureError('broken-chain', 'too many certificates');
  const first = parseX509(signer);
  const search = new PathSearch(chain.map(parseX509), roots.map(parseX509));
  let failure: SignatureError | undefined;
  for await (const path of search.pathsFrom([first])) {
    try {
      checkPath(path, at);
      return { path: path.map(({ der }) => der), signer: summarize(first) };
    } catch (cause) {
      if (!(cause instanceof SignatureError)) throw cause;
      failure ??= cause;
    }
  }
  if (failure) throw failure;
  throw search.sawBrokenLink
    ? new SignatureError('broken-chain', 'a certificate is not signed by the issuer it names')
    : new SignatureError('untrusted-root', 'no path to a trusted certificate');
}

class PathSearch {
  sawBrokenLink = false;
  readonly #chain: readonly X509[];
  readonly #roots: readonly X509[];
  #budget = MAX_SIGNATURES;

  constructor(chain: readonly X509[], roots: readonly X509[]) {
    this.#chain = chain;
    this.#roots = roots;
  }

  async *pathsFrom(path: readonly X509[]): AsyncGenerator<readonly X509[]> {
    const last = path[path.length - 1];
    if (!last || path.length > MAX_CERTIFICATES) return;
    if (this.#roots.some((root) => equalBytes(root.der, last.der))) {
      yield path;
      return;
    }
    for (const issuer of [...this.#roots, ...this.#chain]) {
      if (path.some((member) => equalBytes(member.der, issuer.der))) continue;
      if (!equalBytes(issuer.fields.subject.bytes, last.fields.issuer.bytes)) continue;
      if ((this.#budget -= 1) < 0) return;
      if (await isIssuedBy(last, issuer)) yield* this.pathsFrom([...path, issuer]);
      else this.sawBrokenLink = true;
    }
  }
}

function checkPath(path: readonly X509[], at: Date): void {
  path.forEach((certificate, position) => {
    checkValidity(certificate, at);
    if (position === 0) checkSigner(certificate);
    else checkIssuer(certificate, position - 1);
  });
}
