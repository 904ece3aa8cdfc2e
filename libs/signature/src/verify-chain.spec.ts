import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parseCertificate, SignatureError, verifyChain } from '@mandate/signature';
import fc from 'fast-check';
import { makeCertificate, type CertificateRecipe } from '../../../test/support/test-authority.ts';

const at = new Date('2026-03-04T05:06:07Z');
const root = makeCertificate({ name: '示例根证书', authority: true });
const middle = makeCertificate({ name: '示例中间证书', issuer: root, authority: true });
const leaf = makeCertificate({ name: '示例机关', issuer: middle });
const stranger = makeCertificate({ name: '示例根证书', authority: true });

async function refusal(...input: Parameters<typeof verifyChain>): Promise<string> {
  const error: unknown = await verifyChain(...input).catch((cause: unknown) => cause);
  return error instanceof SignatureError ? error.code : 'accepted';
}

/** A leaf of this kind directly under the root. */
async function refusalOfLeaf(recipe: Partial<CertificateRecipe>, time = at): Promise<string> {
  const { der } = makeCertificate({ name: '示例机关', issuer: root, ...recipe });
  return refusal(der, [], [root.der], time);
}

/** A leaf under an issuer of this kind under the root. */
async function refusalOfIssuer(recipe: Partial<CertificateRecipe>): Promise<string> {
  const issuer = makeCertificate({ name: '示例中间证书', issuer: root, authority: true, ...recipe });
  const { der } = makeCertificate({ name: '示例机关', issuer });
  return refusal(der, [issuer.der], [root.der], at);
}

describe('verifyChain', () => {
  test('finds the path through certificates in any order', async () => {
    const { path, signer } = await verifyChain(
      leaf.der,
      [root.der, middle.der],
      [stranger.der, root.der],
      at,
    );
    expect(path).toEqual([leaf.der, middle.der, root.der]);
    expect(signer.subject).toBe('CN=示例机关,O=示例市,C=CN');
  });

  test('takes an intermediate of the trust list for an end of the path', async () => {
    await expect(verifyChain(leaf.der, [], [middle.der], at)).resolves.toMatchObject({
      path: [leaf.der, middle.der],
    });
  });

  test('takes a signer on the trust list for a path of one', async () => {
    await expect(verifyChain(leaf.der, [], [leaf.der], at)).resolves.toMatchObject({ path: [leaf.der] });
  });

  test('takes both ends of the validity', async () => {
    for (const time of ['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z'])
      expect(await refusal(leaf.der, [middle.der], [root.der], new Date(time))).toBe('accepted');
  });

  test('tries another path when the first one is spent', async () => {
    const spent = makeCertificate({
      name: '示例中间证书',
      issuer: root,
      authority: true,
      keyOf: middle,
      validUntil: new Date('2021-01-01T00:00:00Z'),
    });
    expect(await refusal(leaf.der, [spent.der, middle.der], [root.der], at)).toBe('accepted');
    expect(await refusal(leaf.der, [spent.der], [root.der], at)).toBe('certificate-expired');
  });

  test('refuses a chain of another root, also of the same name', async () => {
    const other = makeCertificate({ name: '另一根证书', authority: true });
    expect(await refusal(leaf.der, [middle.der], [other.der], at)).toBe('untrusted-root');
    expect(await refusal(leaf.der, [middle.der, stranger.der], [stranger.der], at)).toBe('broken-chain');
    expect(await refusal(leaf.der, [middle.der, root.der], [], at)).toBe('untrusted-root');
  });

  test('refuses a leaf whose issuer is missing', async () => {
    expect(await refusal(leaf.der, [], [root.der], at)).toBe('untrusted-root');
  });

  test('refuses a leaf that a leaf has issued', async () => {
    const forged = makeCertificate({ name: '伪造', issuer: leaf });
    expect(await refusal(forged.der, [leaf.der, middle.der], [root.der], at)).toBe('broken-chain');
  });

  const year = (time: number) => new Date(Date.UTC(time, 0, 1));
  test.each<[string, Partial<CertificateRecipe>, string]>([
    ['that has expired', { validUntil: year(2025) }, 'certificate-expired'],
    ['that is not valid yet', { validFrom: year(2030) }, 'certificate-not-yet-valid'],
    ['without key usage', { keyUsage: [] }, 'wrong-key-usage'],
    ['for encryption only', { keyUsage: ['keyEncipherment'] }, 'wrong-key-usage'],
    ['of an authority', { authority: true, keyUsage: ['digitalSignature'] }, 'wrong-key-usage'],
    ['of a web server', { extendedKeyUsage: ['serverAuth'] }, 'wrong-key-usage'],
    ['over a short RSA key', { key: 'rsa-1024' }, 'weak-algorithm'],
    ['signed with SHA-1', { digest: 'sha1' }, 'weak-algorithm'],
    [
      'with a critical extension nobody knows',
      { extensions: [{ id: '1.2.3.4', critical: true, value: '\x05\x00' }] },
      'invalid-certificate',
    ],
    [
      'with one extension twice',
      { extensions: [{ name: 'keyUsage', critical: true, digitalSignature: true }] },
      'invalid-certificate',
    ],
  ])('refuses a signer %s', async (_, recipe, code) => {
    expect(await refusalOfLeaf(recipe)).toBe(code);
  });

  test.each<[string, Partial<CertificateRecipe>]>([
    ['for commitments alone', { keyUsage: ['nonRepudiation'] }],
    ['for mail, as authorities issue them', { extendedKeyUsage: ['emailProtection', 'clientAuth'] }],
    ['over P-256', { key: 'p256' }],
    [
      'with an extension nobody knows that is not critical',
      { extensions: [{ id: '1.2.3.4', value: '\x05\x00' }] },
    ],
  ])('accepts a signer %s', async (_, recipe) => {
    expect(await refusalOfLeaf(recipe)).toBe('accepted');
  });

  test.each<[string, Partial<CertificateRecipe>, string]>([
    ['that has expired', { validUntil: year(2025) }, 'certificate-expired'],
    ['that is no authority', { authority: false, keyUsage: ['keyCertSign'] }, 'broken-chain'],
    ['whose key is not for certificates', { keyUsage: ['cRLSign'] }, 'wrong-key-usage'],
    ['over a short RSA key', { key: 'rsa-1024' }, 'weak-algorithm'],
  ])('refuses an issuer %s', async (_, recipe, code) => {
    expect(await refusalOfIssuer(recipe)).toBe(code);
  });

  test('refuses more authorities than the path length allows', async () => {
    const short = makeCertificate({ name: '短根证书', authority: true, pathLength: 0 });
    const below = makeCertificate({ name: '示例中间证书', issuer: short, authority: true });
    const direct = makeCertificate({ name: '示例机关', issuer: short });
    const indirect = makeCertificate({ name: '示例机关', issuer: below });
    expect(await refusal(direct.der, [], [short.der], at)).toBe('accepted');
    expect(await refusal(indirect.der, [below.der], [short.der], at)).toBe('broken-chain');
  });

  test('refuses a time that is none', async () => {
    expect(await refusal(leaf.der, [middle.der], [root.der], new Date(Number.NaN))).not.toBe('accepted');
  });

  test('ends soon when all certificates bear one name', async () => {
    const same = Array.from(
      { length: 8 },
      () => makeCertificate({ name: '同名', authority: true, key: 'p256' }).der,
    );
    const [first = leaf.der] = same;
    expect(await refusal(first, same, [root.der], at)).toBe('broken-chain');
  });

  test('ends soon when all certificates could have issued each other', async () => {
    const twin = makeCertificate({ name: '同名', authority: true, key: 'p256' });
    const same = Array.from(
      { length: 8 },
      () => makeCertificate({ name: '同名', issuer: twin, keyOf: twin, authority: true }).der,
    );
    const [first = leaf.der] = same;
    // Every order of the eight is a path: a hundred thousand signatures, none of which leads anywhere.
    expect(await refusal(first, same, [root.der], at)).toBe('untrusted-root');
  });

  test('refuses a flipped bit anywhere in the signer or its issuer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), fc.boolean(), async (place, bit, inLeaf) => {
        const flipped = (inLeaf ? leaf : middle).der.slice();
        const index = place % flipped.length;
        flipped[index] = (flipped[index] ?? 0) ^ (1 << bit);
        const code = inLeaf
          ? await refusal(flipped, [middle.der], [root.der], at)
          : await refusal(leaf.der, [flipped], [root.der], at);
        expect(code).not.toBe('accepted');
      }),
      { numRuns: 150 },
    );
  });

  test('throws nothing but SignatureError, whatever it is given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await refusal(bytes, [bytes], [root.der], at)).toBe('invalid-certificate');
      }),
    );
  });
});

describe('parseCertificate', () => {
  test('names subject, issuer, validity and fingerprint', () => {
    const summary = parseCertificate(leaf.der);
    expect(summary).toMatchObject({
      subject: 'CN=示例机关,O=示例市,C=CN',
      issuer: 'CN=示例中间证书,O=示例市,C=CN',
      validFrom: new Date('2020-01-01T00:00:00Z'),
    });
    expect(summary.fingerprint).toBe(createHash('sha256').update(leaf.der).digest('hex'));
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['a certificate with a byte after it', new Uint8Array([...leaf.der, 0])],
    ['half a certificate', leaf.der.slice(0, 300)],
  ])('refuses %s', (_, der) => {
    expect(() => parseCertificate(der)).toThrow(SignatureError);
  });
});
