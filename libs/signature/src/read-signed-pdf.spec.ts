import { describe, expect, test } from '@jest/globals';
import { utf8 } from '@mandate/encoding';
import {
  readSignedPdf,
  signPdf,
  SignatureError,
  stapleProof,
  verifyChain,
  type Signer,
} from '@mandate/signature';
import fc from 'fast-check';
import { PDFDocument } from 'pdf-lib';
import { makeSamplePage } from '../../../test/support/sample-page.ts';
import { makeCertificate, makeSigner, makeTestAuthority } from '../../../test/support/test-authority.ts';

const page = await makeSamplePage();
const signedAt = new Date('2026-03-04T05:06:07Z');
const PROOF = new TextEncoder().encode('c2sp.org/tlog-proof@v1\n');

async function signed(kind: 'rsa' | 'p256'): Promise<Uint8Array<ArrayBuffer>> {
  const { pdf } = await signPdf(page, {
    signer: makeTestAuthority(kind).signer,
    signedAt,
    reservedBytes: 4_096,
  });
  return stapleProof(pdf, PROOF);
}

async function codeOf(file: Uint8Array): Promise<string> {
  const error: unknown = await readSignedPdf(file).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error === undefined) return 'accepted';
  return error instanceof SignatureError ? error.code : 'not a SignatureError';
}

function flip(file: Uint8Array, place: number, bit: number): Uint8Array {
  const flipped = file.slice();
  flipped[place] = (flipped[place] ?? 0) ^ (1 << bit);
  return flipped;
}

/** Where the proof's own bytes stand, as hex: the one thing in a file that only the log's key protects. */
function proofPlace(file: Uint8Array): [number, number] {
  const hex = Buffer.from(PROOF).toString('hex');
  const start = Buffer.from(file).indexOf(hex);
  return [start, start + hex.length];
}

/** SEQUENCE { INTEGER r, INTEGER s } of P-256 */
function rAndS(signature: Uint8Array): [Uint8Array, Uint8Array] {
  const ends = 4 + (signature[3] ?? 0);
  return [signature.subarray(4, ends), signature.subarray(ends + 2)];
}

describe.each(['rsa', 'p256'] as const)('a file signed with %s', (kind) => {
  test('refuses a flipped bit in the signature dictionary, the CMS and its padding', async () => {
    const file = await signed(kind);
    const [proofStart, proofEnd] = proofPlace(file);
    const contents = Buffer.from(file).indexOf('/Contents <');
    const paddingStart = Buffer.from(file).indexOf('0'.repeat(200), contents);
    const cmsStart = contents + '/Contents <'.length;
    const accepted: number[] = [];
    // Every byte of the dictionary before it, every fifth digit of the CMS, every 197th of the padding; one bit each.
    for (let place = contents - 300; place < cmsStart + 8_200;) {
      if (place < proofStart || place >= proofEnd)
        if ((await codeOf(flip(file, place, place % 8))) === 'accepted') accepted.push(place);
      place += place < cmsStart ? 1 : place < paddingStart ? 5 : 197;
    }
    expect(accepted).toEqual([]);
  });

  test('refuses every flipped bit of the value of the signature, its tag and its length', async () => {
    const file = await signed(kind);
    const text = Buffer.from(file).toString('latin1');
    // After the algorithm, in the one form we write: OCTET STRING, its length, the value.
    const algorithm = kind === 'rsa' ? '06092a864886f70d01010b0500' : '06082a8648ce3d040302';
    const start = text.lastIndexOf(algorithm) + algorithm.length;
    const accepted: string[] = [];
    for (let place = start; place < start + 24; place += 1)
      for (let bit = 0; bit < 8; bit += 1)
        if ((await codeOf(flip(file, place, bit))) === 'accepted') accepted.push(`${place - start}.${bit}`);
    expect(accepted).toEqual([]);
  });

  test('refuses any flipped bit anywhere', async () => {
    const file = await signed(kind);
    const [proofStart, proofEnd] = proofPlace(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(7), async (place, bit) => {
        fc.pre(place < proofStart || place >= proofEnd);
        expect(await codeOf(flip(file, place, bit))).toMatch(/^(altered|unreadable)$/);
      }),
      { numRuns: 100 },
    );
  });

  test('refuses /Contents spelled in another way, though it stands outside of what is signed', async () => {
    const file = await signed(kind);
    const start = Buffer.from(file).indexOf('/Contents <') + '/Contents <'.length;
    const end = Buffer.from(file).indexOf('>', start);
    const spelled = (change: (digits: string) => string): Uint8Array => {
      const digits = change(Buffer.from(file.subarray(start, end)).toString('latin1'));
      expect(digits).toHaveLength(end - start);
      return Uint8Array.from([...file.subarray(0, start), ...utf8(digits), ...file.subarray(end)]);
    };
    expect(await codeOf(spelled((digits) => digits))).toBe('accepted');
    // In a byte that only the log protects, and in one that the signer does: the same bytes to any reader of hex strings.
    expect(await codeOf(spelled((digits) => digits.toUpperCase()))).toBe('altered');
    expect(await codeOf(spelled((digits) => digits.replace(/[a-f]/, (one) => one.toUpperCase())))).toBe(
      'altered',
    );
    // White space is allowed in a hex string, and an odd last digit counts as followed by 0.
    expect(await codeOf(spelled((digits) => digits.replace(/00$/, '  ')))).toBe('altered');
    expect(await codeOf(spelled((digits) => digits.replace(/00$/, '0 ')))).toBe('altered');
    expect(await codeOf(spelled((digits) => digits.replace(/00$/, '01')))).toBe('altered');
  });

  test('gives everything but the proof unchanged when the proof is changed', async () => {
    const file = await signed(kind);
    const [start] = proofPlace(file);
    const { proof, ...rest } = await readSignedPdf(flip(file, start + 1, 0));
    const { proof: original, ...expected } = await readSignedPdf(file);
    expect(rest).toEqual(expected);
    expect(proof).not.toEqual(original);
  });
});

describe('readSignedPdf', () => {
  test('leaves no bit of an intermediate to chance, together with verifyChain', async () => {
    const root = makeCertificate({ name: '示例根证书', authority: true, key: 'p256' });
    const middle = makeCertificate({ name: '示例中间证书', issuer: root, authority: true, key: 'p256' });
    const leaf = makeCertificate({ name: '示例机关', issuer: middle, key: 'p256' });
    const { pdf } = await signPdf(page, { signer: makeSigner(leaf, [middle]), signedAt });
    const start = Buffer.from(pdf).indexOf(Buffer.from(middle.der).toString('hex'));
    const verify = async (file: Uint8Array) => {
      const { signerCertificate, chain } = await readSignedPdf(file);
      return verifyChain(signerCertificate, chain, [root.der], signedAt);
    };
    await expect(verify(pdf)).resolves.toMatchObject({ path: [leaf.der, middle.der, root.der] });
    for (let place = start; place < start + 2 * middle.der.length; place += 11)
      await expect(verify(flip(pdf, place, place % 3))).rejects.toThrow(SignatureError);
  });

  test('refuses an s that is a byte too long, though what verifies it would lay that byte over the end of r', async () => {
    const { signer } = makeTestAuthority('p256');
    let chosen: Uint8Array = new Uint8Array();
    const patient: Signer = {
      ...signer,
      // One value in 512 has an r that ends in 02 and an s that begins with 00.
      sign: async (toBeSigned) => {
        do chosen = await signer.sign(toBeSigned);
        while (rAndS(chosen)[0].at(-1) !== 2 || rAndS(chosen)[1][0] !== 0);
        return new Uint8Array(chosen);
      },
    };
    const { pdf } = await signPdf(page, { signer: patient, signedAt });
    expect(await codeOf(pdf)).toBe('accepted');
    const s = rAndS(chosen)[1];
    const value = Buffer.from(pdf).indexOf(Buffer.from(s).toString('hex'));
    // 00… → 02…: one bit of one digit.
    expect(await codeOf(flip(pdf, value + 1, 1))).toBe('altered');
  });

  test('refuses every cut, insertion, deletion and repetition', async () => {
    const file = await signed('rsa');
    const change = fc.oneof(
      fc.record({ kind: fc.constant('cut' as const), at: fc.nat(file.length - 1), length: fc.nat(50) }),
      fc.record({
        kind: fc.constant('delete' as const),
        at: fc.nat(file.length - 60),
        length: fc.integer({ min: 1, max: 50 }),
      }),
      fc.record({
        kind: fc.constant('repeat' as const),
        at: fc.nat(file.length - 60),
        length: fc.integer({ min: 1, max: 50 }),
      }),
      fc.record({
        kind: fc.constant('insert' as const),
        at: fc.nat(file.length),
        length: fc.integer({ min: 1, max: 50 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(change, async ({ kind, at, length }) => {
        const [head, tail] = [file.slice(0, at), file.slice(at)];
        const changed = {
          cut: () => [...head],
          delete: () => [...head, ...tail.slice(length)],
          repeat: () => [...head, ...tail.slice(0, length), ...tail],
          insert: () => [...head, ...new Uint8Array(length).fill(0x20), ...tail],
        }[kind]();
        expect(await codeOf(Uint8Array.from(changed))).toMatch(/^(altered|unreadable|unsigned)$/);
      }),
      { numRuns: 100 },
    );
  });

  test('calls unreadable what is no PDF', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        expect(await codeOf(bytes)).toBe('unreadable');
      }),
    );
    expect(await codeOf(new Uint8Array(5 * 1024 * 1024))).toBe('unreadable');
  });

  test('reads nothing of more than 4 MiB', async () => {
    const file = new Uint8Array(4 * 1024 * 1024 + 1);
    file.set(new TextEncoder().encode('%PDF-1.7\n'));
    // Read, either of them is a PDF that nobody has signed.
    expect(await codeOf(file)).toBe('unreadable');
    expect(await codeOf(file.subarray(0, -1))).toBe('unsigned');
  });

  test('throws nothing but SignatureError for what looks like a PDF', async () => {
    const word = fc.constantFrom(
      ...'1 0 obj|endobj|<<|>>|[|]|(|)|<|>|/Type|/Sig|/ByteRange|[ 0 1 2 3 ]|/Contents|<3080>|stream|endstream|xref|trailer'.split(
        '|',
      ),
      ...['startxref\n0\n%%EOF', '\n', ' ', '0 1', '99999999999', '-1', '/Root 1 0 R', '\\', '#', '%'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 60 }), fc.boolean(), async (words, closed) => {
        const text = `%PDF-1.7\n%\x81\x81\x81\x81\n\n${words.join(' ')}${closed ? '\nstartxref\n16\n%%EOF' : ''}`;
        expect(await codeOf(Uint8Array.from(Buffer.from(text, 'latin1')))).toMatch(/^(altered|unsigned)$/);
      }),
      { numRuns: 300 },
    );
  });

  test('ends soon on a large file of openings', async () => {
    for (const filler of ['[', '<<', '(', '<', '/ByteRange [ 0 9 9 9 ]', '/ByteRange', 'a']) {
      const text = `%PDF-1.7\n${filler.repeat(2_000_000 / filler.length)}\nstartxref\n9\n%%EOF`;
      expect(await codeOf(Uint8Array.from(Buffer.from(text, 'latin1')))).toMatch(/^(altered|unsigned)$/);
    }
  });

  test('calls unsigned a page nobody has signed', async () => {
    expect(await codeOf(page)).toBe('unsigned');
    const modern = await (await PDFDocument.load(page)).save();
    expect(await codeOf(modern)).toBe('unsigned');
  });

  test('finds no attachment where there is none', async () => {
    const document = await PDFDocument.create();
    document.addPage();
    const { pdf } = await signPdf(await document.save(), { signer: makeTestAuthority().signer, signedAt });
    expect((await readSignedPdf(pdf)).attachment).toBeUndefined();
  });

  test('refuses an attachment that inflates beyond its limit', async () => {
    const bomb = await makeSamplePage(' '.repeat(5_000_000));
    await expect(signPdf(bomb, { signer: makeTestAuthority().signer, signedAt })).rejects.toMatchObject({
      code: 'unsuitable-pdf',
    });
  });

  test('leaves the bytes it is given alone, and those it returns are not parts of them', async () => {
    const file = await signed('p256');
    const copy = file.slice();
    const { signerCertificate } = await readSignedPdf(file);
    signerCertificate.fill(0);
    expect(file).toEqual(copy);
  });
});
