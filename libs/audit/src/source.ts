/** Published files as anyone gets them. Paths are relative to the public root: `log/lists/checkpoint`. */
export interface AuditSource {
  /** a folder or an address, for the report */
  readonly name: string;
  /** Undefined where there is no such file; a rejection ends the audit. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** All paths; undefined where they cannot be listed, as over HTTP. */
  list(): Promise<readonly string[] | undefined>;
}
