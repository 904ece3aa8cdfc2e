import { CodeError } from './errors.ts';

/** GB/T 36904: the parts of `1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check>`. */
export interface CertificateIdentifier {
  /** USCC of the organ that defined the type, 18, then 3 digits */
  readonly type: string;
  /** USCC of the issuer, 18; old data carries a 6-digit region code */
  readonly issuer: string;
  readonly serial: string;
  /** 3 digits, from 001 */
  readonly version: string;
}

const ROOT = '1.2.156.3005.2';
const CHARS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const FORM =
  /^1\.2\.156\.3005\.2\.([0-9A-Z]{18}\d{3})\.([0-9A-Z]{18}|\d{6})\.([0-9A-Z]+)\.(\d{3})\.([0-9A-Z])$/;

/** The check character: ISO/IEC 7064 MOD 37,36 over the four parts without dots. */
export function certificateIdentifierCheck(id: CertificateIdentifier): string {
  let p = 36;
  for (const char of id.type + id.issuer + id.serial + id.version) {
    p = (p + CHARS.indexOf(char)) % 36 || 36;
    p = (p * 2) % 37;
  }
  return CHARS.charAt((37 - p) % 36);
}

export function formatCertificateIdentifier(id: CertificateIdentifier): string {
  const text = `${ROOT}.${id.type}.${id.issuer}.${id.serial}.${id.version}.${certificateIdentifierCheck(id)}`;
  parseCertificateIdentifier(text);
  return text;
}

/** @throws CodeError `invalid-certificate-identifier` for another form or a wrong check character. */
export function parseCertificateIdentifier(text: string): CertificateIdentifier {
  const [, type, issuer, serial, version, check] = FORM.exec(text) ?? [];
  if (!type || !issuer || !serial || !version) {
    throw new CodeError('invalid-certificate-identifier', `不是证照标识（GB/T 36904）：${text}`);
  }
  const id = { type, issuer, serial, version };
  if (certificateIdentifierCheck(id) !== check) {
    throw new CodeError('invalid-certificate-identifier', `证照标识的校验位不符：${text}`);
  }
  return id;
}
