import { verify, X509Certificate } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { Refused, sha256 } from './json.mjs';

// formats §5.3 to §5.6. The structure rules of §5.2 are not here: this reads the sample and its twins, it judges no stranger.

const PROOF_TYPE = '061369a3ffeedcaccd929fcbbdd7bf8199c9ba8e42';

/** One element, its children if it is constructed, and where it ends. */
function der(bytes, at = 0) {
  const long = bytes[at + 1] & 0x80 ? bytes[at + 1] & 0x7f : 0;
  const start = at + 2 + long;
  const length = long === 0 ? bytes[at + 1] : bytes.readUIntBE(at + 2, long);
  const end = start + length;
  if (end > bytes.length) throw new Refused('altered');
  const children = [];
  if (bytes[at] & 0x20)
    for (let next = start; next < end; next = children.at(-1).end) children.push(der(bytes, next));
  return {
    tag: bytes[at],
    bytes: bytes.subarray(at, end),
    content: bytes.subarray(start, end),
    children,
    end,
  };
}

export function readPdf(file) {
  const text = file.toString('latin1');
  const [, hex] = /\/Contents <([0-9a-f]+)>/.exec(text) ?? [];
  const start = text.indexOf('/Contents <') + '/Contents '.length;
  if (hex === undefined) throw new Refused('altered');
  const end = start + hex.length + 2;
  const byteRange = [0, start, end, file.length - end];
  if (!text.includes(`/ByteRange [ ${byteRange.join(' ')} `)) throw new Refused('altered');
  const content = Buffer.concat([file.subarray(0, start), file.subarray(end)]);
  const documentDigest = sha256(content);
  const room = Buffer.from(hex, 'hex');
  const cms = der(room);
  if (room.subarray(cms.end).some((byte) => byte !== 0)) throw new Refused('altered');
  const [, , , certificates, signerInfos] = cms.children[1].children[0].children;
  const [, issuerAndSerial, , attributes, , signature, unsigned] = signerInfos.children[0].children;
  const signer = certificates.children.find(({ children: [tbs] }) =>
    Buffer.concat([tbs.children[3].bytes, tbs.children[1].bytes]).equals(issuerAndSerial.content),
  );
  checkAttributes(attributes, documentDigest, sha256(signer.bytes));
  const signed = Buffer.concat([Buffer.of(0x31), attributes.bytes.subarray(1)]);
  const { publicKey } = new X509Certificate(signer.bytes);
  if (!verify('sha256', signed, publicKey, signature.content)) throw new Refused('altered');
  const [type, values] = unsigned?.children[0].children ?? [];
  if (type !== undefined && type.bytes.toString('hex') !== PROOF_TYPE) throw new Refused('altered');
  return {
    byteRange,
    documentDigest,
    signer: new X509Certificate(signer.bytes),
    chain: certificates.children
      .filter((one) => one !== signer)
      .map(({ bytes }) => new X509Certificate(bytes)),
    staple: values?.children[0].content.toString('utf8'),
    attachment: readAttachment(file, text),
  };
}

/** §5.4: content type, message digest, signing-certificate-v2, and nothing else. */
function checkAttributes(attributes, documentDigest, signerHash) {
  const found = attributes.children.map(({ children: [type, values] }) => [
    type.content.toString('hex'),
    values.children[0],
  ]);
  const by = Object.fromEntries(found);
  const essHash = by['2a864886f70d010910022f']?.children[0].children[0].children[0].content;
  const holds =
    found.length === 3 &&
    by['2a864886f70d010903']?.content.toString('hex') === '2a864886f70d010701' &&
    by['2a864886f70d010904']?.content.equals(documentDigest) &&
    essHash?.equals(signerHash);
  if (!holds) throw new Refused('altered');
}

/** §5.6: the one stream that is of type EmbeddedFile. */
function readAttachment(file, text) {
  const [found, ...more] = [...text.matchAll(/<<([^<>]*\/Type \/EmbeddedFile[\s\S]*?)>>\nstream\n/g)];
  if (found === undefined || more.length > 0) throw new Refused('altered');
  const start = found.index + found[0].length;
  const length = Number(/\/Length (\d+)/.exec(found[1])[1]);
  return inflateSync(file.subarray(start, start + length), { maxOutputLength: 4 * 1024 * 1024 }).toString(
    'utf8',
  );
}
