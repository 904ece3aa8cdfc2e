import { parseRegistryFile, REGISTRY_PATH, type RegistryFile, type RegistryLog } from '@mandate/published';
import { digestOf, parsePublished } from './files.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';

/**
 * What the registry says of itself. A page that reads only its name, keys and addresses does not depend on the rest, which
 * moves with every entry.
 */
export function getRegistry(): RegistryFile {
  return recordedRegistry();
}

const readRegistry = remembered(() => parsePublished(REGISTRY_PATH, parseRegistryFile));

const recordedRegistry = remembered((): RegistryFile => {
  const registry = withoutRecording(readRegistry);
  return recorded(
    {
      ...registry,
      logs: { lists: logOf(registry.logs.lists), certificates: logOf(registry.logs.certificates) },
    },
    ['asOf'],
  );
});

function logOf(log: RegistryLog): RegistryLog {
  return recorded(log, ['size', 'root', 'checkpoint']);
}

/** Each use of a property says which input it reads. */
function recorded<T extends object>(value: T, moving: readonly (keyof T & string)[]): T {
  const properties = Object.entries(value).map(([name, content]: [string, unknown]) => {
    const input = moving.some((one) => one === name) ? `file:${REGISTRY_PATH}` : 'identity';
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
