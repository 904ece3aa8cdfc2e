import { readSignedPdf, SignatureError } from '@mandate/signature';
import { serveJobs } from '../../apps/registry/src/runtime/serve-jobs.ts';

serveJobs(
  {
    read: async function* (input) {
      // ReadDamaged gives it.
      yield (await readSignedPdf(input as Uint8Array)).documentDigest.length;
    },
  },
  (error): error is SignatureError => error instanceof SignatureError,
);
