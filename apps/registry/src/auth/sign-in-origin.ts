import { createHash, randomBytes } from 'node:crypto';
import { CONSOLE, networkOf } from './network.ts';

/** From where somebody signs in. */
export interface SignInOrigin {
  /** see `networkOf` */
  readonly network: string;
  /** the token by which a browser shows that somebody signed in with it before */
  readonly device: string | undefined;
}

/** The command line: whoever is there has a shell on the machine. */
export const AT_THE_CONSOLE: SignInOrigin = { network: CONSOLE, device: undefined };

/** @param address of the client; a socket of the file system has none @param device token of its cookie */
export function signInOrigin(address: string | undefined, device: string | undefined): SignInOrigin {
  return { network: networkOf(address ?? ''), device };
}

export function newDevice(): string {
  return randomBytes(32).toString('base64url');
}

/** As `sign_in_place` keeps it: a copy of the table is nobody's browser. */
export function devicePlace(device: string): string {
  return `device:${createHash('sha256').update(device).digest('hex')}`;
}

/** The places of an origin, the one that only this person can be at first. */
export function placesOf({ network, device }: SignInOrigin): readonly string[] {
  return [...(device === undefined ? [] : [devicePlace(device)]), `network:${network}`];
}
