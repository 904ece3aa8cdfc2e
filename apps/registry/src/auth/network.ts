import { isIP } from 'node:net';

/** Where the command line signs in from: whoever is there has a shell on the machine. */
export const CONSOLE = 'console';

/**
 * What counts as one place of an address: an IPv4 address itself; of IPv6 the /64, of which every household has 2^64
 * addresses to guess from.
 * @param address undefined at the command line
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return CONSOLE;
  const [bare = ''] = address.split('%');
  switch (isIP(bare)) {
    case 4:
      return bare;
    case 6:
      return networkOfIpv6(bare);
    default:
      return 'unknown';
  }
}

function networkOfIpv6(address: string): string {
  // The parser of URLs writes every address in its one form (RFC 5952), an IPv4 tail as two groups.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string | undefined) => (text ?? '').split(':').filter((group) => group !== '');
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const all = [...before, ...zeros, ...after];
  const mapped = all.slice(0, 5).every((group) => group === '0') && all[5] === 'ffff';
  if (!mapped) return `${all.slice(0, 4).join(':')}::/64`;
  return all
    .slice(6)
    .flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff])
    .join('.');
}
