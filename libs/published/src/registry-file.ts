import { canonicalBytes } from '@mandate/encoding';
import * as z from 'zod';
import { parseAs } from './reading.ts';

const LogStateSchema = z.strictObject({
  origin: z.string(),
  /** signed-note verifier key */
  vkey: z.string(),
  size: z.number().int().min(0),
  /** base64 of the root hash */
  root: z.string(),
  /** the signed note, as text */
  checkpoint: z.string(),
});

const RegistryFileSchema = z.strictObject({
  schema: z.literal('registry/1'),
  name: z.string(),
  publicUrl: z.string(),
  /** multibase */
  rootKey: z.string(),
  /** `sha256:` + 64 hex of the raw root key; whoever reads it here trusts the one who wrote it */
  rootFingerprint: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  logs: z.strictObject({ lists: LogStateSchema, certificates: LogStateSchema }),
  /** time of the newest entry of the lists log, empty before the first */
  asOf: z.union([z.literal(''), z.iso.datetime()]),
  sample: z.boolean(),
});

/** What the registry says of itself. That it names a size of the lists log says that every file of that size is there. */
export type RegistryFile = z.infer<typeof RegistryFileSchema>;
/** A published log as the file names it. */
export type RegistryLog = z.infer<typeof LogStateSchema>;

/** `data/registry.json` @throws PublishedFormatError */
export function parseRegistryFile(bytes: Uint8Array): RegistryFile {
  return parseAs(RegistryFileSchema, bytes, 'what the registry says of itself');
}

export function encodeRegistryFile(registry: Omit<RegistryFile, 'schema'>): Uint8Array<ArrayBuffer> {
  return canonicalBytes({ schema: 'registry/1', ...registry });
}
