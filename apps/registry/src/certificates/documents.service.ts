import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';
import { type Certificate, type CertificateType, encodeQrPayload, qrKeyId } from '@mandate/certificate';
import {
  type CertificateFonts,
  CertificatePdfError,
  renderCertificate,
  SEAL_RECT,
  SUBSET_OPTIONS,
} from '@mandate/certificate-pdf';
import { canonicalBytes, describeTextFault, encodeHex, findTextFault, sha256 } from '@mandate/encoding';
import { signPdf } from '@mandate/signature';
import subsetFont from 'subset-font';
import { Config } from '../config/config.ts';
import { KeysService } from '../keys/keys.service.ts';
import { CertificateError } from './certificates.errors.ts';
import { shapeWords } from './shape-words.ts';

export interface SignedDocument {
  readonly pdf: Uint8Array;
  /** SHA-256 over the two signed ranges */
  readonly documentDigest: Uint8Array;
  /** SHA-256 of the certificate whose key signed, hex */
  readonly key: string;
}

const require = createRequire(import.meta.url);

/** Certificate → signed PDF. */
@Injectable()
export class DocumentsService {
  private fonts: Promise<CertificateFonts> | undefined;

  constructor(
    private readonly keys: KeysService,
    private readonly config: Config,
  ) {}

  /**
   * @param keys SHA-256 of the certificates that may sign for the organ, the newest first
   * @throws CertificateError `unprintable` when the page cannot hold or show the text, or not all of it could be seen
   * @throws KeyError
   */
  async drawAndSign({
    certificate,
    type,
    keys,
  }: {
    readonly certificate: Certificate;
    readonly type: CertificateType;
    readonly keys: readonly string[];
  }): Promise<SignedDocument> {
    requirePlainText(certificate);
    const { fingerprint: key, ...signer } = await this.keys.organSigner(certificate.issuer.organ, keys);
    const now = new Date();
    const page = await this.draw(certificate, type, now);
    const [left, bottom, right, top] = SEAL_RECT;
    const signed = await signPdf(page, {
      signer,
      signedAt: now,
      name: certificate.issuer.name,
      widget: { page: 0, x: left, y: bottom, width: right - left, height: top - bottom },
    });
    return { ...signed, key };
  }

  private async draw(certificate: Certificate, type: CertificateType, now: Date): Promise<Uint8Array> {
    this.fonts ??= readFonts(this.config.certificateFonts);
    try {
      return await renderCertificate(certificate, {
        type,
        fonts: await this.fonts,
        subset: async (font, text) =>
          subsetFont(Buffer.from(font.buffer, font.byteOffset, font.length), text, SUBSET_OPTIONS),
        shape: shapeWords,
        qr: await this.qrCode(certificate),
        checkAddress: `${this.config.publicUrl}/verify/`,
        now,
      });
    } catch (error) {
      if (!(error instanceof CertificatePdfError)) throw error;
      if (error.code === 'missing-glyph')
        throw new CertificateError('unprintable', `${error.message}${FONT_ADVICE}`, { cause: error });
      if (error.code === 'text-too-long')
        throw new CertificateError('unprintable', error.message, { cause: error });
      // The registry's own fonts are tested; one of these is damaged, or no TrueType behind its name.
      if (error.code === 'bad-font' && this.config.certificateFonts.length > 0)
        throw new CertificateError(
          'unprintable',
          `${error.message}${this.config.certificateFonts.join('、')}`,
          {
            cause: error,
          },
        );
      throw error;
    }
  }

  private async qrCode(certificate: Certificate): Promise<string> {
    const key = await this.keys.registryKey('qr');
    const claim = {
      identifier: certificate.identifier,
      validFrom: certificate.validFrom,
      validUntil: certificate.validUntil,
      statusIndex: certificate.status.index,
      dataDigest: encodeHex(sha256(canonicalBytes(certificate))),
      keyId: qrKeyId(sha256(key.publicKey)),
    };
    return encodeQrPayload(claim, this.config.publicUrl, (message) => key.sign(message));
  }
}

/** The last look before a signature: the names come out of lists and files as well as from officials. */
function requirePlainText({ number, type, issuer, holder, face, mandate }: Certificate): void {
  const texts = [number, type.name, issuer.name, holder.name, holder.code, mandate.name];
  for (const text of [...texts, ...face.flatMap(({ label, value }) => [label, value])]) {
    const found = findTextFault(text, { lines: true });
    if (found !== undefined)
      throw new CertificateError('unprintable', `证照上的文字有误，未签发：${describeTextFault(found)}。`);
  }
}

/** What an administrator can do, docs/operations/settings.md. */
const FONT_ADVICE =
  '管理员：把含有这些字的 TrueType 字体（.ttf）的路径写进 MANDATE_CERTIFICATE_FONTS（多个用逗号隔开），重启登记簿后再签发。';

async function readFonts(more: readonly string[]): Promise<CertificateFonts> {
  const read = (name: string) => readFile(require.resolve(`@expo-google-fonts/${name}`));
  const [sans, serif, serifBold, ...rare] = await Promise.all([
    read('noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
    read('noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
    read('noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'),
    ...more.map((path) => readFile(path)),
  ]);
  return { sans, serif, serifBold, rare };
}
