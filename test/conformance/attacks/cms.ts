import { X509Certificate } from 'node:crypto';
import { makeCertificate } from '../../support/test-authority.ts';
import { attribute, attributes, makeCms, proofAttribute, tlv, type CmsRecipe } from '../cms-recipe.ts';
import { contentsOf } from '../pdf-text.ts';
import { contentOf, fillContents, PROOF, resign, type Attack, type Victim } from '../victim.ts';

const otherContent = new TextEncoder().encode('another document');
/** Not even the organ's own key makes these pass. */
function byOrgan(name: string, change: (victim: Victim, content: Uint8Array) => Partial<CmsRecipe>): Attack {
  return {
    name,
    code: 'altered',
    forge: (victim) =>
      resign(victim.text, {
        signer: victim.organ,
        recipe: change(victim, contentOf(victim.text)),
      }),
  };
}

function withCms(name: string, change: (cms: string) => string): Attack {
  return {
    name,
    code: 'altered',
    forge: ({ text, organ }) =>
      fillContents(
        text,
        change(makeCms({ content: contentOf(text), signer: organ, certificates: [organ.der] })),
      ),
  };
}

function withDigits(name: string, change: (digits: string) => string): Attack {
  return {
    name,
    code: 'altered',
    forge: ({ text }) => {
      const { start, end } = contentsOf(text);
      return text.slice(0, start) + change(text.slice(start, end)) + text.slice(end);
    },
  };
}

/** A certificate with the issuer and the serial number of the organ's, over another key. */
function twinOf({ organ, attacker }: Victim): Uint8Array {
  const { serialNumber } = new X509Certificate(organ.der);
  return makeCertificate({
    name: organ.recipe.name,
    issuer: attacker.root,
    serialNumber: `00${serialNumber}`,
  }).der;
}

const { contentType, messageDigest, signingCertificate, signingTime } = attributes;

export const cms: readonly Attack[] = [
  byOrgan('no signed attributes', () => ({ attributes: false })),
  byOrgan('the message digest of another document', ({ organ }) => ({
    attributes: [contentType(), messageDigest(otherContent), signingCertificate(organ.der)],
  })),
  byOrgan('no content type', ({ organ }, content) => ({
    attributes: [messageDigest(content), signingCertificate(organ.der)],
  })),
  byOrgan('no signing-certificate-v2', (_, content) => ({
    attributes: [contentType(), messageDigest(content)],
  })),
  byOrgan('the signing-certificate-v2 of another certificate', ({ root }, content) => ({
    attributes: [contentType(), messageDigest(content), signingCertificate(root.der)],
  })),
  byOrgan('a signing time beside /M', ({ organ }, content) => ({
    attributes: [contentType(), messageDigest(content), signingCertificate(organ.der), signingTime()],
  })),
  byOrgan('two message digests', ({ organ }, content) => ({
    attributes: [
      contentType(),
      messageDigest(content),
      messageDigest(otherContent),
      signingCertificate(organ.der),
    ],
  })),
  byOrgan('signed attributes out of order', ({ organ }, content) => ({
    attributes: [signingCertificate(organ.der), messageDigest(content), contentType()],
    unsorted: true,
  })),
  byOrgan('two SignerInfos', () => ({ copies: 2 })),
  byOrgan('no SignerInfo', () => ({ copies: 0 })),
  byOrgan('a swapped certificate with the same issuer and serial number', (victim) => ({
    certificates: [twinOf(victim)],
  })),
  byOrgan('a second certificate with the same issuer and serial number', (victim) => ({
    certificates: [victim.organ.der, twinOf(victim)],
  })),
  byOrgan('a weak digest', () => ({ digest: 'sha1' })),
  byOrgan('the content inside the CMS', () => ({ embedContent: true })),
  byOrgan('no certificate of the signer', ({ root }) => ({ certificates: [root.der] })),
  byOrgan('no certificates', () => ({ certificates: [] })),
  byOrgan('a certificate that belongs to no chain', ({ organ, attacker }) => ({
    certificates: [organ.der, attacker.organ.der],
  })),
  byOrgan('a root, which nothing would hold', ({ organ, root }) => ({
    certificates: [organ.der, root.der],
  })),
  byOrgan('an issuer of the same name with another key', ({ organ, attacker, root }) => ({
    certificates: [
      organ.der,
      makeCertificate({ name: root.recipe.name, issuer: attacker.organ, authority: true }).der,
    ],
  })),
  byOrgan('an unsigned attribute nobody knows', () => ({ unsigned: [signingTime()] })),
  byOrgan('two stapled proofs', () => ({ unsigned: [proofAttribute(PROOF), proofAttribute(PROOF)] })),
  byOrgan('a stapled proof with a second value', () => ({
    unsigned: [proofAttribute(PROOF, PROOF)],
  })),
  byOrgan('an empty set of unsigned attributes', () => ({ unsigned: [] })),
  byOrgan('a signature by the attacker under the organ’s certificate', ({ organ, attacker }) => ({
    signer: { ...organ, privateKey: attacker.organ.privateKey },
  })),
  withCms('DER after the end of the CMS', (der) => der + attribute('signingTime')),
  withCms('DER after the end of the SignedData', (der) => tlv(0x30, der.slice(4), tlv(0x05))),
  withCms('an indefinite length', (der) => `\x30\x80${der.slice(4)}\0\0`),
  withCms('a length that is not the shortest', (der) => `\x30\x83\0${der.slice(2)}`),
  withCms('nesting 10,000 deep', () => '\x30\x80'.repeat(8_000)),
  withCms('nesting as deep as the room allows', () => {
    let nested = '';
    while (nested.length < 16_000) nested = tlv(0x30, nested);
    return nested;
  }),
  withCms('a length beyond the room', (der) => `\x30\x82\xff\xff${der.slice(4)}`),
  withCms('a length of four gigabytes', (der) => `\x30\x84\xff\xff\xff\xff${der.slice(4)}`),
  withCms('a CMS of another kind', (der) => der.replace('\x01\x07\x02', '\x01\x07\x01')),
  withCms('a single zero', () => '\0'),
  withDigits('padding that is not zeros', (digits) => `${digits.slice(0, -2)}1>`),
  withDigits('upper-case digits', (digits) => digits.toUpperCase()),
];
