import { gunzipSync } from 'node:zlib';
import { base58, base64url, canonical, publicKey, Refused, sha256 } from './json.mjs';
import { isEd25519 } from './log.mjs';

// formats §6 and §8.

/** §6.1: the document that was signed. */
function checkProof(document, key) {
  const { proof, ...unsecured } = document;
  const { proofValue, ...config } = proof;
  const message = Buffer.concat([sha256(canonical(config)), sha256(canonical(unsecured))]);
  const isOurs =
    config.type === 'DataIntegrityProof' &&
    config.cryptosuite === 'eddsa-jcs-2022' &&
    config.proofPurpose === 'assertionMethod' &&
    canonical(config['@context'] ?? null) === canonical(unsecured['@context'] ?? null);
  if (!isOurs || proofValue[0] !== 'z' || !isEd25519(base58(proofValue.slice(1)), message, key))
    throw new Refused('invalid');
  return unsecured;
}

const STATUS = ['@context', 'credentialSubject', 'id', 'issuer', 'type', 'validFrom', 'validUntil'];

/** §6.2, §6.3 */
export function readStatusList(text, { key, id, now }) {
  const list = checkProof(JSON.parse(text), publicKey(key));
  const { id: own, encodedList, statusPurpose } = list.credentialSubject;
  if (
    Object.keys(list).sort().join() !== STATUS.join() ||
    statusPurpose !== 'revocation' ||
    own !== `${list.id}#list`
  )
    throw new Refused('invalid');
  if (!(list.validFrom <= now && now < list.validUntil)) throw new Refused('stale');
  if (list.id !== id) throw new Refused('other-list');
  const bits = gunzipSync(base64url(encodedList.slice(1)), { maxOutputLength: 16_384 });
  if (bits.length !== 16_384) throw new Refused('invalid');
  return (index) => ((bits[index >> 3] >> (7 - (index & 7))) & 1) === 1;
}

const TRUST = [
  'authorities',
  'issued',
  'keys',
  'logs',
  'nextUpdate',
  'organs',
  'registry',
  'rootKey',
  'schema',
  'version',
];

/** §8.1, §8.2 */
export function readTrustList(text, rootFingerprint) {
  const document = JSON.parse(text);
  const key = publicKey(document.rootKey);
  if (`sha256:${sha256(key).toString('hex')}` !== rootFingerprint) throw new Refused('foreign');
  const list = checkProof(document, key);
  const names = Object.keys(list).filter((name) => name !== 'sample');
  const isClosed = names.sort().join() === TRUST.join() && list.schema === 'trust-list/1';
  if (!isClosed || ![list.issued, list.nextUpdate].every(isInstant)) throw new Refused('invalid');
  return list;
}

function isInstant(text) {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().replace('.000Z', 'Z') === text;
}
