import {
  canonicalBytes,
  concatBytes,
  encodeBase58,
  EncodingError,
  encodeHex,
  parseBase58,
  parseHex,
  sha256,
  utf8,
  type Json,
} from '@mandate/encoding';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lenientSignatures } from '../../../test/support/lenient-ed25519.ts';
import {
  addProof,
  DataIntegrityError,
  didKey,
  ed25519PublicKey,
  encodePublicKey,
  isEd25519Signature,
  keyFingerprint,
  parsePublicKey,
  signEd25519,
  verifyProof,
  type JsonObject,
} from './data-integrity.ts';

// The published vectors of the recommendation, section B.3 “Representation: eddsa-jcs-2022”.
const PRIVATE = parseBase58('3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq').subarray(2);
const PUBLIC = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
const CONTEXT = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'];
const DOCUMENT = {
  '@context': CONTEXT,
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential', 'AlumniCredential'],
  name: 'Alumni Credential',
  description: 'A minimum viable example of an Alumni Credential.',
  issuer: 'https://vc.example/issuers/5678',
  validFrom: '2023-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
};
const PROOF_VALUE =
  'z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX';
const HASH_DATA =
  '66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19';

const key = { privateKey: PRIVATE };
const publicKey = ed25519PublicKey(PRIVATE);
const options = { key, verificationMethod: didKey(publicKey), created: '2023-02-24T23:36:38Z' };
const signed = addProof(DOCUMENT, options);
const withProof = (part: JsonObject): Json => ({ ...signed, proof: { ...signed.proof, ...part } });

describe('eddsa-jcs-2022', () => {
  test('makes and accepts the published vector', () => {
    expect(encodePublicKey(publicKey)).toBe(PUBLIC);
    expect(signed.proof['proofValue']).toBe(PROOF_VALUE);
    expect(verifyProof(signed, publicKey)).toEqual(DOCUMENT);
    const signature = parseBase58(PROOF_VALUE.slice(1));
    expect(isEd25519Signature(signature, parseHex(HASH_DATA), publicKey)).toBe(true);
  });

  test('signs with a key that lives elsewhere', () => {
    let asked = '';
    addProof(DOCUMENT, {
      ...options,
      key: { sign: (message) => ((asked = encodeHex(message)), new Uint8Array(64)) },
    });
    expect(asked).toBe(HASH_DATA);
  });

  test('refuses a signer whose signature has another length, and a time that is none', () => {
    const short = { sign: () => new Uint8Array(63) };
    expect(() => addProof(DOCUMENT, { ...options, key: short })).toThrow(DataIntegrityError);
    expect(() => addProof(DOCUMENT, { ...options, key: { privateKey: new Uint8Array(31) } })).toThrow(
      DataIntegrityError,
    );
    expect(() => addProof(DOCUMENT, { ...options, created: 'yesterday' })).toThrow(DataIntegrityError);
  });

  test('accepts a context that grew at its end and returns the one that was signed', () => {
    const grown = { ...signed, '@context': [...CONTEXT, 'https://example.org/more'] };
    expect(verifyProof(grown, publicKey)).toEqual(DOCUMENT);
    const turned = { ...signed, '@context': [...CONTEXT].reverse() };
    expect(() => verifyProof(turned, publicKey)).toThrow(expect.objectContaining({ code: 'invalid-proof' }));
  });

  test('signs documents without a context', () => {
    const plain = addProof({ a: 1 }, options);
    expect(plain.proof).not.toHaveProperty('@context');
    expect(verifyProof(plain, publicKey)).toEqual({ a: 1 });
    expect(() => verifyProof({ ...plain, '@context': ['x'] }, publicKey)).toThrow(DataIntegrityError);
  });

  test.each<[string, Json]>([
    ['null', null],
    ['a list', [signed]],
    ['no proof', DOCUMENT],
    ['a set of proofs', { ...signed, proof: [signed.proof, signed.proof] }],
    ['another suite', withProof({ cryptosuite: 'eddsa-rdfc-2022' })],
    ['another kind of proof', withProof({ type: 'Ed25519Signature2020' })],
    ['another purpose', withProof({ proofPurpose: 'authentication' })],
    ['a later time', withProof({ created: '2024-02-24T23:36:38Z' })],
    ['a time that is none', withProof({ created: 'now' })],
    ['another method', withProof({ verificationMethod: 'did:key:z6Mk' })],
    ['no signature', withProof({ proofValue: undefined })],
    ['hex for a signature', withProof({ proofValue: 'f00' })],
    ['a short signature', withProof({ proofValue: 'z2' })],
    ['an endless signature', withProof({ proofValue: `z${'2'.repeat(100_000)}` })],
    ['a changed document', { ...signed, name: 'Another' }],
    ['a property more', { ...signed, more: true }],
    ['a lone surrogate', { ...signed, name: '\ud800' }],
  ])('refuses %s', (_, document) => {
    expect(() => verifyProof(document, publicKey)).toThrow(DataIntegrityError);
  });

  test.each<[string, Readonly<Record<string, Json | undefined>>]>([
    ['another suite', { cryptosuite: 'eddsa-rdfc-2022' }],
    ['another kind of proof', { type: 'Ed25519Signature2020' }],
    ['another purpose', { proofPurpose: 'authentication' }],
    ['a method that is no name', { verificationMethod: 1 }],
    ['a time that is none', { created: 'now' }],
  ])('refuses a signature that holds, but under %s', (_, changes) => {
    const { proof, ...document } = signed;
    const { proofValue: _value, ...config } = proof;
    const prove = (wanted: JsonObject): Json => {
      // §3.3.4 by hand: addProof writes no such proof.
      const message = concatBytes(sha256(canonicalBytes(wanted)), sha256(canonicalBytes(document)));
      const value = `z${encodeBase58(signEd25519(message, options.key))}`;
      return { ...document, proof: { ...wanted, proofValue: value } };
    };
    expect(verifyProof(prove(config), publicKey)).toEqual(DOCUMENT);
    expect(() => verifyProof(prove({ ...config, ...changes }), publicKey)).toThrow(
      expect.objectContaining({ code: 'invalid-proof' }),
    );
  });

  test('refuses nesting that has no canonical form instead of overflowing the stack', () => {
    let deep: Json = 1;
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(() => verifyProof({ ...signed, deep }, publicKey)).toThrow(DataIntegrityError);
    expect(() => addProof({ deep }, options)).toThrow(EncodingError);
  });

  test('refuses another key', () => {
    const other = ed25519PublicKey(new Uint8Array(32).fill(7));
    expect(() => verifyProof(signed, other)).toThrow(expect.objectContaining({ code: 'wrong-signature' }));
  });

  test('holds for every JSON object and for no other', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (content) => {
        // fast-check declares its JSON values as unknown.
        const document = JSON.parse(JSON.stringify({ ...content, proof: undefined })) as JsonObject;
        const proved = addProof(document, options);
        expect(verifyProof(proved, publicKey)).toEqual(document);
        expect(() => verifyProof({ ...proved, '\u0000more': 1 }, publicKey)).toThrow(DataIntegrityError);
      }),
      { numRuns: 50 },
    );
  });
});

describe('Ed25519 keys', () => {
  test.each([
    '',
    'z',
    PUBLIC.slice(1),
    `${PUBLIC}1`,
    'z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq',
    'z0OIl',
  ])('refuses %p as a multibase key', (text) =>
    expect(() => parsePublicKey(text)).toThrow(expect.objectContaining({ code: 'invalid-key' })),
  );

  test('has a fingerprint that names the raw key', () => {
    expect(parsePublicKey(PUBLIC)).toEqual(publicKey);
    expect(keyFingerprint(publicKey)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('refuses the points of small order, with which one signature fits every message', () => {
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const signature = new Uint8Array(64);
    signature[0] = 1;
    expect(isEd25519Signature(signature, parseHex('00'), identity)).toBe(false);
  });
});

test('a signature that only lenient Ed25519 accepts is none', () => {
  const message = utf8('食品经营许可证');
  for (const { name, publicKey, signature } of lenientSignatures(message, PRIVATE))
    expect([name, isEd25519Signature(signature, message, publicKey)]).toEqual([name, false]);
});
