import { randomInt } from 'node:crypto';
import { issuerCode } from '@mandate/certificate';
import { formatCertificateIdentifier } from '@mandate/codes';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
// 36^16 is more than 2^82: identifiers cannot be walked (formats §4.1 asks for 80 bits).
const SERIAL_LENGTH = 16;

/** A new identifier (GB/T 36904), its serial random. */
export function newCertificateIdentifier(typeCode: string, organ: string): string {
  const serial = Array.from({ length: SERIAL_LENGTH }, () => DIGITS.charAt(randomInt(DIGITS.length))).join(
    '',
  );
  return formatCertificateIdentifier({ type: typeCode, issuer: issuerCode(organ), serial, version: '001' });
}
