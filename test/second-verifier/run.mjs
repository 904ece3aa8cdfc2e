import { readFileSync } from 'node:fs';
import { blobName, canonical, parseCanonical, publicKey, Refused } from './json.mjs';
import { isIdentifier, isKeyOf, issuerCode, isUscc, readQr } from './codes.mjs';
import { readStatusList, readTrustList } from './documents.mjs';
import { certificateOutcome, entryOutcome, eventOutcome } from './growth.mjs';
import {
  checkConsistency,
  checkInclusion,
  checkProofFile,
  inForceOn,
  leafHash,
  listedAt,
  readBundle,
  readCheckpoint,
  readProofFile,
  root,
} from './log.mjs';
import { verdictOf } from './verdict.mjs';

// Holds every vector against what docs/formats.md says, with nothing of ours: prints what differs, and how many held.

const VECTORS = new URL('../vectors/', import.meta.url);
const bytesOf = (path) => readFileSync(new URL(path, VECTORS));
const vectorsOf = (name) => JSON.parse(bytesOf(`${name}.json`).toString('utf8'));
const hex = (text) => Buffer.from(text, 'hex');

let held = 0;
const wrong = [];

function hold(what, found, expected) {
  if (canonical(found) === canonical(expected)) held += 1;
  else wrong.push(`${what}: found ${canonical(found)}, not ${canonical(expected)}`);
}

function outcome(act) {
  try {
    act();
    return 'holds';
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

const { values, refused } = vectorsOf('canonical-json');
for (const { json, canonical: text, blob } of values) {
  hold(`canonical form of ${json}`, canonical(JSON.parse(json)), text);
  hold(`name of ${json}`, blobName(text), blob);
}
for (const { json } of refused)
  hold(
    json,
    outcome(() => canonical(JSON.parse(json))),
    'invalid-json',
  );

const { leaves, timeline } = vectorsOf('entries');
for (const { log, index, leaf, leafHash: hash } of leaves) {
  parseCanonical(leaf);
  hold(`leaf ${index} of ${log}`, leafHash(Buffer.from(leaf)).toString('hex'), hash);
}
const history = leaves
  .filter(({ log }) => log === 'lists')
  .map(({ index, leaf }) => ({ index, entry: JSON.parse(leaf) }))
  .filter(({ entry }) => entry.key === timeline.key);
for (const { day, index } of timeline.inForce)
  hold(`in force on ${day}`, inForceOn(history, day)?.index ?? null, index);
for (const { time, index } of timeline.listed)
  hold(`listed at ${time}`, listedAt(history, time)?.index ?? null, index);

const keys = vectorsOf('keys');
for (const { register, valid, invalid } of keys.registers)
  for (const key of [...valid, ...invalid])
    hold(`key ${key} of ${register}`, isKeyOf(register, key), valid.includes(key));
for (const text of [...keys.identifiers.valid, ...keys.identifiers.invalid])
  hold(`identifier ${text}`, isIdentifier(text), keys.identifiers.valid.includes(text));
for (const text of [...keys.usccs.valid, ...keys.usccs.invalid])
  hold(`USCC ${text}`, isUscc(text), keys.usccs.valid.includes(text));
for (const { organ, code } of keys.issuerCodes) hold(`issuer code of ${organ}`, issuerCode(organ), code);

const log = vectorsOf('log');
for (const name of ['checkpoint', 'withExtension', 'withCosignature']) {
  const { size, root: hash } = readCheckpoint(log[name], log);
  hold(name, [size, hash.toString('hex')], [log.size, log.root]);
}
for (const [i, { checkpoint, reason }] of log.refused.entries())
  hold(
    `refused checkpoint ${i}`,
    outcome(() => readCheckpoint(checkpoint, log)),
    reason,
  );
hold(
  'a key of small order',
  outcome(() => readCheckpoint(log.lenientKey.checkpoint, { ...log, vkey: log.lenientKey.vkey })),
  log.lenientKey.reason,
);
const bundle = readBundle(Buffer.from(log.files[`tile/entries/000.p/${log.size}`], 'base64'));
hold('root of the bundle', root(bundle.map(leafHash)).toString('hex'), log.root);
hold('tile', Buffer.concat(bundle.map(leafHash)).toString('base64'), log.files[`tile/0/000.p/${log.size}`]);

const proofs = vectorsOf('proofs');
for (const [i, { leafHash: leaf, root: hash, proof, expect, ...rest }] of proofs.inclusion.entries())
  hold(
    `inclusion ${i}`,
    outcome(() => checkInclusion({ ...rest, leafHash: hex(leaf), root: hex(hash), proof: proof.map(hex) })),
    expect,
  );
for (const [i, { oldRoot, newRoot, proof, expect, ...rest }] of proofs.consistency.entries())
  hold(
    `consistency ${i}`,
    outcome(() =>
      checkConsistency({ ...rest, oldRoot: hex(oldRoot), newRoot: hex(newRoot), proof: proof.map(hex) }),
    ),
    expect,
  );
hold(
  'tlog-proof',
  checkProofFile(Buffer.from(proofs.tlogProof.leaf), proofs.tlogProof.proof, log).index,
  proofs.tlogProof.index,
);

const staple = vectorsOf('staple');
for (const { name, staple: text, expect } of staple.cases) {
  const found = outcome(() => {
    const { extra } = readProofFile(text);
    if (extra === undefined || outcome(() => parseCanonical(extra.toString('utf8'))) !== 'holds')
      throw new Refused('invalid-staple');
    checkProofFile(extra, text, staple);
  });
  hold(`staple: ${name}`, found, expect);
}

const qr = vectorsOf('qr');
hold('claim of the QR code', readQr(qr.text, [publicKey(qr.key)]), qr.claim);
for (const { name, text, expect } of qr.cases)
  hold(
    `QR code: ${name}`,
    outcome(() => readQr(text, [publicKey(qr.key)])),
    expect,
  );

const status = vectorsOf('status-list');
const isSet = readStatusList(bytesOf(`published/${status.path}`).toString('utf8'), {
  ...status,
  now: status.validFrom,
});
for (const place of [...status.set, ...status.clear])
  hold(`place ${place}`, isSet(place), status.set.includes(place));
for (const { name, file, now, expect } of status.cases)
  hold(
    `status list: ${name}`,
    outcome(() => readStatusList(file, { ...status, now })),
    expect,
  );

for (const { name, file, rootFingerprint, expect } of vectorsOf('trust-list').cases)
  hold(
    `trust list: ${name}`,
    outcome(() => readTrustList(file, rootFingerprint)),
    expect,
  );

const certificate = vectorsOf('certificate');
const pdf = bytesOf(certificate.file);
for (const { name, now, edits = [], append = '', verdict, fact, code } of certificate.cases) {
  const file = Buffer.concat([pdf, Buffer.from(append, 'latin1')]);
  for (const { offset, text } of edits) file.write(text, offset, 'latin1');
  const { rootFingerprint } = certificate;
  const found = verdictOf(file, { read: (path) => bytesOf(`published/${path}`), rootFingerprint, now });
  hold(`certificate: ${name}`, found, JSON.parse(JSON.stringify({ verdict, fact, code })));
}

const growth = vectorsOf('growth');
for (const { leaf, expect } of growth.entries.cases)
  hold(`entry ${leaf}`, entryOutcome(leaf, growth.entries.key), expect);
for (const { leaf, expect } of growth.events.cases)
  hold(`event ${leaf}`, eventOutcome(leaf, growth.events.subject), expect);
for (const { changes, expect } of growth.certificates.cases)
  hold(
    `certificate with ${canonical(changes)}`,
    certificateOutcome({ ...JSON.parse(certificate.attachment), ...changes }),
    expect,
  );

console.log(JSON.stringify({ held, wrong }, null, 2));
if (wrong.length > 0) process.exitCode = 1;
