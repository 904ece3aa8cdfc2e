/**
 * The 18 places that name the issuer in a certificate identifier (GB/T 36904): the organ's USCC; for a provisional organ
 * key `o-` + 16 the same 16 in upper case behind `O0`. No USCC holds the letter O, so the two never meet.
 */
export function issuerCode(organ: string): string {
  // eslint-disable-next-line mandate/contract -- the contract is built on certificates, not the other way round
  return organ.startsWith('o-') ? `O0${organ.slice(2).toUpperCase()}` : organ;
}
