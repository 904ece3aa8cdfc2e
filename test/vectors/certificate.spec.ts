import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  findEventOf,
  issuerCode,
  parseCertificateJson,
  parseQrPayload,
  qrKeyId,
  subjectCommitment,
} from '@mandate/certificate';
import {
  findImplementationCode,
  formatCertificateIdentifier,
  isBaseCode,
  isBusinessCode,
  isUscc,
  parseCertificateIdentifier,
} from '@mandate/codes';
import {
  canonicalBytes,
  encodeHex,
  fromUtf8,
  parseBase32,
  parseHex,
  parseJson,
  sha256,
  utf8,
} from '@mandate/encoding';
import { NegativeListSchema, organKey, OrganSchema, RegionSchema } from '@mandate/lists';
import { isEd25519Signature, parsePublicKey, readSignedPdf } from '@mandate/signature';
import { verifyTlogProof } from '@mandate/transparency-log';
import { parseStaple } from '@mandate/trust';
import { verifyDocument } from '@mandate/verification';
import { z } from 'zod';
import { outcomeOf, publishedSource, readVectors, VECTORS } from './read-vectors.ts';

const Text = z.string();
const Judged = z.object({ valid: z.array(Text), invalid: z.array(Text) });

describe('formats §2.3, §4: keys and codes', () => {
  const keys = readVectors(
    'keys',
    z.object({
      registers: z.array(Judged.extend({ register: Text })),
      organKeys: z.array(z.object({ name: Text, uscc: Text.optional(), key: Text })),
      issuerCodes: z.array(z.object({ organ: Text, code: Text })),
      usccs: Judged,
      itemCodes: z.object({
        base: Judged,
        implementation: z.array(z.object({ code: Text, uscc: Text, level: Text, base: Text })),
        business: Judged,
      }),
      identifiers: Judged,
    }),
  );

  const judges = [
    ['USCC', keys.usccs, isUscc],
    ['base code', keys.itemCodes.base, isBaseCode],
    ['business code', keys.itemCodes.business, isBusinessCode],
    ['identifier', keys.identifiers, isIdentifier],
    ...(['organ', 'region', 'negative-list'] as const).map(
      (register) =>
        [
          `key of register ${register}`,
          keys.registers.find((one) => one.register === register) ?? { valid: [], invalid: [] },
          (text: string) => SCHEMAS[register].safeParse(text).success,
        ] as const,
    ),
  ] as const;

  test.each(judges)('%s: what is one, and what is none', (_, { valid, invalid }, judge) => {
    expect(valid.length).toBeGreaterThan(0);
    expect([...valid, ...invalid].filter(judge)).toEqual(valid);
  });

  test('organs and issuers are named as the examples say', () => {
    for (const { key, ...organ } of keys.organKeys) expect(organKey(organ)).toBe(key);
    for (const { organ, code } of keys.issuerCodes) expect(issuerCode(organ)).toBe(code);
    for (const { code, ...parts } of keys.itemCodes.implementation)
      expect(findImplementationCode(code)).toEqual(parts);
  });
});

const SCHEMAS = {
  organ: OrganSchema.shape.key,
  region: RegionSchema.shape.code,
  'negative-list': NegativeListSchema.shape.key,
} as const;

function isIdentifier(text: string): boolean {
  try {
    return formatCertificateIdentifier(parseCertificateIdentifier(text)) === text;
  } catch {
    return false;
  }
}

const certificate = readVectors(
  'certificate',
  z.object({
    file: Text,
    bytes: z.number(),
    byteRange: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    documentDigest: Text,
    signerCertificate: Text,
    attachment: Text,
    dataDigest: Text,
    commitment: Text,
    rootFingerprint: Text,
    now: Text,
    cases: z.array(
      z.object({
        name: Text,
        now: Text,
        edits: z.array(z.object({ offset: z.number(), text: Text })).default([]),
        append: Text.default(''),
        verdict: Text,
        fact: Text.optional(),
        code: Text.optional(),
      }),
    ),
  }),
);
const pdf = readFileSync(join(VECTORS, certificate.file));

describe('formats §5: the signed PDF', () => {
  test('digest, signer and attachment are as the vector says', async () => {
    const {
      byteRange,
      documentDigest,
      signerCertificate,
      attachment = new Uint8Array(),
    } = await readSignedPdf(pdf);
    expect(pdf.length).toBe(certificate.bytes);
    expect(byteRange).toEqual(certificate.byteRange);
    expect(encodeHex(documentDigest)).toBe(certificate.documentDigest);
    expect(encodeHex(sha256(signerCertificate))).toBe(certificate.signerCertificate);
    expect(fromUtf8(attachment)).toBe(certificate.attachment);
  });

  test('the digest is that of the two ranges, by another SHA-256 too', () => {
    const [first, firstLength, second, secondLength] = certificate.byteRange;
    const hash = createHash('sha256')
      .update(pdf.subarray(first, first + firstLength))
      .update(pdf.subarray(second, second + secondLength));
    expect(hash.digest('hex')).toBe(certificate.documentDigest);
  });

  test('attached is the certificate, canonical, with its commitment', () => {
    const bytes = utf8(certificate.attachment);
    const data = parseCertificateJson(parseJson(bytes));
    expect(canonicalBytes(data)).toEqual(bytes);
    expect(encodeHex(sha256(bytes))).toBe(certificate.dataDigest);
    expect(subjectCommitment(data.salt, data.identifier)).toBe(certificate.commitment);
    expect(data.sample).toBe(true);
  });

  test.each(certificate.cases)('$name: $verdict', async ({ now, edits, append, verdict, fact, code }) => {
    const edited = Buffer.concat([pdf, Buffer.from(append, 'latin1')]);
    for (const { offset, text } of edits) edited.write(text, offset, 'latin1');
    const { rootFingerprint } = certificate;
    const found = await verifyDocument(edited, {
      source: publishedSource,
      rootFingerprint,
      now: new Date(now),
    });
    expect(found.verdict).toBe(verdict);
    expect(found.facts.find(({ name }) => name === fact)?.code).toBe(code);
  });
});

describe('formats §5.5: the staple', () => {
  const { origin, vkey, staple, cases } = readVectors(
    'staple',
    z.object({
      origin: Text,
      vkey: Text,
      staple: Text,
      cases: z.array(z.object({ name: Text, staple: Text, expect: Text })),
    }),
  );

  test('is the one in the file', async () => {
    expect(fromUtf8((await readSignedPdf(pdf)).proof ?? new Uint8Array())).toBe(staple);
  });

  // A later version is told by the reader of the proof file; the staple's own reader learns it with the judge.
  test.each(cases)('$name: $expect', async (vector) => {
    const verify = () => {
      const { leaf, proof } = parseStaple(utf8(vector.staple));
      verifyTlogProof(leaf, proof, { origin, vkey });
    };
    expect(await outcomeOf(verify)).toBe(vector.expect);
  });
});

describe('formats §7: the QR code', () => {
  const qr = readVectors(
    'qr',
    z.object({
      text: Text,
      payload: Text,
      identifierLength: z.number(),
      claim: z.record(Text, z.union([Text, z.number()])),
      signature: Text,
      key: Text,
      signedPrefix: Text,
      cases: z.array(z.object({ name: Text, text: Text, expect: Text })),
    }),
  );
  const key = parsePublicKey(qr.key);

  test('the text is read into its fields, and is about the certificate', () => {
    const { claim, message, signature } = parseQrPayload(qr.text);
    expect(claim).toEqual(qr.claim);
    expect(claim.dataDigest).toBe(certificate.dataDigest);
    expect(claim.keyId).toBe(qrKeyId(sha256(key)));
    expect(encodeHex(signature)).toBe(qr.signature);
    const bytes = parseHex(qr.payload);
    expect(parseBase32(qr.text.split('#')[1] ?? '')).toEqual(bytes);
    expect(bytes[1]).toBe(qr.identifierLength);
    expect(message).toEqual(Uint8Array.from([...utf8(qr.signedPrefix), ...bytes.subarray(0, -64)]));
  });

  test.each(qr.cases)('$name: $expect', async ({ text, expect: expected }) => {
    const verify = () => {
      const { claim, message, signature } = parseQrPayload(text);
      if (claim.keyId !== qrKeyId(sha256(key))) throw Object.assign(new Error(), { code: 'unknown-key' });
      if (!isEd25519Signature(signature, message, key))
        throw Object.assign(new Error(), { code: 'wrong-signature' });
    };
    expect(await outcomeOf(verify)).toBe(expected);
  });
});

describe('formats §9.3, §9.4: what is newer than its reader', () => {
  const cases = z.array(z.object({ leaf: Text, expect: Text }));
  const { events, certificates } = readVectors(
    'growth',
    z.object({
      events: z.object({ subject: Text, cases }),
      certificates: z.object({
        cases: z.array(z.object({ changes: z.record(Text, z.json()), expect: Text })),
      }),
    }),
  );
  const read = { holds: 'read', 'invalid-event': 'invalid', 'invalid-certificate': 'invalid' };
  const wordOf = (code: string): string => new Map(Object.entries(read)).get(code) ?? code;

  test.each(events.cases)('event $leaf: $expect', async ({ leaf, expect: expected }) => {
    let found: unknown;
    const outcome = await outcomeOf(() => (found = findEventOf(utf8(leaf), events.subject)));
    expect(outcome === 'holds' && found === undefined ? 'passed-over' : wordOf(outcome)).toBe(expected);
  });

  test.each(certificates.cases)(
    'certificate with $changes: $expect',
    async ({ changes, expect: expected }) => {
      const data = z.record(Text, z.json()).parse(JSON.parse(certificate.attachment));
      expect(wordOf(await outcomeOf(() => parseCertificateJson({ ...data, ...changes })))).toBe(expected);
    },
  );

  test('events are about the sample certificate', () => {
    expect(events.subject).toBe(certificate.commitment);
  });
});
