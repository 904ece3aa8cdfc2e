import type { AuditReport } from '@mandate/audit';
import { auditPublished } from '@mandate/audit';
import {
  blobName,
  canonicalBytes,
  encodeBase64,
  encodeHex,
  fromUtf8,
  sha256,
  utf8,
  type Json,
} from '@mandate/encoding';
import { issuerCode, type CertificateType } from '@mandate/certificate';
import type { AuthorityItem, ListEntry } from '@mandate/lists';
import { blobPath, encodeRegistryFile, logPath, type LogName, type RegistryFile } from '@mandate/published';
import {
  addProof,
  didKey,
  ed25519PublicKey,
  encodePublicKey,
  keyFingerprint,
  parseCertificate,
} from '@mandate/signature';
import {
  encodeStatusBits,
  encodeStatusList,
  encodeTrustList,
  type StatusListOptions,
  type TrustListContent,
} from '@mandate/trust';
import { MemoryLog } from './memory-log.ts';
import type { Act } from './published-folder.ts';
import { encodeRecordFiles } from './record-files.ts';
import { ACTS, FOOD, MARKET } from './sample-acts.ts';
import { LIST_ACTS } from './sample-lists.ts';
import { makeTestAuthority } from './test-authority.ts';

/** An act, or one of a later version of the formats. */
export type AnyAct = Omit<Act, 'register' | 'blob' | 'kind'> & {
  readonly register: string;
  readonly blob: Json;
  readonly kind?: string | undefined;
  /** members beyond those of today, or in their place */
  readonly later?: Readonly<Record<string, Json>>;
};
/** A published file as a test changes it, whose shape the test knows. */
export type Loose = ReturnType<typeof JSON.parse>;
export type AnyEvent = Readonly<Record<string, Json>>;

const HOST = 'registry.example';
const PUBLIC_URL = `https://${HOST}`;
const NOW = '2026-06-20T02:00:00Z';
const REVOKED_PLACE = 4711;

export const TYPE: CertificateType = {
  schema: 'certificate-type/1',
  code: `${issuerCode(MARKET.key)}001`,
  name: '食品经营许可证',
  mandate: { category: '01', itemNames: [FOOD.name] },
  faceFields: [{ name: 'KZ_JYCS', label: '经营场所', required: true, maxLength: 100 }],
  validityYears: 5,
  sample: true,
};

const event = (kind: string, n: number): AnyEvent => ({
  v: 1,
  event: kind,
  subject: String(n).padStart(64, '0'),
  time: '2026-06-15T02:00:00Z',
});

/** Of every kind of published file at least one, as a registry without a fault publishes them; in memory. */
export class AuditedRegistry {
  readonly logs: Readonly<Record<LogName, MemoryLog>> = {
    lists: new MemoryLog(`${HOST}/lists`, 'one'),
    certificates: new MemoryLog(`${HOST}/certificates`, 'one'),
  };
  readonly files = new Map<string, Uint8Array>();
  readonly #entries: ListEntry[] = [];

  /** @param more acts and events after those of the sample */
  static async publish(
    more: { readonly acts?: readonly AnyAct[]; readonly events?: readonly AnyEvent[] } = {},
  ): Promise<AuditedRegistry> {
    const registry = new AuditedRegistry();
    await registry.#list([...ACTS, ...LIST_ACTS, typeAct(), keyAct()] as readonly AnyAct[], more.acts ?? []);
    for (const one of [event('issue', 1), event('issue', 2), event('revoke', 2), ...(more.events ?? [])])
      await registry.logs.certificates.append(canonicalBytes(one));
    for (const name of ['lists', 'certificates'] as const)
      for (const [path, bytes] of await registry.logs[name].files())
        registry.files.set(logPath(name, path), bytes);
    registry.files.set('data/trust-list.json', registry.trustList({}));
    registry.files.set('data/status/revocation-1.json', registry.statusList([REVOKED_PLACE]));
    registry.files.set('data/registry.json', encodeRegistryFile(await registry.about()));
    return registry;
  }

  async #list(acts: readonly AnyAct[], more: readonly AnyAct[]): Promise<void> {
    const items = new Map<string, AuthorityItem>();
    const values = new Map<string, Json>();
    for (const { register, key, blob, time, redacted, later, ...act } of [...acts, ...more]) {
      const bytes = canonicalBytes(blob);
      const name = blobName(bytes);
      if (redacted !== true) {
        this.files.set(blobPath(name), bytes);
        // What is written as an item is read as one, also one of a later version.
        if (register === 'authority-item') items.set(name, blob as unknown as AuthorityItem);
        else values.set(name, blob);
      }
      const effectiveDate = act.effectiveDate ?? time.slice(0, 10);
      const entry = { v: 1, register, key, time, ...act, effectiveDate, blob: name, ...later };
      // Of a later version perhaps: then the writer is one too.
      this.#entries.push(entry as unknown as ListEntry);
      await this.logs.lists.append(canonicalBytes(entry));
    }
    const entries = this.#entries.map((entry, index) => ({ index, entry }));
    for (const [path, bytes] of encodeRecordFiles(entries, { items, values })) this.files.set(path, bytes);
  }

  async about(): Promise<Omit<RegistryFile, 'schema'>> {
    const describe = async (name: LogName) => {
      const { origin, vkey, leaves } = this.logs[name];
      const checkpoint = await this.logs[name].checkpoint();
      return { origin, vkey, size: leaves.length, root: checkpoint.split('\n')[2] ?? '', checkpoint };
    };
    return {
      name: '示例登记簿',
      publicUrl: PUBLIC_URL,
      rootKey: encodePublicKey(key('root').publicKey),
      rootFingerprint: keyFingerprint(key('root').publicKey),
      logs: { lists: await describe('lists'), certificates: await describe('certificates') },
      asOf: this.#entries.at(-1)?.time ?? '',
      sample: true,
    };
  }

  trustList(changes: Partial<TrustListContent>, root = 'root'): Uint8Array {
    return encodeTrustList({ ...this.trustContent(), ...changes }, key(root));
  }

  trustContent(): TrustListContent {
    const { key: sha256, blob } = keyAct();
    const { certificate: der, notBefore, notAfter } = blob;
    const listed = (name: string) => ({
      key: encodePublicKey(key(name).publicKey),
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2046-01-01T00:00:00Z',
    });
    return {
      version: 1,
      issued: '2026-06-15T00:00:00Z',
      nextUpdate: '2036-06-15T00:00:00Z',
      registry: { name: '示例登记簿', publicUrl: PUBLIC_URL },
      organs: [{ key: MARKET.key, name: MARKET.name, certificates: [{ sha256, der, notBefore, notAfter }] }],
      authorities: [],
      logs: (['lists', 'certificates'] as const).map((kind) => ({
        kind,
        origin: this.logs[kind].origin,
        vkey: this.logs[kind].vkey,
      })),
      keys: { status: [listed('status')], qr: [listed('qr')] },
      sample: true,
    };
  }

  statusList(
    revoked: readonly number[],
    { signer = 'status', ...changes }: Partial<StatusListOptions> & { signer?: string } = {},
  ): Uint8Array {
    return encodeStatusList(encodeStatusBits(revoked), {
      url: `${PUBLIC_URL}/data/status/revocation-1.json`,
      validFrom: '2026-06-20T01:00:00Z',
      validUntil: '2026-06-21T01:00:00Z',
      key: key(signer),
      ...changes,
    });
  }

  /** Value of a JSON file. */
  read(path: string): Json {
    return JSON.parse(fromUtf8(this.files.get(path) ?? new Uint8Array())) as Json;
  }

  /** A JSON file as another writer would write it: canonical, and changed. */
  rewritten(path: string, change: (file: Loose) => void): Uint8Array {
    const file = structuredClone(this.read(path));
    change(file);
    return canonicalBytes(file);
  }

  /** A signed list, changed and signed again by the key whose it is. */
  resigned(path: string, change: (file: Loose) => void, signer: 'root' | 'status'): Uint8Array {
    const { proof: _, ...content } = this.read(path) as Readonly<Record<string, Json>>;
    change(content);
    const { publicKey } = key(signer);
    const proof = { key: key(signer), verificationMethod: didKey(publicKey), created: NOW };
    return canonicalBytes(addProof(content, proof));
  }

  /** Audits the files, some of them written otherwise. */
  audit(changes: Readonly<Record<string, Uint8Array>> = {}): Promise<AuditReport> {
    const files = new Map([...this.files, ...Object.entries(changes)]);
    return auditPublished(
      {
        name: 'memory',
        read: (path) => Promise.resolve(files.get(path)),
        list: () => Promise.resolve([...files.keys()]),
      },
      { now: new Date(NOW) },
    );
  }
}

function key(name: string): { privateKey: Uint8Array; publicKey: Uint8Array } {
  const privateKey = sha256(utf8(`${name} of the audited registry`));
  return { privateKey, publicKey: ed25519PublicKey(privateKey) };
}

function typeAct(): AnyAct {
  return {
    register: 'certificate-type',
    key: TYPE.code,
    blob: { ...TYPE },
    time: NOW,
    reason: '登记证照类型',
  };
}

const AUTHORITY = makeTestAuthority('p256');

function keyAct() {
  const { der } = AUTHORITY.organ;
  const { validFrom, validUntil } = parseCertificate(der);
  const hash = encodeHex(sha256(der));
  const seconds = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;
  const blob = {
    schema: 'signing-key/1',
    organ: MARKET.key,
    sha256: hash,
    certificate: encodeBase64(der),
    notBefore: seconds(validFrom),
    notAfter: seconds(validUntil),
  } as const;
  return { register: 'signing-key', key: hash, blob, time: NOW, reason: '登记签名密钥' } satisfies AnyAct;
}
