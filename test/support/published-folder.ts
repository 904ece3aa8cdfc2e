import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CertificateType } from '@mandate/certificate';
import {
  blobName,
  canonicalBytes,
  concatBytes,
  encodeBase58,
  encodeBase64,
  encodeHex,
  sha256,
  utf8,
  type Json,
} from '@mandate/encoding';
import type {
  AuthorityItem,
  Edition,
  ListEntry,
  NegativeList,
  NegativeListItem,
  Organ,
  Region,
  Register,
} from '@mandate/lists';
import {
  encodeCheckpoint,
  encodeEntryBundle,
  encodeTile,
  encodeVerifierKey,
  entryBundlePath,
  hashesToStore,
  hashLeaf,
  rootHash,
  signerFromSeed,
  signNote,
  tilePath,
  tilesFor,
  TILE_WIDTH,
  verifierKey,
} from '@mandate/transparency-log';
import { ed25519 } from '@noble/curves/ed25519.js';
import { encodeRecordFiles, type RecordContents } from './record-files.ts';

/** One entry to publish; `blob` as it was on that day. */
export interface Act {
  readonly register: Register;
  readonly key: string;
  readonly blob: AuthorityItem | CertificateType | Edition | NegativeList | NegativeListItem | Organ | Region;
  readonly time: string;
  readonly effectiveDate?: string;
  readonly reason: string;
  readonly kind?: ListEntry['kind'];
  readonly document?: string;
  readonly edition?: string;
  readonly related?: string;
  readonly overruled?: ListEntry['overruled'];
  /** publish the hash only, as after a redaction */
  readonly redacted?: boolean;
}

/**
 * Writes the published files of a lists log made of `acts`, with the registry's own libraries: a folder a site can be
 * built from and a browser can check, without a database. Keys come from fixed seeds: same acts, same bytes.
 */
export async function writePublishedFolder(
  dir: string,
  acts: readonly Act[],
  { publicUrl, sample = true }: { publicUrl: string; sample?: boolean },
): Promise<void> {
  const write = (path: string, bytes: Uint8Array): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  };
  const writeJson = (path: string, value: Json): void => write(path, utf8(JSON.stringify(value)));

  const entries = acts.map((act): ListEntry => {
    const bytes = canonicalBytes(act.blob);
    const name = blobName(bytes);
    const hex = name.slice(7);
    if (act.redacted !== true) write(`data/blobs/${hex.slice(0, 2)}/${hex}.json`, bytes);
    return {
      v: 1,
      register: act.register,
      key: act.key,
      time: act.time,
      effectiveDate: act.effectiveDate ?? act.time.slice(0, 10),
      blob: name,
      reason: act.reason,
      kind: act.kind,
      document: act.document,
      edition: act.edition,
      related: act.related,
      overruled: act.overruled,
    };
  });
  const host = new URL(publicUrl).host;
  const lists = await writeLog(write, `${host}/lists`, 'lists', entries.map(canonicalBytes));
  const certificates = await writeLog(write, `${host}/certificates`, 'certificates', []);

  const records = encodeRecordFiles(
    entries.map((entry, index) => ({ index, entry })),
    contentsOf(acts),
  );
  for (const [path, bytes] of records) write(path, bytes);
  const rootKey = ed25519.getPublicKey(seed('root'));
  writeJson('data/registry.json', {
    schema: 'registry/1',
    name: '明权登记簿',
    publicUrl,
    rootKey: `z${encodeBase58(concatBytes(Uint8Array.of(0xed, 0x01), rootKey))}`,
    rootFingerprint: `sha256:${encodeHex(sha256(rootKey))}`,
    logs: { lists, certificates },
    asOf: entries.reduce((newest, { time }) => (time > newest ? time : newest), ''),
    sample,
  });
}

/** What the records need of the contents, by name; of those that are published. */
function contentsOf(acts: readonly Act[]): RecordContents {
  const items = new Map<string, AuthorityItem>();
  const values = new Map<string, Json>();
  for (const { blob, redacted } of acts) {
    if (redacted === true) continue;
    const name = blobName(canonicalBytes(blob));
    if (blob.schema === 'authority-item/1') items.set(name, blob);
    else values.set(name, blob);
  }
  return { items, values };
}

function seed(name: string): Uint8Array {
  return sha256(utf8(`seed of ${name}, for tests`));
}

async function writeLog(
  write: (path: string, bytes: Uint8Array) => void,
  origin: string,
  log: string,
  leaves: readonly Uint8Array[],
): Promise<{ origin: string; vkey: string; size: number; root: string; checkpoint: string }> {
  const stored: Uint8Array[] = [];
  const read = (positions: readonly number[]): Promise<Uint8Array[]> =>
    Promise.resolve(positions.map((position) => stored[position] ?? new Uint8Array()));
  for (const [index, leaf] of leaves.entries()) {
    stored.push(...(await hashesToStore(index, hashLeaf(leaf), read)));
  }
  const size = leaves.length;
  for (const tile of tilesFor(0, size)) {
    write(`log/${log}/${tilePath(tile.level, tile.index, tile.width)}`, await encodeTile(tile, read));
    if (tile.level > 0) continue;
    const bundle = leaves.slice(tile.index * TILE_WIDTH, tile.index * TILE_WIDTH + tile.width);
    write(`log/${log}/${entryBundlePath(tile.index, tile.width)}`, encodeEntryBundle(bundle));
  }
  const root = await rootHash(size, read);
  const key = verifierKey(origin, ed25519.getPublicKey(seed(log)));
  const checkpoint = await signNote(encodeCheckpoint({ origin, size, root }), signerFromSeed(key, seed(log)));
  write(`log/${log}/checkpoint`, utf8(checkpoint));
  return { origin, vkey: encodeVerifierKey(key), size, root: encodeBase64(root), checkpoint };
}
