import { describe, expect, test } from '@jest/globals';
import { renderSample } from '../support/certificate-page.ts';
import { readers, withFile } from './readers.ts';
import { makeVictim } from './victim.ts';

const genuine = await makeVictim(await renderSample());

describe('a signed certificate with its stapled proof', () => {
  test.each(readers.map((reader) => [reader.name, reader] as const))(
    'is accepted by %s',
    async (name, reader) => {
      const opinion = await withFile(genuine.text, genuine.root.der, reader.read);
      if (opinion === 'not installed') console.warn(`${name} is not installed: not asked`);
      else expect(opinion).toBe('accepted');
    },
  );
});

describe('a certificate with one letter changed', () => {
  const altered = genuine.text.replace('/Type /Catalog', '/Type /Katalog');
  const readersOfSignatures = readers.filter(({ says }) => says === 'signature');
  test.each(readersOfSignatures.map((reader) => [reader.name, reader] as const))(
    'is refused by %s, so that its acceptance means something',
    async (name, reader) => {
      const opinion = await withFile(altered, genuine.root.der, reader.read);
      if (opinion === 'not installed') console.warn(`${name} is not installed: not asked`);
      else expect(opinion).toBe('refused');
    },
  );
});
