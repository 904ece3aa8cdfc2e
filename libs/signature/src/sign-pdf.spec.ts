import { describe, expect, test } from '@jest/globals';
import { readSignedPdf, signPdf, SignatureError, type Signer, type SignPdfOptions } from '@mandate/signature';
import { PDFDocument } from 'pdf-lib';
import { makeSamplePage } from '../../../test/support/sample-page.ts';
import { makeCertificate, makeSigner, makeTestAuthority } from '../../../test/support/test-authority.ts';

const { root, organ, signer } = makeTestAuthority();
const signedAt = new Date('2026-03-04T05:06:07Z');
const page = await makeSamplePage();

async function refusal(pdf: Uint8Array, options: Partial<SignPdfOptions>): Promise<string> {
  const error: unknown = await signPdf(pdf, { signer, signedAt, ...options }).catch(
    (cause: unknown) => cause,
  );
  return error instanceof SignatureError ? error.code : `no SignatureError: ${String(error)}`;
}

describe('signPdf', () => {
  test('writes what readSignedPdf reads: claims, signer, attachment, digest', async () => {
    const { pdf, documentDigest } = await signPdf(page, {
      signer,
      signedAt,
      reason: '颁发证书',
      location: '示例市',
      name: '示例市市场监督管理局',
    });
    const read = await readSignedPdf(pdf);
    expect(read).toMatchObject({
      algorithm: 'rsa-sha256',
      signedAt,
      reason: '颁发证书',
      location: '示例市',
      name: '示例市市场监督管理局',
      documentDigest,
      signerCertificate: organ.der,
      chain: [],
    });
    expect(new TextDecoder().decode(read.attachment)).toBe('{"sample":true}');
    expect(read.proof).toBeUndefined();
  });

  test('signs with ECDSA on P-256', async () => {
    const elliptic = makeTestAuthority('p256');
    const { pdf } = await signPdf(page, { signer: elliptic.signer, signedAt });
    await expect(readSignedPdf(pdf)).resolves.toMatchObject({ algorithm: 'ecdsa-p256-sha256' });
  });

  test('gives the same bytes for the same page, options and key', async () => {
    const [first, second] = [
      await signPdf(page, { signer, signedAt }),
      await signPdf(page, { signer, signedAt }),
    ];
    expect(first.pdf).toEqual(second.pdf);
  });

  test('puts the time into /M and into no attribute', async () => {
    const { pdf } = await signPdf(page, { signer, signedAt });
    const text = Buffer.from(pdf).toString('latin1');
    expect(text).toContain('/M (D:20260304050607Z)');
    // signing-time, 1.2.840.113549.1.9.5
    expect(text).not.toContain('06092a864886f70d010905');
  });

  test('keeps the chain and leaves out the root', async () => {
    const middle = makeCertificate({ name: '示例中间证书', issuer: root, authority: true });
    const leaf = makeCertificate({ name: '示例机关', issuer: middle });
    const { pdf } = await signPdf(page, { signer: makeSigner(leaf, [root, middle]), signedAt });
    await expect(readSignedPdf(pdf)).resolves.toMatchObject({
      signerCertificate: leaf.der,
      chain: [middle.der],
    });
  });

  test.each<[string, Partial<SignPdfOptions>, string]>([
    ['a room too small for the signature', { reservedBytes: 500 }, 'no-room'],
    [
      'a page the file does not have',
      { widget: { page: 7, x: 0, y: 0, width: 1, height: 1 } },
      'unsuitable-pdf',
    ],
    ['a date that is none', { signedAt: new Date(Number.NaN) }, 'unsuitable-pdf'],
  ])('refuses %s', async (_, options, code) => {
    expect(await refusal(page, options)).toBe(code);
  });

  const other = makeTestAuthority();
  const flipped = organ.der.slice().fill(0, 0, 4);
  test.each<[string, Partial<Signer>]>([
    ['a signer without certificates', { certificates: [] }],
    ['a chain that is not the signer’s', { certificates: [organ.der, other.organ.der] }],
    ['bytes that are no certificate', { certificates: [flipped] }],
    ['an algorithm the key cannot do', { algorithm: 'ecdsa-p256-sha256' }],
    ['a signature by another key', { sign: (bytes) => other.signer.sign(bytes) }],
    ['a signature of other bytes', { sign: (bytes) => signer.sign(bytes.slice(1)) }],
    ['an empty signature', { sign: () => Promise.resolve(new Uint8Array()) }],
  ])('refuses %s', async (_, change) => {
    expect(await refusal(page, { signer: { ...signer, ...change } })).toBe('invalid-signer');
  });

  test('asks no key for a signature that it cannot give', async () => {
    const sign = () => Promise.reject(new Error('the key was asked'));
    const wrong = { ...signer, algorithm: 'ecdsa-p256-sha256' as const, sign };
    expect(await refusal(page, { signer: wrong })).toBe('invalid-signer');
  });

  test('refuses to sign twice', async () => {
    const { pdf } = await signPdf(page, { signer, signedAt });
    expect(await refusal(pdf, {})).toBe('unsuitable-pdf');
  });

  test('refuses a page that runs something', async () => {
    const document = await PDFDocument.load(page);
    document.addJavaScript('greet', 'app.alert("hello")');
    expect(await refusal(await document.save(), {})).toBe('unsuitable-pdf');
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('certificate')],
    ['half a PDF', page.slice(0, page.length / 2)],
  ])('refuses %s', async (_, bytes) => {
    expect(await refusal(bytes, {})).toBe('unsuitable-pdf');
  });
});
