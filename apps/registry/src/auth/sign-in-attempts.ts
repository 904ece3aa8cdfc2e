import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Config } from '../config/config.ts';
import { Account } from './account.entity.ts';
import { normalizedLogin } from './account-rows.ts';
import { CONSOLE } from './network.ts';
import type { CountedSignIn } from './sign-in-keys.ts';
import { newDevice, placesOf, type SignInOrigin } from './sign-in-origin.ts';
import { SignInPlace } from './sign-in-place.entity.ts';

const KNOWN_FOR = `interval '180 days'`;
/** of browsers, and of networks */
const PLACES_OF_AN_ACCOUNT = 20;

export interface SignInAttempt extends CountedSignIn {
  /** undefined where nobody may sign in as it: there is none, it is disabled, or a demo's outside the demo */
  readonly account: Account | undefined;
  /** whether there is such an account at all */
  readonly listed: boolean;
  readonly origin: SignInOrigin;
}

/** Who tries to sign in, and whether the account has signed in from there before. */
@Injectable()
export class SignInAttempts {
  constructor(
    private readonly source: DataSource,
    private readonly config: Config,
  ) {}

  /** The same statements, whether or not there is such an account. */
  async begin(typed: string, origin: SignInOrigin): Promise<SignInAttempt> {
    const login = normalizedLogin(typed);
    const found = await this.source.getRepository(Account).findOneBy({ login });
    const known = await this.source.query<{ place: string }[]>(
      `SELECT place FROM sign_in_place
       WHERE account_id = (SELECT id FROM account WHERE login = $1) AND place = ANY($2)
         AND seen_at > now() - ${KNOWN_FOR}`,
      [login, placesOf(origin)],
    );
    const account = found !== null && this.isOpen(found) ? found : undefined;
    const place = placesOf(origin).find((one) => known.some((row) => row.place === one));
    return { login, network: origin.network, origin, account, listed: found !== null, place };
  }

  /** Whether anybody may act as it. */
  isOpen(account: Account): boolean {
    return account.disabledAt === null && (!account.demo || this.config.demo);
  }

  /** The account has signed in from there. @returns the token by which its browser is known; none at the command line */
  async remember(
    tx: EntityManager,
    account: Account,
    { origin, place }: SignInAttempt,
  ): Promise<string | undefined> {
    // One that somebody else put into the browser is never taken over.
    const device = place?.startsWith('device:') === true ? origin.device : undefined;
    const kept = device ?? (origin.network === CONSOLE ? undefined : newDevice());
    for (const known of placesOf({ network: origin.network, device: kept }))
      await tx
        .getRepository(SignInPlace)
        .upsert({ accountId: account.id, place: known, seenAt: new Date() }, ['accountId', 'place']);
    for (const kind of ['device:', 'network:'])
      await tx.query(
        `DELETE FROM sign_in_place WHERE account_id = $1 AND starts_with(place, $2) AND place NOT IN (
           SELECT place FROM sign_in_place WHERE account_id = $1 AND starts_with(place, $2)
           ORDER BY seen_at DESC, place LIMIT $3)`,
        [account.id, kind, PLACES_OF_AN_ACCOUNT],
      );
    return kept;
  }
}

/** Whoever signed in as it until now may not have been its owner. */
export async function forgetPlaces(tx: EntityManager, account: Account): Promise<void> {
  await tx.getRepository(SignInPlace).delete({ accountId: account.id });
}
