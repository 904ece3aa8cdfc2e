import {
  canonicalBytes,
  encodeBase32,
  encodeBase64,
  encodeHex,
  fromUtf8,
  parseBase32,
  parseJson,
  type Json,
} from '@mandate/encoding';
import { parseQrPayload } from '@mandate/certificate';
import { addProof, didKey, encodePublicKey, keyFingerprint, type JsonObject } from '@mandate/signature';
import { encodeStatusBits, encodeStatusList, encodeTrustList } from '@mandate/trust';
import { testKey } from './tiny-registry.ts';
import type { Material } from './material.ts';

// Beside what holds, what must be refused, and why.

/** Edits replace bytes in place, one character a byte; `append` comes after the last byte. */
export function certificateCases({ pdf, unstapled, now }: Material): Json {
  const text = Buffer.from(pdf).toString('latin1');
  const before = Buffer.from(unstapled).toString('latin1');
  const contents = text.indexOf('/Contents <') + '/Contents <'.length;
  const end = text.indexOf('>', contents);
  const stream = text.indexOf('\nstream\n') + 40;
  const letter = contents + text.slice(contents, end).search(/[a-f]/);
  const range = text.indexOf('/ByteRange [ 0 ');
  const flipped = String.fromCharCode((text.charCodeAt(stream) ^ 1) & 0xff);
  // As far as the stapled CMS goes: after it both rooms hold zeros.
  const used = text.slice(contents, end).replace(/0+$/, '').length;
  return [
    { name: 'as it was issued', now, verdict: 'valid' },
    {
      name: 'a trust list past its time',
      now: '2026-06-28T00:00:00Z',
      verdict: 'indeterminate',
      fact: 'issuer',
      code: 'trust-list-stale',
    },
    {
      name: 'a bit of the page',
      now,
      edits: [{ offset: stream, text: flipped }],
      verdict: 'altered',
      fact: 'integrity',
      code: 'altered',
    },
    {
      name: 'a byte after the end',
      now,
      append: '\n',
      verdict: 'altered',
      fact: 'integrity',
      code: 'altered',
    },
    {
      name: 'a hex digit in capitals',
      now,
      edits: [{ offset: letter, text: text.charAt(letter).toUpperCase() }],
      verdict: 'altered',
      fact: 'integrity',
      code: 'altered',
    },
    {
      name: 'a digit in the padding',
      now,
      edits: [{ offset: end - 1, text: '1' }],
      verdict: 'altered',
      fact: 'integrity',
      code: 'altered',
    },
    {
      name: 'the byte range with another blank',
      now,
      edits: [{ offset: range, text: '/ByteRange [0  ' }],
      verdict: 'altered',
      fact: 'integrity',
      code: 'altered',
    },
    {
      name: 'without its log proof',
      now,
      edits: [{ offset: contents, text: before.slice(contents, contents + used) }],
      verdict: 'indeterminate',
      fact: 'log',
      code: 'proof-missing',
    },
  ];
}

export function qrCases({ qr }: Material): Json {
  const [prefix = '', payload = ''] = qr.split('#');
  const { claim, signature } = parseQrPayload(qr);
  const bytes = parseBase32(payload);
  const changed = (change: (bytes: Uint8Array) => void): string => {
    const copy = bytes.slice();
    change(copy);
    return `${prefix}#${encodeBase32(copy)}`;
  };
  const set = (at: number, value: number) => changed((copy) => copy.set([value], at));
  const identifierLength = bytes[1] ?? 0;
  const place = 2 + identifierLength + 8;
  return {
    text: qr,
    payload: encodeHex(bytes),
    identifierLength,
    claim: { ...claim },
    signature: encodeHex(signature),
    key: encodePublicKey(testKey('qr').publicKey),
    signedPrefix: 'mandate qr v1\n',
    cases: [
      { name: 'as it was printed', text: qr, expect: 'holds' },
      { name: 'only what stands behind #', text: payload, expect: 'holds' },
      { name: 'a host and a payload that were made lower-case', text: qr.toLowerCase(), expect: 'holds' },
      {
        name: 'another place in the status list',
        text: set(place, (bytes[place] ?? 0) ^ 1),
        expect: 'wrong-signature',
      },
      {
        name: 'another signature',
        text: set(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1),
        expect: 'wrong-signature',
      },
      {
        name: 'another key id',
        text: set(bytes.length - 65, (bytes.at(-65) ?? 0) ^ 1),
        expect: 'unknown-key',
      },
      {
        name: 'a byte too few',
        text: `${prefix}#${encodeBase32(bytes.subarray(0, -1))}`,
        expect: 'invalid-qr',
      },
      {
        name: 'a zero before the identifier',
        text: `${prefix}#${encodeBase32(Uint8Array.from([1, identifierLength + 1, 0, ...bytes.subarray(2)]))}`,
        expect: 'invalid-qr',
      },
      { name: 'a query before #', text: `${prefix}?a=b#${payload}`, expect: 'invalid-qr' },
      { name: 'version 2', text: set(0, 2), expect: 'newer-format' },
      { name: 'version 0', text: set(0, 0), expect: 'invalid-qr' },
    ],
  };
}

export function stapleCases({ staple, certificates }: Material): Json {
  const text = Buffer.from(staple).toString('utf8');
  const { origin, vkey } = certificates;
  const line = (changed: (event: string) => string): string =>
    text.replace(/^extra (.*)$/m, (_, base64: string) => {
      const event = Buffer.from(base64, 'base64').toString('utf8');
      return `extra ${encodeBase64(Buffer.from(changed(event), 'utf8'))}`;
    });
  return {
    origin,
    vkey,
    staple: text,
    cases: [
      { name: 'as it was stapled', staple: text, expect: 'holds' },
      {
        name: 'another time',
        staple: line((event) => event.replace('2026-06-15T', '2026-06-14T')),
        expect: 'not-included',
      },
      { name: 'another index', staple: text.replace(/^index 0$/m, 'index 1'), expect: 'not-included' },
      { name: 'no leaf', staple: text.replace(/^extra .*\n/m, ''), expect: 'invalid-staple' },
      {
        name: 'a leaf that is not canonical',
        staple: line((event) => ` ${event}`),
        expect: 'invalid-staple',
      },
      {
        name: 'a proof file of version 2',
        staple: text.replace('tlog-proof@v1', 'tlog-proof@v2'),
        expect: 'newer-format',
      },
    ],
  };
}

export function statusCases({ statusList, now }: Material): Json {
  const { set, ...options } = statusList;
  const file = fromUtf8(encodeStatusList(encodeStatusBits(set), options));
  const otherList = options.url.replace('revocation-1', 'revocation-2');
  const emptied = fromUtf8(encodeStatusList(encodeStatusBits([]), options));
  const encodedList = /"encodedList":"[^"]*"/;
  return {
    path: 'data/status/revocation-1.json',
    key: encodePublicKey(options.key.publicKey),
    id: options.url,
    validFrom: options.validFrom,
    validUntil: options.validUntil,
    set: [...set],
    clear: [0, 7, 4711, 131_070],
    outOfRange: [-1, 131_072],
    cases: [
      { name: 'as it is published', file, now, expect: 'holds' },
      { name: 'past its time', file, now: options.validUntil, expect: 'stale' },
      { name: 'before its time', file, now: '2026-06-20T01:59:59Z', expect: 'stale' },
      {
        name: 'with the bits of another list',
        file: file.replace(encodedList, encodedList.exec(emptied)?.[0] ?? ''),
        now,
        expect: 'invalid',
      },
      {
        name: 'with a time that was not signed',
        file: file.replace('2026-06-21T', '2027-06-21T'),
        now,
        expect: 'invalid',
      },
      {
        name: 'signed by the QR key',
        file: fromUtf8(encodeStatusList(encodeStatusBits(set), { ...options, key: testKey('qr') })),
        now,
        expect: 'invalid',
      },
      {
        name: 'another list, signed by the right key',
        file: fromUtf8(encodeStatusList(encodeStatusBits(set), { ...options, url: otherList })),
        now,
        expect: 'other-list',
      },
    ],
  };
}

export function trustCases({ trustList, rootFingerprint }: Material): Json {
  const root = testKey('root');
  const file = fromUtf8(encodeTrustList(trustList, root));
  // As encodeTrustList signs, but what it would refuse to.
  const signed = (changes: JsonObject): string => {
    // What encodeTrustList has just written.
    const { proof: _, ...content } = parseJson(new TextEncoder().encode(file)) as JsonObject;
    const proof = { key: root, verificationMethod: didKey(root.publicKey), created: trustList.issued };
    return fromUtf8(canonicalBytes(addProof({ ...content, ...changes }, proof)));
  };
  return {
    path: 'data/trust-list.json',
    rootKey: encodePublicKey(root.publicKey),
    rootFingerprint,
    cases: [
      { name: 'as it is published', file, rootFingerprint, expect: 'holds' },
      {
        name: 'by another root than the pinned one',
        file,
        rootFingerprint: keyFingerprint(testKey('qr').publicKey),
        expect: 'foreign',
      },
      {
        name: 'with a version that was not signed',
        file: file.replace('"version":3', '"version":4'),
        rootFingerprint,
        expect: 'invalid',
      },
      {
        name: 'signed by another key in the name of the root',
        file: fromUtf8(
          encodeTrustList(trustList, { privateKey: testKey('qr').privateKey, publicKey: root.publicKey }),
        ),
        rootFingerprint,
        expect: 'invalid',
      },
      {
        name: 'with a member that is not known, signed',
        file: signed({ onlyOnWorkdays: true }),
        rootFingerprint,
        expect: 'invalid',
      },
      {
        name: 'with a day that does not exist, signed',
        file: signed({ nextUpdate: '2026-02-30T00:00:00Z' }),
        rootFingerprint,
        expect: 'invalid',
      },
    ],
  };
}
