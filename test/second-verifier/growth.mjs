// formats §9.3 and §9.4: what a reader does with what may be newer than itself.

const REGISTERS = [
  'organ',
  'region',
  'certificate-type',
  'signing-key',
  'authority-item',
  'negative-list',
  'negative-list-item',
  'edition',
];
const NEEDED = ['blob', 'effectiveDate', 'reason', 'time'];
const CERTIFICATE = [
  'face',
  'holder',
  'identifier',
  'issueDate',
  'issuer',
  'mandate',
  'number',
  'salt',
  'schema',
  'status',
  'type',
  'validFrom',
  'validUntil',
];

const isHigher = (v) => Number.isInteger(v) && v > 1;

/** A leaf of the lists log, for a reader who asks for one key. */
export function entryOutcome(leaf, key) {
  const entry = JSON.parse(leaf);
  if (typeof entry.register !== 'string' || entry.key !== key) return 'passed-over';
  if (!REGISTERS.includes(entry.register)) return 'passed-over';
  if (isHigher(entry.v)) return 'newer-format';
  return entry.v === 1 && NEEDED.every((name) => typeof entry[name] === 'string') ? 'read' : 'invalid';
}

/** A leaf of the certificates log, for a reader who asks for one commitment. */
export function eventOutcome(leaf, subject) {
  if (!leaf.includes(subject)) return 'passed-over';
  const { v, event, subject: own, time } = JSON.parse(leaf);
  if (isHigher(v)) return 'newer-format';
  if (v !== 1 || typeof event !== 'string' || typeof time !== 'string') return 'invalid';
  if (event !== 'issue' && event !== 'revoke') return 'newer-format';
  return own === subject ? 'read' : 'passed-over';
}

export function certificateOutcome(data) {
  if (/^certificate\/([2-9]|[1-9]\d+)$/.test(data.schema)) return 'newer-format';
  const names = Object.keys(data).filter((name) => name !== 'sample');
  return data.schema === 'certificate/1' && names.sort().join() === CERTIFICATE.join() ? 'read' : 'invalid';
}
