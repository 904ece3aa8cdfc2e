import { z } from 'zod';
import { digestOf, parsePublished } from './files.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';

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

/**
 * What the registry says of itself. A page that reads only its name, keys and addresses does not depend on the rest, which
 * moves with every entry.
 */
export function getRegistry(): Registry {
  return recordedRegistry();
}

const readRegistry = remembered(() => parsePublished('data/registry.json', RegistrySchema));

const recordedRegistry = remembered((): Registry => {
  const registry = withoutRecording(readRegistry);
  return recorded(
    {
      ...registry,
      logs: { lists: logOf(registry.logs.lists), certificates: logOf(registry.logs.certificates) },
    },
    ['asOf'],
  );
});

function logOf(log: z.infer<typeof LogState>): z.infer<typeof LogState> {
  return recorded(log, ['size', 'root', 'checkpoint']);
}

/** Each use of a property says which input it reads. */
function recorded<T extends object>(value: T, moving: readonly (keyof T & string)[]): T {
  const properties = Object.entries(value).map(([name, content]: [string, unknown]) => {
    const input = moving.some((one) => one === name) ? 'file:data/registry.json' : 'identity';
    const get = (): unknown => {
      recordRead(input);
      return content;
    };
    return [name, { get, enumerable: true }] as const;
  });
  // Object.defineProperties gives back what it was given, with the properties of T.
  return Object.defineProperties({}, Object.fromEntries(properties)) as T;
}

defineInput('identity', () => {
  const { logs, asOf: _, ...fixed } = readRegistry();
  const names = [logs.lists, logs.certificates].map(({ origin, vkey }) => ({ origin, vkey }));
  return { digest: digestOf(JSON.stringify([fixed, names])) };
});
