import { X509Certificate } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type LogName,
  parseRegistryFile,
  REGISTRY_PATH,
  REVOCATIONS_PATH,
  TRUST_LIST_PATH,
} from '@mandate/published';
import { z } from 'zod';
import { publishedPaths } from '../publication/published-paths.ts';
import { findPointer } from '../publication/release-pointer.ts';

/** A key that ends, and when. */
export interface KeyEnd {
  /** `organ`, `authority`, `status`, `qr` */
  readonly kind: string;
  /** of an organ its key, of an authority the beginning of its fingerprint */
  readonly holder: string;
  readonly notAfter: Date;
}

export interface PublishedState {
  /** entries of each log that are published */
  readonly sizes: Readonly<Record<LogName, number>>;
  /** entries of the lists that the pages say */
  readonly pages: number | undefined;
  /** until when readers accept what is signed anew all the time */
  readonly validUntil: { readonly 'trust-list': Date; readonly 'status-list': Date };
  readonly keyEnds: readonly KeyEnd[];
}

const Period = z.looseObject({ notAfter: z.string() });
const TrustList = z.looseObject({
  nextUpdate: z.string(),
  organs: z.array(
    z.looseObject({
      key: z.string(),
      certificates: z.array(z.looseObject({ notAfter: z.string(), revokedAt: z.string().optional() })),
    }),
  ),
  authorities: z.array(z.looseObject({ sha256: z.string(), der: z.string() })),
  keys: z.looseObject({ status: z.array(Period), qr: z.array(Period) }),
});
const StatusList = z.looseObject({ validUntil: z.string() });

/** What is published now, as a reader would find it: our own files, so signatures are not asked for. */
export async function readPublishedState(dataDir: string): Promise<PublishedState> {
  const paths = publishedPaths(dataDir);
  const read = (path: string): Promise<Buffer> => readFile(join(paths.root, path));
  const json = async (path: string): Promise<unknown> => JSON.parse((await read(path)).toString('utf8'));
  const { logs } = parseRegistryFile(await read(REGISTRY_PATH));
  const trust = TrustList.parse(await json(TRUST_LIST_PATH));
  const status = StatusList.parse(await json(REVOCATIONS_PATH));
  return {
    sizes: { lists: logs.lists.size, certificates: logs.certificates.size },
    pages: (await findPointer(paths))?.lists.size,
    validUntil: { 'trust-list': new Date(trust.nextUpdate), 'status-list': new Date(status.validUntil) },
    keyEnds: keyEndsOf(trust),
  };
}

/** Of each organ the key that holds longest: earlier ones are meant to end. */
function keyEndsOf({ organs, authorities, keys }: z.infer<typeof TrustList>): readonly KeyEnd[] {
  const last = (kind: string, holder: string, ends: readonly string[]): KeyEnd[] => {
    const notAfter = ends.toSorted().at(-1);
    return notAfter === undefined ? [] : [{ kind, holder, notAfter: new Date(notAfter) }];
  };
  return [
    ...organs.flatMap(({ key, certificates }) =>
      last(
        'organ',
        key,
        certificates.filter(({ revokedAt }) => revokedAt === undefined).map(({ notAfter }) => notAfter),
      ),
    ),
    ...authorities.map(({ sha256, der }) => ({
      kind: 'authority',
      holder: sha256.slice(0, 16),
      notAfter: new Date(new X509Certificate(Buffer.from(der, 'base64')).validTo),
    })),
    ...last(
      'status',
      'registry',
      keys.status.map(({ notAfter }) => notAfter),
    ),
    ...last(
      'qr',
      'registry',
      keys.qr.map(({ notAfter }) => notAfter),
    ),
  ];
}

export async function readDisk(dataDir: string): Promise<{ freeBytes: number; sizeBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
}
