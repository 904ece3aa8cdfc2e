import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { AuthError } from './auth.errors.ts';
import { type CounterKind, DELAY_RULES, delaySeconds } from './sign-in-delay.ts';
import { type CountedSignIn, SignInKeys } from './sign-in-keys.ts';

const FORGOTTEN = `interval '24 hours'`;
const SWEPT_AT_ONCE = 200;

interface Counted {
  readonly key: string;
  readonly failures: number;
  /** still to wait; 0 for not at all */
  readonly seconds: number;
}

/**
 * Refused sign-ins, in the database, for all processes.
 */
@Injectable()
export class SignInCounters {
  constructor(
    private readonly source: DataSource,
    private readonly keys: SignInKeys,
  ) {}

  /**
   * Counts the attempt as refused before anybody looks at the password: of a hundred at the same moment the sixth is refused.
   * `settle` takes it back.
   * @returns how often it was refused, this time included
   * @throws AuthError `locked`, without counting
   */
  async admit(attempt: CountedSignIn): Promise<number> {
    const keys = await this.keys.of(attempt);
    return inTransaction(this.source, async (tx) => {
      const counters = await this.lock(tx, keys);
      const seconds = Math.max(...counters.map((counter) => counter.seconds));
      if (seconds > 0) throw lockedFor(seconds);
      const failures = counters.map((counter) => counter.failures + 1);
      await tx.query(
        `UPDATE sign_in_counter c SET failures = w.failures, failed_at = now(),
           blocked_until = CASE WHEN w.seconds > 0 THEN now() + make_interval(secs => w.seconds) END
         FROM unnest($1::text[], $2::integer[], $3::integer[]) w (key, failures, seconds) WHERE c.key = w.key`,
        [
          counters.map(({ key }) => key),
          failures,
          counters.map(({ key }, at) => delaySeconds(kindOf(key), failures[at] ?? 0)),
        ],
      );
      return Math.max(...counters.filter(({ key }) => /^p/.test(key)).map((counter) => counter.failures)) + 1;
    });
  }

  /** The attempt was the right person's: it is taken back, and what stood against him from there. */
  async settle(tx: EntityManager, attempt: CountedSignIn): Promise<void> {
    const keys = await this.keys.of(attempt);
    const counters = await this.lock(tx, keys);
    for (const { key, failures } of counters) {
      const kind = kindOf(key);
      if (kind === 'place' || kind === 'pair' || failures <= 1)
        await tx.query('DELETE FROM sign_in_counter WHERE key = $1', [key]);
      // Others' refusals stay: whoever has an account of his own would wipe away his guesses at the others.
      else
        await tx.query(
          `UPDATE sign_in_counter SET failures = failures - 1,
             blocked_until = CASE WHEN failures - 1 < $2 THEN NULL ELSE blocked_until END WHERE key = $1`,
          [key, DELAY_RULES[kind].free],
        );
    }
  }

  /** Where the account has signed in before nothing stands against it any more. Elsewhere see `account.lock_epoch`. */
  async clear(tx: EntityManager, account: { readonly id: string }): Promise<void> {
    await tx.query('DELETE FROM sign_in_counter WHERE starts_with(key, $1)', [`place:${account.id}:`]);
  }

  async clearNetwork(tx: EntityManager, network: string): Promise<void> {
    await tx.query('DELETE FROM sign_in_counter WHERE key = $1', [await this.keys.ofNetwork(network)]);
  }

  /** How many refusals were told to the ledger within the hour, this one included. */
  async told(tx: EntityManager): Promise<number> {
    const [row] = await tx.query<{ failures: number }[]>(
      `INSERT INTO sign_in_counter AS c (key, failures) VALUES ('told', 1) ON CONFLICT (key) DO UPDATE SET
         failures = CASE WHEN c.failed_at < now() - interval '1 hour' THEN 1 ELSE c.failures + 1 END,
         failed_at = CASE WHEN c.failed_at < now() - interval '1 hour' THEN now() ELSE c.failed_at END
       RETURNING failures`,
    );
    return row?.failures ?? 1;
  }

  /** Forgets what is a day old, some at a time. */
  async sweep(): Promise<void> {
    await this.source.query(
      `DELETE FROM sign_in_counter WHERE key IN (
         SELECT key FROM sign_in_counter WHERE failed_at < now() - ${FORGOTTEN}
         ORDER BY failed_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [SWEPT_AT_ONCE],
    );
  }

  /** The rows, made where there were none, in one order for everybody, so that two who count the same do not wait for each other. */
  private async lock(tx: EntityManager, keys: readonly string[]): Promise<readonly Counted[]> {
    return tx.query<Counted[]>(
      `INSERT INTO sign_in_counter AS c (key, failures) SELECT key, 0 FROM unnest($1::text[]) key ORDER BY key
       ON CONFLICT (key) DO UPDATE SET failures = CASE WHEN c.failed_at < now() - ${FORGOTTEN} THEN 0 ELSE c.failures END
       RETURNING key, failures,
         ceil(greatest(0, coalesce(date_part('epoch', blocked_until - now()), 0)))::integer AS seconds`,
      [[...keys].sort()],
    );
  }
}

function kindOf(key: string): Exclude<CounterKind, 'told'> {
  const [kind = ''] = key.split(':');
  // Made by `SignInKeys`, of these kinds only.
  return kind as Exclude<CounterKind, 'told'>;
}

function lockedFor(seconds: number): AuthError {
  const wait = seconds < 90 ? `${seconds.toString()} 秒` : `${Math.ceil(seconds / 60).toString()} 分钟`;
  return new AuthError(
    'locked',
    `连续输错多次，请 ${wait}后再试；在以前登录过的电脑上不受别人输错的影响。急用请找登记簿管理员解除。`,
    seconds,
  );
}
