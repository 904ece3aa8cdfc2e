// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- an ambient declaration has nothing to import
/// <reference path="../../apps/registry/src/certificates/subset-font.d.ts" />
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Certificate, CertificateType } from '@mandate/certificate';
import {
  renderCertificate,
  SUBSET_OPTIONS,
  type CertificateFonts,
  type RenderOptions,
} from '@mandate/certificate-pdf';
import { formatCertificateIdentifier } from '@mandate/codes';
import { blobName, canonicalBytes, encodeBase32, sha256, utf8 } from '@mandate/encoding';
import subsetFont from 'subset-font';
import { shapeWords } from '../../apps/registry/src/certificates/shape-words.ts';

const ORGAN = '11430000006122244L';
const require = createRequire(import.meta.url);

export async function font(family: string, file: string): Promise<Uint8Array> {
  return readFile(require.resolve(`@expo-google-fonts/${family}/${file}`));
}

let loaded: Promise<CertificateFonts> | undefined;

export function pageFonts(): Promise<CertificateFonts> {
  loaded ??= Promise.all([
    font('noto-sans-sc', '400Regular/NotoSansSC_400Regular.ttf'),
    font('noto-serif-sc', '400Regular/NotoSerifSC_400Regular.ttf'),
    font('noto-serif-sc', '700Bold/NotoSerifSC_700Bold.ttf'),
  ]).then(([sans, serif, serifBold]) => ({ sans, serif, serifBold }));
  return loaded;
}

export async function subset(bytes: Uint8Array, text: string): Promise<Uint8Array> {
  return subsetFont(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), text, SUBSET_OPTIONS);
}

export const shape = shapeWords;

export const sampleType: CertificateType = {
  schema: 'certificate-type/1',
  code: '11100000000013338W011',
  name: '食品经营许可证',
  mandate: { category: '01', itemNames: ['食品经营许可'] },
  faceFields: [{ name: 'KZ_JYCS', label: '经营场所', required: true, maxLength: 100 }],
  statement: '经审查，符合食品经营许可条件，准予按照下列范围从事食品经营活动。',
  validityYears: 5,
  sample: true,
};

/** A certificate of a small shop; `changes` on top. */
export function sampleCertificate(
  changes: Partial<Certificate> = {},
  type: CertificateType = sampleType,
): Certificate {
  return {
    schema: 'certificate/1',
    identifier: formatCertificateIdentifier({
      type: type.code,
      issuer: ORGAN,
      serial: '7Q2M9X4K1Z8T5B3C',
      version: '001',
    }),
    number: 'JY14301020012345',
    type: { code: type.code, name: type.name, blob: blobName(canonicalBytes(type)) },
    issuer: { organ: ORGAN, name: '示例市市场监督管理局' },
    holder: { name: '示例市晨光小吃店', code: '92430102MA4L2Q7X6P', codeType: '001' },
    issueDate: '2026-03-18',
    validFrom: '2026-03-18',
    validUntil: '2031-03-17',
    face: [
      { name: 'KZ_JYCS', label: '经营场所', value: '示例市示例区和平路18号一层' },
      { name: 'KZ_ZTYT', label: '主体业态', value: '餐饮服务经营者（小型餐饮）' },
      {
        name: 'KZ_JYXM',
        label: '经营项目',
        value: '热食类食品制售；冷食类食品制售（含冷荤类）；自制饮品制售',
      },
    ],
    mandate: { key: `${ORGAN}.00017`, name: '食品经营许可', category: '01', entry: '{}', proof: 'proof' },
    salt: '5a'.repeat(32),
    status: { list: 'https://mandate.example/data/status/revocation-1.json', index: 4711 },
    sample: true,
    ...changes,
  };
}

/** As long as the real ones are: about 190 bytes of payload. */
export const SAMPLE_QR = `HTTPS://MANDATE.EXAMPLE/V/#${encodeBase32(
  new Uint8Array(['a', 'b', 'c', 'd', 'e', 'f'].flatMap((part) => [...sha256(utf8(part))])),
)}`;

export async function renderSample(
  changes: Partial<Certificate> = {},
  options: Partial<RenderOptions> = {},
): Promise<Uint8Array> {
  const type = options.type ?? sampleType;
  return renderCertificate(sampleCertificate(changes, type), {
    type,
    fonts: await pageFonts(),
    subset,
    shape,
    qr: SAMPLE_QR,
    checkAddress: 'https://mandate.example/v/',
    now: new Date('2026-03-18T02:00:00Z'),
    ...options,
  });
}
