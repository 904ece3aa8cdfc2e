import { fetchSource, SourceError } from '@mandate/published';

/** Published files as anyone gets them. Paths are relative to the public root: `log/lists/checkpoint`. */
export interface AuditSource {
  /** a folder or an address, for the report */
  readonly name: string;
  /** Undefined where there is no such file; a rejection ends the audit. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** All paths; undefined where they cannot be listed, as over HTTP. */
  list(): Promise<readonly string[] | undefined>;
}

/** @param address of the public root, `https://host/` or with a path */
export function fetchAuditSource(address: string): AuditSource {
  const source = fetchSource(address);
  return {
    name: address,
    async read(path) {
      try {
        return await source.read(path);
      } catch (error) {
        // Only a server that answers can say that there is none.
        if (error instanceof SourceError && error.code === 'not-found') return undefined;
        throw error;
      }
    },
    list: () => Promise.resolve(undefined),
  };
}
