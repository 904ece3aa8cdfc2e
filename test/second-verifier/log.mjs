import { createPublicKey, verify } from 'node:crypto';
import { base64, Refused, sha256 } from './json.mjs';

// formats §3, and the two timelines of §2.13.

const DER_OF_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');

/** §1.4: the eight points of small order. Some releases of OpenSSL take a signature by them for one of every text. */
const SMALL_ORDER = new Set([
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  '00'.repeat(32),
  `${'00'.repeat(31)}80`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
]);

export function isEd25519(signature, message, raw) {
  if (SMALL_ORDER.has(raw.toString('hex'))) return false;
  const key = createPublicKey({ key: Buffer.concat([DER_OF_ED25519, raw]), format: 'der', type: 'spki' });
  return signature.length === 64 && verify(null, message, key, signature);
}

export const leafHash = (leaf) => sha256(Buffer.of(0), leaf);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

export function root(hashes) {
  if (hashes.length === 0) return sha256('');
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(root(hashes.slice(0, split)), root(hashes.slice(split)));
}

/** §3.2, §3.3 */
export function readCheckpoint(note, { origin, vkey }) {
  const [, name, id, material] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
  const key = base64(material).subarray(1);
  const expected = sha256(`${name}\n`, Buffer.of(1), key).subarray(0, 4);
  if (expected.toString('hex') !== id) throw new Refused('invalid-key');
  const end = note.lastIndexOf('\n\n');
  // eslint-disable-next-line no-control-regex -- none below U+0020 but the line end
  if (end < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note))
    throw new Refused('invalid-note');
  const text = note.slice(0, end + 1);
  let isSigned = false;
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, signer, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    if (signer === undefined) throw new Refused('invalid-note');
    const bytes = base64(encoded);
    if (signer !== name || !bytes.subarray(0, 4).equals(expected)) continue;
    if (!isEd25519(bytes.subarray(4), Buffer.from(text), key)) throw new Refused('bad-signature');
    isSigned = true;
  }
  if (!isSigned) throw new Refused('unknown-signer');
  const [said, size, hash, ...more] = text.split('\n');
  if (!/^(0|[1-9]\d*)$/.test(size) || more.pop() !== '' || more.includes(''))
    throw new Refused('invalid-checkpoint');
  const bytes = base64(hash);
  if (bytes.length !== 32) throw new Refused('invalid-checkpoint');
  if (said !== origin) throw new Refused('wrong-origin');
  return { size: Number(size), root: bytes };
}

/** RFC 9162, section 2.1.3.2 */
export function checkInclusion({ index, size, leafHash: leaf, root: expected, proof }) {
  if (index >= size) throw new Refused('out-of-range');
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (sn === 0) throw new Refused('not-included');
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else hash = nodeHash(hash, sibling);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  if (sn !== 0 || !hash.equals(expected)) throw new Refused('not-included');
}

/** RFC 9162, section 2.1.4.2 */
export function checkConsistency({ oldSize, newSize, oldRoot, newRoot, proof }) {
  if (oldSize === 0 || oldSize > newSize) throw new Refused('out-of-range');
  if (oldSize === newSize) {
    if (proof.length > 0 || !oldRoot.equals(newRoot)) throw new Refused('inconsistent');
    return;
  }
  if (proof.length === 0) throw new Refused('inconsistent');
  let [fn, sn] = [oldSize - 1, newSize - 1];
  while (fn % 2 === 1) [fn, sn] = [fn >> 1, sn >> 1];
  const [first, ...rest] = fn === 0 ? [oldRoot, ...proof] : proof;
  let [fr, sr] = [first, first];
  for (const sibling of rest) {
    if (sn === 0) throw new Refused('inconsistent');
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeHash(sibling, fr), nodeHash(sibling, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else sr = nodeHash(sr, sibling);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  if (sn !== 0 || !fr.equals(oldRoot) || !sr.equals(newRoot)) throw new Refused('inconsistent');
}

/** §3.4: the leaves of a bundle. */
export function readBundle(bytes) {
  const leaves = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 2 + bytes.readUInt16BE(at);
    leaves.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}

/** §3.6 */
export function readProofFile(text) {
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, end).split('\n');
  if (/^c2sp\.org\/tlog-proof@v([2-9]|[1-9]\d+)$/.test(header)) throw new Refused('newer-format');
  if (header !== 'c2sp.org/tlog-proof@v1') throw new Refused('invalid-proof-file');
  const extra = lines[0].startsWith('extra ') ? base64(lines.shift().slice(6)) : undefined;
  const [, index] = /^index (0|[1-9]\d*)$/.exec(lines.shift());
  return { index: Number(index), proof: lines.map(base64), checkpoint: text.slice(end + 2), extra };
}

export function checkProofFile(leaf, text, identity) {
  const { index, proof, checkpoint } = readProofFile(text);
  const tree = readCheckpoint(checkpoint, identity);
  checkInclusion({ index, ...tree, leafHash: leafHash(leaf), proof });
  return { index, ...tree };
}

/** §2.13: of `[{index, entry}]` */
export function inForceOn(history, day) {
  const begun = history.filter(({ entry }) => entry.effectiveDate <= day);
  const order = (a, b) =>
    a.entry.effectiveDate < b.entry.effectiveDate
      ? -1
      : a.entry.effectiveDate > b.entry.effectiveDate
        ? 1
        : a.index - b.index;
  return begun.sort(order).at(-1);
}

export function listedAt(history, time) {
  return history
    .filter(({ entry }) => entry.time <= time)
    .sort((a, b) => a.index - b.index)
    .at(-1);
}
