import { z } from 'zod';
import { REGISTRY_KEYS } from '../keys/keys.service.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What a backup says of itself. Written last: without it there is no backup. */
export const ManifestSchema = z.strictObject({
  format: z.literal('mandate-backup/1'),
  takenAt: z.iso.datetime(),
  /** names of the migrations of its schema, in order */
  migrations: z.array(z.string()),
  /** each in `database/<name>.copy`, behind those that it points to */
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z_]{1,63}$/),
      columns: z.array(z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)),
      rows: z.int().nonnegative(),
    }),
  ),
  sequences: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z_]{1,63}$/),
      last: z
        .string()
        .regex(/^\d{1,19}$/)
        .nullable(),
    }),
  ),
  /** SHA-256 of the registry's own public keys: with others it is not this registry */
  keys: z.partialRecord(z.enum(REGISTRY_KEYS), Digest),
  /** whether the private keys are in it, below `keys/` */
  withKeys: z.boolean(),
  /** SHA-256 of the file SHA256SUMS, which names every other file */
  sums: Digest,
});
export type Manifest = z.infer<typeof ManifestSchema>;

export const MANIFEST = 'manifest.json';
export const SUMS = 'SHA256SUMS';
/** Stands in a folder from the first file on, so that a cut-off backup is known for what it is. */
export const UNFINISHED = 'UNFINISHED';

export function tablePath(table: string): string {
  return `database/${table}.copy`;
}

/** As `sha256sum --check` reads it. @param sums path → digest */
export function encodeSums(sums: ReadonlyMap<string, string>): string {
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, digest]) => `${digest}  ${path}\n`)
    .join('');
}

/** @returns undefined for a text that is none; a path leads nowhere but below the folder */
export function findSums(text: string): ReadonlyMap<string, string> | undefined {
  const sums = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, digest, path] =
      /^([0-9a-f]{64}) {2}((?:database\/|published\/root\/|published\/continuation\.json$|keys\/).*)$/.exec(
        line,
      ) ?? [];
    if (
      digest === undefined ||
      path === undefined ||
      path.includes('\0') ||
      path.split('/').some((part) => ['', '.', '..'].includes(part))
    )
      return undefined;
    sums.set(path, digest);
  }
  return sums;
}
