import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.ts';
import { readOrCreate } from '../keys/key-files.ts';
import type { CounterKind } from './sign-in-delay.ts';

const KEY_BYTES = 32;
/** 65,536 of each kind, however many logins and addresses a stranger thinks of. */
const BUCKET_HEX_DIGITS = 4;

/** Whose sign-in is counted: of a login that nobody has only the login is known. */
export interface CountedSignIn {
  readonly login: string;
  readonly network: string;
  readonly account: { readonly id: string; readonly lockEpoch: number } | undefined;
  /** from where the account has signed in before; undefined from anywhere else */
  readonly place: string | undefined;
}

/**
 * Keys of the counters of sign-ins. That of a stranger is a few digits of a keyed hash: people type passwords where the login
 * goes, and neither they nor logins nor addresses can be read from it; the table cannot grow; nobody can choose whom to
 * share a counter with.
 */
@Injectable()
export class SignInKeys {
  private secret: Promise<Uint8Array> | undefined;

  constructor(private readonly config: Config) {}

  async of({ login, network, account, place }: CountedSignIn): Promise<readonly string[]> {
    if (account !== undefined && place !== undefined) return [`place:${account.id}:${place}`];
    const epoch = (account?.lockEpoch ?? 0).toString();
    return Promise.all([
      this.bucket('account', epoch, login),
      this.ofNetwork(network),
      this.bucket('pair', epoch, network, login),
    ]);
  }

  async ofNetwork(network: string): Promise<string> {
    return this.bucket('network', network);
  }

  private async bucket(kind: CounterKind, ...of: readonly string[]): Promise<string> {
    // Not in the database: whoever copies it cannot try logins on the keys.
    this.secret ??= readOrCreate(join(this.config.dataDir, 'keys', 'sign-in.key'), () =>
      Promise.resolve(randomBytes(KEY_BYTES)),
    ).catch((error: unknown) => {
      this.secret = undefined;
      throw error;
    });
    const hash = createHmac('sha256', await this.secret).update(JSON.stringify([kind, ...of]));
    return `${kind}:${hash.digest('hex').slice(0, BUCKET_HEX_DIGITS)}`;
  }
}
