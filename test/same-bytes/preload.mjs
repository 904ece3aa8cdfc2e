// Loaded by `node --import` into the processes of the comparison, and into nothing else: clock, random bytes and keys
// are the same in every run. Each step of the comparison has its own moment and seed, so that steps may differ in what
// they draw without moving those behind them.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';

const moment = Number(process.env.SAME_BYTES_MOMENT);
const seed = process.env.SAME_BYTES_SEED;
if (!Number.isSafeInteger(moment) || seed === undefined)
  throw new Error('SAME_BYTES_MOMENT (milliseconds) and SAME_BYTES_SEED are not set');

fixDate();
fixRandom();
fixKeys();
syncBuiltinESMExports();

/** The moment stands still within a step; timers do not ask it. */
function fixDate() {
  const RealDate = globalThis.Date;
  RealDate.now = () => moment;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [moment] : args, newTarget),
    apply: (target) => new target(moment).toString(),
  });
  RealDate.prototype.constructor = globalThis.Date;
}

/** @returns bytes that follow from the seed and the label */
function seeded(label, length) {
  if (length === 0) return Buffer.alloc(0);
  return crypto.createHash('shake256', { outputLength: length }).update(`${seed} ${label}`).digest();
}

function fixRandom() {
  const drawn = new Map();
  const next = (label, length) => {
    const count = drawn.get(label) ?? 0;
    drawn.set(label, count + 1);
    return seeded(`${label} #${count}`, length);
  };
  // What is drawn for a temporary file or a connection is short and must not repeat. A long secret (a salt, a session's
  // token) is the same all through a step: whether somebody signed in before must not change a certificate.
  const bytes = (length) => (length < 32 ? next(`bytes ${length}`, length) : seeded('secret', length));
  const fill = (view, offset = 0, size) => {
    const target = ArrayBuffer.isView(view)
      ? Buffer.from(view.buffer, view.byteOffset, view.byteLength)
      : Buffer.from(view);
    const unit = view.BYTES_PER_ELEMENT ?? 1;
    const part = target.subarray(offset * unit, size === undefined ? undefined : (offset + size) * unit);
    bytes(part.length).copy(part);
    return view;
  };
  const integer = (low, high) => {
    const [min, max] = high === undefined ? [0, low] : [low, high];
    return min + (next(`integer ${min} ${max}`, 6).readUIntBE(0, 6) % (max - min));
  };
  const uuid = () => {
    const drawnBytes = next('uuid', 16);
    drawnBytes[6] = (drawnBytes[6] & 0x0f) | 0x40;
    drawnBytes[8] = (drawnBytes[8] & 0x3f) | 0x80;
    return drawnBytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };

  crypto.randomBytes = orLater(bytes);
  crypto.randomInt = orLater(integer);
  crypto.randomFill = orLater(fill);
  crypto.randomFillSync = fill;
  crypto.randomUUID = uuid;
  crypto.webcrypto.getRandomValues = fill;
  crypto.webcrypto.randomUUID = uuid;
  Math.random = () => next('fraction', 6).readUIntBE(0, 6) / 2 ** 48;
}

/** The function itself, and with a callback as its last argument the same a moment later. */
function orLater(work) {
  return (...args) => {
    const callback = args.at(-1);
    if (typeof callback !== 'function') return work(...args);
    const result = work(...args.slice(0, -1));
    process.nextTick(callback, null, result);
  };
}

function fixKeys() {
  const made = new Map();
  const generate = (type, options = {}) => {
    const kind = `${type} ${options.modulusLength ?? ''}`;
    const count = made.get(kind) ?? 0;
    made.set(kind, count + 1);
    const privateKey = makeKey(type, options, `key ${kind} #${count}`);
    const publicKey = crypto.createPublicKey(privateKey);
    const { privateKeyEncoding, publicKeyEncoding } = options;
    return {
      privateKey: privateKeyEncoding ? privateKey.export(privateKeyEncoding) : privateKey,
      publicKey: publicKeyEncoding ? publicKey.export(publicKeyEncoding) : publicKey,
    };
  };
  crypto.generateKeyPairSync = generate;
  crypto.generateKeyPair = (type, options, callback) => {
    const { publicKey, privateKey } = generate(type, options);
    process.nextTick(callback, null, publicKey, privateKey);
  };
  // Node hands a promise both keys in one object.
  crypto.generateKeyPair[promisify.custom] = async (type, options) => generate(type, options);
}

function makeKey(type, { modulusLength }, label) {
  if (type === 'ed25519') return ed25519Key(seeded(label, 32));
  if (type === 'rsa') return rsaKey(modulusLength, label);
  throw new Error(`the comparison has no seeded ${type} keys yet`);
}

/** RFC 8410: PKCS #8 around the 32 bytes of the key. */
function ed25519Key(bytes) {
  const key = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes]);
  return crypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function rsaKey(bits, label) {
  const e = 65_537n;
  const p = prime(bits / 2, e, `${label} p`);
  const q = prime(bits / 2, e, `${label} q`);
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const key = Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => {
      const hex = value.toString(16);
      return [
        name,
        Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url'),
      ];
    }),
  );
  return crypto.createPrivateKey({ key: { kty: 'RSA', ...key }, format: 'jwk' });
}

function prime(bits, e, label) {
  // The two highest bits, so that the product has all of its length; odd.
  let candidate = BigInt(`0x${seeded(label, bits / 8).toString('hex')}`) | (3n << BigInt(bits - 2)) | 1n;
  while ((candidate - 1n) % e === 0n || !crypto.checkPrimeSync(candidate)) candidate += 2n;
  return candidate;
}

function inverse(value, modulus) {
  let [r, next, x, nextX] = [modulus, value % modulus, 0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next, x, nextX] = [next, r - quotient * next, nextX, x - quotient * nextX];
  }
  return ((x % modulus) + modulus) % modulus;
}
