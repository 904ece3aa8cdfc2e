import { isIP } from 'node:net';

/** Parts between commas, without the spaces around them. */
export function parseList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const HOPS = /^[1-9]$/;

/** The first part of a list of trusted proxies that is neither address nor CIDR; a number of hops stands alone. */
export function findBadTrust(text: string): string | undefined {
  if (HOPS.test(text.trim())) return undefined;
  return parseList(text).find((part) => !isAddressOrRange(part));
}

/** Of whom X-Forwarded-* is believed: a number of hops, or addresses. */
export function trustedProxies(text: string | undefined): number | readonly string[] | undefined {
  if (text === undefined) return undefined;
  return HOPS.test(text.trim()) ? Number(text) : parseList(text);
}

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  // «/0» trusts everybody: then anyone chooses the address under which he is locked out and logged.
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
