import { serveJobs } from '../../apps/registry/src/runtime/serve-jobs.ts';

const MIB = 2 ** 20;

/** Jobs that keep no limit. Nothing in them waits: no message reaches the process once it has begun. */
serveJobs(
  {
    echo: (input) => [input],
    environment: () => [{ ...process.env }],
    /** never comes back */
    spin: () => {
      for (;;);
    },
    /** fills the heap of V8 */
    objects: () => {
      const kept: object[] = [];
      for (;;) kept.push({ kept: [1, 2, 3] });
    },
    /** fills memory that V8 does not count */
    bytes: () => {
      const kept: Uint8Array[] = [];
      for (;;) kept.push(new Uint8Array(64 * MIB).fill(1));
    },
    /** asks for more at once than a watch could see in time */
    one: () => [new Uint8Array(20_000 * MIB).fill(1).length],
    /** a fault of ours */
    fault: () => {
      throw new Error('a fault');
    },
  },
  (error): error is Error & { readonly code: string } => error instanceof Error && 'code' in error,
);
