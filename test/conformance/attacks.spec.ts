import { describe, expect, test } from '@jest/globals';
import { readSignedPdf, SignatureError, type SignedPdf } from '@mandate/signature';
import { attacks } from './attacks/index.ts';
import { makeCms, proofAttribute } from './cms-recipe.ts';
import { bytesOf, contentsOf, relayTable } from './pdf-text.ts';
import { contentOf, makeVictim, PROOF, resign } from './victim.ts';

const victim = await makeVictim();

async function read(text: string): Promise<SignedPdf | SignatureError> {
  return readSignedPdf(bytesOf(text)).catch((error: unknown) => {
    if (error instanceof SignatureError) return error;
    throw error;
  });
}

describe('what the attacks are made of', () => {
  test('accepts the victim', async () => {
    await expect(read(victim.text)).resolves.toMatchObject({ algorithm: 'rsa-sha256' });
  });

  test('accepts the victim when the tools of the attacks have changed nothing', async () => {
    const untouched = resign(relayTable(victim.text), { signer: victim.organ });
    await expect(read(untouched)).resolves.toMatchObject({ signerCertificate: victim.organ.der });
  });

  test('writes the CMS node-forge would write', () => {
    const { start, end } = contentsOf(victim.text);
    const { organ } = victim;
    const cms = makeCms({
      content: contentOf(victim.text),
      signer: organ,
      certificates: [organ.der],
      unsigned: [proofAttribute(PROOF)],
    });
    const digits = Buffer.from(cms, 'latin1').toString('hex');
    expect(victim.text.slice(start, end)).toBe(`<${digits.padEnd(end - start - 2, '0')}>`);
  });
});

describe.each(Object.entries(attacks))('%s', (_, family) => {
  test.each(family.map((attack) => [attack.name, attack] as const))('refuses %s', async (_, attack) => {
    const forged = attack.forge(victim);
    expect(forged).not.toBe(victim.text);
    const result = await read(forged);
    expect(result instanceof SignatureError ? result.code : 'accepted').toBe(attack.code);
  });
});
