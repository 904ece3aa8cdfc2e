import { z } from 'zod';
import { parsePublished } from './files.ts';

const LogState = z.object({
  origin: z.string(),
  vkey: z.string(),
  size: z.number().int().min(0),
  /** base64 of the root hash */
  root: z.string(),
  /** the signed note, as text */
  checkpoint: z.string(),
});

const RegistrySchema = z.object({
  schema: z.literal('registry/1'),
  name: z.string(),
  publicUrl: z.string(),
  rootKey: z.string(),
  rootFingerprint: z.string(),
  logs: z.object({ lists: LogState, certificates: LogState }),
  /** time of the newest entry */
  asOf: z.string(),
  sample: z.boolean(),
});

export type Registry = z.infer<typeof RegistrySchema>;

let registry: Registry | undefined;

/** What the registry says of itself at the pinned export. */
export function getRegistry(): Registry {
  registry ??= parsePublished('data/registry.json', RegistrySchema);
  return registry;
}
