import { base32, Refused, sha256 } from './json.mjs';
import { isEd25519 } from './log.mjs';

// formats §2.3, §4.1, §4.2 and §7.

const ORGAN = '(?:[0-9A-Z]{18}|o-[a-z2-7]{16})';
const NEGATIVE = 'n-[a-z0-9-]{1,36}';
const KEYS = {
  organ: ORGAN,
  region: '\\d{6}',
  'certificate-type': '[0-9A-Z]{18}\\d{3}',
  'signing-key': '[0-9a-f]{64}',
  'authority-item': `${ORGAN}\\.\\d{5}`,
  'negative-list': NEGATIVE,
  'negative-list-item': `${NEGATIVE}\\.\\d{6}`,
  edition: `(?:${ORGAN}|${NEGATIVE})\\.[0-9A-Za-z-]{1,30}`,
};

export const isKeyOf = (register, key) => new RegExp(`^${KEYS[register]}$`).test(key);

const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function checkCharacter(body) {
  let p = 36;
  for (const character of body) p = (((p + CHARACTERS.indexOf(character)) % 36 || 36) * 2) % 37;
  return CHARACTERS[(37 - p) % 36];
}

export function isIdentifier(text) {
  const parts =
    /^1\.2\.156\.3005\.2\.([0-9A-Z]{18}\d{3})\.([0-9A-Z]{18}|\d{6})\.([0-9A-Z]+)\.(\d{3})\.([0-9A-Z])$/.exec(
      text,
    );
  return parts !== null && checkCharacter(parts.slice(1, 5).join('')) === parts[5];
}

export const issuerCode = (organ) => (organ.startsWith('o-') ? `O0${organ.slice(2).toUpperCase()}` : organ);

export function isUscc(text) {
  const digits = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  if (!new RegExp(`^[${digits}]{18}$`).test(text)) return false;
  const sum = weights.reduce((total, weight, i) => total + weight * digits.indexOf(text[i]), 0);
  return digits.indexOf(text[17]) === (31 - (sum % 31)) % 31;
}

const day = (number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** §7.2, §7.3: text of a code → what it says, or a refusal. @param keys raw public keys of the trust list */
export function readQr(text, keys) {
  const [, letters] = /^(?:https?:\/\/[^\s#]{1,200}\/V\/#|#)?([A-Z2-7]{150,4296})$/i.exec(text) ?? [];
  if (letters === undefined) throw new Refused('invalid-qr');
  const version = base32(letters.slice(0, 8).toUpperCase())[0];
  if (version >= 2 && version <= 15) throw new Refused('newer-format');
  let bytes;
  try {
    bytes = base32(letters.toUpperCase());
  } catch {
    throw new Refused('invalid-qr');
  }
  const n = bytes[1];
  if (version !== 1 || letters.length > 420 || bytes.length !== 2 + n + 9 + 32 + 8 + 64)
    throw new Refused('invalid-qr');
  const rest = bytes.subarray(2 + n);
  const claim = {
    identifier: identifierOf(bytes.subarray(2, 2 + n)),
    validFrom: day(rest.readUIntBE(0, 3)),
    validUntil: day(rest.readUIntBE(3, 3)),
    statusIndex: rest.readUIntBE(6, 3),
    dataDigest: rest.subarray(9, 41).toString('hex'),
    keyId: rest.subarray(41, 49).toString('hex'),
  };
  const key = keys.find((one) => sha256(one).subarray(0, 8).toString('hex') === claim.keyId);
  if (key === undefined) throw new Refused('unknown-key');
  const signed = Buffer.concat([Buffer.from('mandate qr v1\n'), bytes.subarray(0, -64)]);
  if (!isEd25519(bytes.subarray(-64), signed, key)) throw new Refused('wrong-signature');
  return claim;
}

function identifierOf(bytes) {
  if (bytes[0] === 0) throw new Refused('invalid-qr');
  const digits = BigInt(`0x${bytes.toString('hex')}`)
    .toString(36)
    .toUpperCase();
  const [, type, long, short, version, serial] =
    /^1(.{21})(?:U(.{18})|R(.{6}))(.{3})(.+)$/.exec(digits) ?? [];
  const body = [type, long ?? short, serial, version];
  const text = `1.2.156.3005.2.${body.join('.')}.${checkCharacter(body.join(''))}`;
  if (type === undefined || !isIdentifier(text)) throw new Refused('invalid-qr');
  return text;
}
