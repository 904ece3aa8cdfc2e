/** An application to which officials send files, and a second person who publishes what they submitted. */
export interface UploadDesk {
  readonly send: (
    login: string,
    file: string,
    bytes: Uint8Array,
    query?: Record<string, string | string[]>,
  ) => Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  readonly publishSubmitted: () => Promise<readonly string[]>;
}
