import { AuthError } from './auth.errors.ts';

/** Who waits: `known` for a browser with which this account has signed in before; they come first. */
export interface Waiter {
  readonly known: boolean;
  /** of one network only so many wait at a time */
  readonly network: string;
}

interface Limits {
  /** how many hash at once: each holds 19 MiB and one of the four threads that also read files */
  readonly atOnce: number;
  /** how many wait, known and unknown apart */
  readonly waiting: number;
  readonly waitingOfNetwork: number;
}

const LIMITS: Limits = { atOnce: 2, waiting: 128, waitingOfNetwork: 32 };
const RETRY_SECONDS = 2;

/**
 * Passwords are expensive to check on purpose. A flood of sign-ins waits in a short line of its own, and the rest is told to
 * come back; strangers fill their line, not that of the officials.
 */
export class HashGate {
  private running = 0;
  private readonly known: (() => void)[] = [];
  private readonly unknown: (() => void)[] = [];
  private readonly ofNetwork = new Map<string, number>();

  constructor(private readonly limits: Limits = LIMITS) {}

  /**
   * Never inside a transaction: what runs in here asks for a connection, and would wait for those who wait for it.
   * @throws AuthError `busy` where the line is full
   */
  async pass<T>(waiter: Waiter, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.atOnce) await this.wait(waiter);
    else this.running += 1;
    try {
      return await work();
    } finally {
      // Handed over to the next, or free.
      const next = this.known.shift() ?? this.unknown.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }

  private async wait({ known, network }: Waiter): Promise<void> {
    const line = known ? this.known : this.unknown;
    const key = `${known ? 'known' : 'unknown'} ${network}`;
    const others = this.ofNetwork.get(key) ?? 0;
    if (line.length >= this.limits.waiting || others >= this.limits.waitingOfNetwork)
      throw new AuthError('busy', '现在登录的人太多，请稍后再试。', RETRY_SECONDS);
    this.ofNetwork.set(key, others + 1);
    await new Promise<void>((resolve) => line.push(resolve));
    const left = (this.ofNetwork.get(key) ?? 1) - 1;
    if (left === 0) this.ofNetwork.delete(key);
    else this.ofNetwork.set(key, left);
  }
}
