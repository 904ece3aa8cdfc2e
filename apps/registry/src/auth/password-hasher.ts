import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { HashGate, type Waiter } from './hash-gate.ts';
import { CONSOLE } from './network.ts';
import { normalizedPassword, requireStrongPassword } from './password-rules.ts';

// OWASP's second recommendation for argon2id: 19 MiB, 2 passes, 1 lane. The algorithm is the library's default.
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Of random bytes, with the same parameters: what is compared where there is no such account, so that an unknown login takes as
 * long as a wrong password. It opens nothing, whatever was hashed.
 */
export const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$/jFzquBaf3O1QPv/6JV/JA$tv+cwQ7EgFrx9awirrrYRQHatdQn0wH3rRH1rEZ7HG0';

/** Whoever sets a password has shown who he is, or has a shell. */
const SETTER: Waiter = { known: true, network: CONSOLE };

/** The only place where passwords are hashed and compared, a few at a time. */
@Injectable()
export class PasswordHasher {
  /** how often a password was compared since the start, also with the decoy */
  compared = 0;
  private readonly gate = new HashGate();

  /** @throws AuthError `weak-password` | `busy` */
  async hashChosen(
    password: string,
    owner: { readonly login: string; readonly displayName: string },
  ): Promise<string> {
    requireStrongPassword(password, owner);
    return this.hash(password);
  }

  /** Of a password that nobody chose: a demo's, which is random. @throws AuthError `busy` */
  async hash(password: string): Promise<string> {
    return this.gate.pass(SETTER, () => hash(normalizedPassword(password), ARGON2));
  }

  /** Of a password that nobody knows: takes as long to compare with as any. @throws AuthError `busy` */
  async hashOfNobody(): Promise<string> {
    return this.hash(randomBytes(32).toString('base64'));
  }

  /**
   * Whether this is the password, once `admit` lets it be looked at.
   * @param known hash of the account's password; of an account that is not there undefined, which takes as long
   * @throws AuthError `busy`, or what `admit` throws
   */
  async matches<T>(
    password: string,
    known: string | undefined,
    waiter: Waiter,
    admit: () => Promise<T>,
  ): Promise<{ right: boolean; admitted: T }> {
    return this.gate.pass(waiter, async () => {
      const admitted = await admit();
      const right = await this.compare(known ?? DECOY, password);
      return { right: right && known !== undefined, admitted };
    });
  }

  private async compare(expected: string, password: string): Promise<boolean> {
    this.compared += 1;
    return verify(expected, normalizedPassword(password));
  }
}
