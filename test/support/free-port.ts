import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below what systems give by themselves (Linux from 32768, others from 49152): a port of theirs that is free now is
// given to any other test's connection before our program comes to listen on it.
const [LOWEST, HIGHEST] = [12_000, 32_000];

/** A port on which nobody listens, for a program that can only be told its port. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
