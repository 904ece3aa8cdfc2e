import { blobName, canonical, parseCanonical, Refused, sha256 } from './json.mjs';
import { isIdentifier, issuerCode } from './codes.mjs';
import { readStatusList, readTrustList } from './documents.mjs';
import {
  checkProofFile,
  inForceOn,
  leafHash,
  readBundle,
  readCheckpoint,
  readProofFile,
  root,
} from './log.mjs';
import { readPdf } from './pdf.mjs';

// formats §11: a PDF against the published files → its verdict, and the fact and code that decided it.

const dayOf = (instant) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);

class Fact extends Error {
  constructor(verdict, fact, code) {
    super(`${fact}: ${code}`);
    Object.assign(this, { verdict, fact, code });
  }
}

/** @param read path → bytes */
export function verdictOf(file, { read, rootFingerprint, now }) {
  try {
    judge(file, read, rootFingerprint, now);
    return { verdict: 'valid' };
  } catch (error) {
    if (error instanceof Fact) return { verdict: error.verdict, fact: error.fact, code: error.code };
    if (error instanceof Refused && error.code === 'altered')
      return { verdict: 'altered', fact: 'integrity', code: 'altered' };
    throw error;
  }
}

function judge(file, read, rootFingerprint, now) {
  const pdf = readPdf(file);
  const certificate = parseCanonical(pdf.attachment);
  if (/^certificate\/([2-9]|\d\d+)$/.test(certificate.schema))
    throw new Fact('indeterminate', 'integrity', 'newer-format');
  const { identifier, issuer, type, mandate } = certificate;
  const [, typeCode, issuedBy] = /^1\.2\.156\.3005\.2\.([^.]+)\.([^.]+)\./.exec(identifier);
  if (!isIdentifier(identifier) || typeCode !== type.code || issuedBy !== issuerCode(issuer.organ))
    throw new Fact('altered', 'integrity', 'identifier-invalid');

  const trust = readTrustList(read('data/trust-list.json').toString('utf8'), rootFingerprint);
  if (now > trust.nextUpdate) throw new Fact('indeterminate', 'issuer', 'trust-list-stale');
  const logs = Object.fromEntries(
    ['lists', 'certificates'].map((kind) => [kind, openLog(kind, trust, read)]),
  );
  const issue = provenIssue(certificate, pdf, logs.certificates);
  checkIssuer(certificate, pdf, trust, issue.time);
  checkMandate(certificate, issue, logs.lists, read);
  const place = /(?:^|\/)(revocation-\d{1,6})(?:\.json)?$/.exec(certificate.status.list)[1];
  const path = `data/status/${place}.json`;
  const [key] = trust.keys.status;
  const isSet = readStatusList(read(path).toString('utf8'), {
    key: key.key,
    id: `${trust.registry.publicUrl}/${path}`,
    now,
  });
  if (isSet(certificate.status.index)) throw new Fact('revoked', 'status', 'revoked');
  const today = dayOf(now);
  if (today < certificate.validFrom || today > certificate.validUntil)
    throw new Fact('expired', 'validity', 'expired');
  if (!mandate.key.startsWith(`${issuer.organ}.`))
    throw new Fact('no-mandate', 'mandate', 'entry-other-organ');
}

/** §3.7: all leaves, their root that of the signed checkpoint. */
function openLog(kind, trust, read) {
  const identity = trust.logs.find((log) => log.kind === kind);
  const { size, root: signed } = readCheckpoint(read(`log/${kind}/checkpoint`).toString('utf8'), identity);
  // Enough for logs of one bundle, which those of the vectors are.
  const leaves = readBundle(read(`log/${kind}/tile/entries/000.p/${size}`));
  const hashes = leaves.map(leafHash);
  if (leaves.length !== size || !root(hashes).equals(signed))
    throw new Fact('indeterminate', 'log', 'log-invalid');
  return { identity, leaves, hashes };
}

function checkPrefix({ hashes }, older) {
  if (!root(hashes.slice(0, older.size)).equals(older.root))
    throw new Fact('indeterminate', 'log', 'log-forked');
}

/** §5.5 */
function provenIssue(certificate, pdf, log) {
  if (pdf.staple === undefined) throw new Fact('indeterminate', 'log', 'proof-missing');
  const { extra } = readProofFile(pdf.staple);
  const event = parseCanonical(extra.toString('utf8'));
  const proven = checkProofFile(extra, pdf.staple, log.identity);
  const commitment = sha256(Buffer.from(certificate.salt, 'hex'), certificate.identifier).toString('hex');
  const holds =
    event.event === 'issue' &&
    event.subject === commitment &&
    event.document === pdf.documentDigest.toString('hex') &&
    event.mandate === leafHash(Buffer.from(certificate.mandate.entry)).toString('hex') &&
    dayOf(event.time) === certificate.issueDate;
  if (!holds) throw new Fact('altered', 'log', 'proof-of-another-document');
  checkPrefix(log, proven);
  return event;
}

/** §11.2, issuer; of the path of §5.7 only that the authority’s key verifies. */
function checkIssuer({ issuer }, pdf, trust, issuedAt) {
  const organ = trust.organs.find(({ key, name }) => key === issuer.organ && name === issuer.name);
  const hash = sha256(pdf.signer.raw).toString('hex');
  const listed = organ?.certificates.find((one) => one.sha256 === hash);
  if (
    listed === undefined ||
    issuedAt < listed.notBefore ||
    issuedAt > listed.notAfter ||
    issuedAt >= (listed.revokedAt ?? '9')
  )
    throw new Fact('untrusted-issuer', 'issuer', 'certificate-not-listed');
  const authorities = trust.authorities.map(
    ({ der }) => new pdf.signer.constructor(Buffer.from(der, 'base64')),
  );
  if (!authorities.some((one) => pdf.signer.verify(one.publicKey)))
    throw new Fact('untrusted-issuer', 'issuer', 'chain-broken');
}

/** §11.2, mandate */
function checkMandate({ mandate, issuer, type, issueDate }, issue, lists, read) {
  const refuse = (code) => new Fact('no-mandate', 'mandate', code);
  const entry = parseCanonical(mandate.entry);
  const proven = checkProofFile(Buffer.from(mandate.entry), mandate.proof, lists.identity);
  checkPrefix(lists, proven);
  if (entry.register !== 'authority-item' || entry.key !== mandate.key) throw refuse('entry-other-item');
  const isListed = ({ time }) => time <= `${issueDate}T15:59:59Z`;
  if (entry.effectiveDate > issueDate || !isListed(entry)) throw refuse('entry-not-yet-effective');
  const items = JSON.parse(read(`data/items/${issuer.organ}.json`).toString('utf8')).items;
  const types = JSON.parse(read('data/types.json').toString('utf8')).types;
  const effective = (entries) => {
    const known = entries.filter(
      ({ index, entry: one }) => isListed(one) && (index < proven.size || one.time < issue.time),
    );
    const found = inForceOn(known, issueDate);
    if (!leafHash(Buffer.from(canonical(found.entry))).equals(lists.hashes[found.index]))
      throw refuse('history-not-in-log');
    return found;
  };
  const typeEntry = effective(types.find(({ code }) => code === type.code).entries).entry;
  if (typeEntry.blob !== type.blob) throw refuse('type-not-listed');
  const permits = blob(type.blob, read).mandate;
  const inForce = effective(items.find(({ key }) => key === mandate.key).entries).entry;
  for (const one of [entry, inForce]) {
    const item = blob(one.blob, read);
    if (
      item.organ !== issuer.organ ||
      item.category !== permits.category ||
      !permits.itemNames.includes(item.name)
    )
      throw refuse('type-does-not-permit');
    if (item.state !== 'in-force') throw refuse(`item-${item.state}`);
  }
}

/** §2.4 */
function blob(name, read) {
  const hex = name.slice('sha256:'.length);
  const text = read(`data/blobs/${hex.slice(0, 2)}/${hex}.json`).toString('utf8');
  if (blobName(text) !== name) throw new Fact('indeterminate', 'mandate', 'blob-invalid');
  return JSON.parse(text);
}
