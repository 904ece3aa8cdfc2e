import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  blobName,
  canonicalBytes,
  encodeBase64,
  fromUtf8,
  parseJson,
  utf8,
  type Json,
} from '@mandate/encoding';
import { ListEntrySchema, summarize } from '@mandate/lists';
import { parseCheckpoint, parseNote } from '@mandate/transparency-log';
import { z } from 'zod';
import { buildSite, PUBLIC_URL, type BuiltSite } from './built-site.ts';
import { makeItem, MemoryRegistry, ORGAN, ORGAN_NAME, type IssuedCertificate } from './memory-registry.ts';

const DAY_MS = 86_400_000;
const ItemsFile = z.object({
  items: z.array(
    z.object({ key: z.string(), entries: z.array(z.object({ index: z.number(), entry: ListEntrySchema })) }),
  ),
});

export interface CertificateSite extends BuiltSite {
  readonly registry: MemoryRegistry;
  /** writes the published files anew, after something was issued or revoked */
  publish(): Promise<void>;
  /** issued yesterday, in force for a year: the browser's clock is the real one */
  issue(): Promise<IssuedCertificate>;
}

/** The built site over a registry in memory that has really issued certificates. */
export async function buildCertificateSite(): Promise<CertificateSite> {
  const registry = await MemoryRegistry.open(new URL(PUBLIC_URL).host);
  const site = await buildSite((dir) => writeFiles(registry, dir));
  return {
    ...site,
    registry,
    publish: () => writeFiles(registry, site.published),
    issue: () => {
      const validFrom = instant(Date.now() - DAY_MS).slice(0, 10);
      const validUntil = instant(Date.now() + 365 * DAY_MS).slice(0, 10);
      // Ten in the morning in Beijing: the same day here and there.
      return registry.issue({ at: `${validFrom}T02:00:00Z`, certificate: { validFrom, validUntil } });
    },
  };
}

function instant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

async function writeFiles(registry: MemoryRegistry, dir: string): Promise<void> {
  const { files } = await registry.publish(instant(Date.now()));
  const write = (path: string, bytes: Uint8Array): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  };
  for (const [path, bytes] of files) write(path, bytes);
  const writeJson = (path: string, value: Json): void => write(path, utf8(JSON.stringify(value)));
  const log = (kind: 'lists' | 'certificates'): Json => {
    const checkpoint = fromUtf8(files.get(`log/${kind}/checkpoint`) ?? new Uint8Array());
    const { origin, size, root } = parseCheckpoint(parseNote(checkpoint).text);
    return { origin, vkey: registry[kind].vkey, size, root: encodeBase64(root), checkpoint };
  };
  writeJson('data/registry.json', {
    schema: 'registry/1',
    name: '示例登记簿',
    publicUrl: registry.publicUrl,
    rootKey: registry.trustContent().keys.qr[0]?.key,
    rootFingerprint: registry.rootFingerprint,
    logs: { lists: log('lists'), certificates: log('certificates') },
    asOf: '2026-01-01T00:00:00Z',
    sample: true,
  });
  const organ = { schema: 'organ/1', key: ORGAN, name: ORGAN_NAME, sample: true };
  const entry = {
    v: 1,
    register: 'organ',
    key: ORGAN,
    time: '2026-01-01T00:00:00Z',
    effectiveDate: '2026-01-01',
    blob: blobName(canonicalBytes(organ)),
    reason: '测试',
  };
  const { items } = ItemsFile.parse(parseJson(files.get(`data/items/${ORGAN}.json`) ?? new Uint8Array()));
  writeJson(`data/summaries/${ORGAN}.json`, {
    organ: ORGAN,
    items: items.map(({ key, entries }) =>
      summarize(
        key,
        entries.map((one) => ({ ...one, item: makeItem() })),
      ),
    ),
  });
  for (const name of ['regions', 'editions'] as const) writeJson(`data/${name}.json`, { [name]: [] });
  writeJson('data/negative-lists.json', { lists: [] });
  writeJson('data/organs.json', {
    organs: [{ key: ORGAN, organ, entries: [{ index: 0, entry }], items: 1, categories: { '01': 1 } }],
  });
}
