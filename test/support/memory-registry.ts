import {
  encodeQrPayload,
  issuerCode,
  qrKeyId,
  subjectCommitment,
  type Certificate,
  type CertificateEvent,
  type CertificateType,
} from '@mandate/certificate';
import { formatCertificateIdentifier } from '@mandate/codes';
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
import { organKey, type AuthorityItem, type ListEntry, type Register } from '@mandate/lists';
import {
  ed25519PublicKey,
  encodePublicKey,
  keyFingerprint,
  parseCertificate,
  signEd25519,
  signPdf,
  stapleProof,
} from '@mandate/signature';
import { encodeTlogProof, hashLeaf } from '@mandate/transparency-log';
import type { PublishedSource } from '@mandate/published';
import {
  encodeStaple,
  encodeStatusBits,
  encodeStatusList,
  encodeTrustList,
  type TrustListContent,
} from '@mandate/trust';
import { MemoryLog } from './memory-log.ts';
import { makeSamplePage } from './sample-page.ts';
import { makeTestAuthority } from './test-authority.ts';

export const ORGAN_NAME = '示例市市场监督管理局';
export const ORGAN = organKey({ name: ORGAN_NAME });
export const OTHER_ORGAN_NAME = '示例市农业农村局';
export const OTHER_ORGAN = organKey({ name: OTHER_ORGAN_NAME });
export const ITEM = `${ORGAN}.00001`;
export const TYPE: CertificateType = {
  schema: 'certificate-type/1',
  code: `${issuerCode(ORGAN)}001`,
  name: '食品经营许可证',
  mandate: { category: '01', itemNames: ['食品经营许可'] },
  faceFields: [{ name: 'KZ_JYCS', label: '经营场所', required: true, maxLength: 100 }],
  validityYears: 5,
  sample: true,
};
/** What the registry issues and publishes at unless told otherwise. */
export const ISSUED = '2026-06-15T02:00:00Z';

export function makeItem(changes: Partial<AuthorityItem> = {}): AuthorityItem {
  return {
    schema: 'authority-item/1',
    organ: ORGAN,
    name: '食品经营许可',
    category: '01',
    state: 'in-force',
    bases: [],
    levels: [],
    subItems: [],
    sample: true,
    ...changes,
  };
}

export interface IssueOptions {
  /** instant, UTC to the second */
  readonly at?: string;
  /** index in the lists log of the entry to issue under; the first of the item unless told */
  readonly entry?: number;
  readonly certificate?: Partial<Certificate>;
  readonly event?: Partial<CertificateEvent>;
  /** what to attach in place of the certificate's canonical JSON */
  readonly attachment?: string;
  readonly signedBy?: 'organ' | 'other-organ';
  readonly withoutProof?: boolean;
}

export interface IssuedCertificate {
  readonly pdf: Uint8Array;
  readonly certificate: Certificate;
  readonly documentDigest: Uint8Array;
  readonly qr: string;
}

/**
 * A whole registry in memory: real keys, real logs, real signatures, the published files of the real formats. It knows no
 * rules, so it also issues what the real one refuses.
 */
export class MemoryRegistry {
  readonly lists: MemoryLog;
  readonly certificates: MemoryLog;
  readonly publicUrl: string;
  readonly #entries: ListEntry[] = [];
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #revoked = new Set<number>();
  readonly #keys: Record<'root' | 'status' | 'qr', Uint8Array>;
  readonly #authorities = { organ: makeTestAuthority('p256'), other: makeTestAuthority('p256') };
  #issued = 0;

  constructor(host = 'registry.example', secret = 'one') {
    this.publicUrl = `https://${host}`;
    this.lists = new MemoryLog(`${host}/lists`, secret);
    this.certificates = new MemoryLog(`${host}/certificates`, secret);
    const key = (name: string) => sha256(utf8(`${secret} ${host} ${name}`));
    this.#keys = { root: key('root'), status: key('status'), qr: key('qr') };
  }

  /** With the item in force and the type registered. */
  static async open(host?: string, secret?: string): Promise<MemoryRegistry> {
    const registry = new MemoryRegistry(host, secret);
    await registry.list('authority-item', ITEM, makeItem());
    await registry.list('certificate-type', TYPE.code, TYPE);
    return registry;
  }

  get rootFingerprint(): string {
    return keyFingerprint(ed25519PublicKey(this.#keys.root));
  }

  /** For files that the registry would not sign. */
  secretKey(name: 'root' | 'status' | 'qr'): { readonly privateKey: Uint8Array } {
    return { privateKey: this.#keys[name] };
  }

  /** @returns the index in the lists log */
  async list(
    register: Register,
    key: string,
    blob: AuthorityItem | CertificateType,
    when: { time?: string; effectiveDate?: string; later?: Readonly<Record<string, Json>> } = {},
  ): Promise<number> {
    const bytes = canonicalBytes(blob);
    this.#blobs.set(blobName(bytes), bytes);
    const { time = '2026-01-01T00:00:00Z', effectiveDate = '2026-01-01', later } = when;
    const entry = {
      v: 1,
      register,
      key,
      time,
      effectiveDate,
      blob: blobName(bytes),
      reason: '测试',
      // members of a later version of the format
      ...later,
    } as const;
    this.#entries.push(entry);
    return this.lists.append(canonicalBytes(entry));
  }

  async issue(options: IssueOptions = {}): Promise<IssuedCertificate> {
    const { at = ISSUED, signedBy = 'organ' } = options;
    const certificate = await this.#draw(at, options);
    const attachment = options.attachment ?? fromUtf8(canonicalBytes(certificate));
    const authority = signedBy === 'organ' ? this.#authorities.organ : this.#authorities.other;
    const signed = await signPdf(await makeSamplePage(attachment), {
      signer: authority.signer,
      signedAt: new Date(at),
      name: certificate.issuer.name,
    });
    const event: CertificateEvent = {
      v: 1,
      event: 'issue',
      subject: subjectCommitment(certificate.salt, certificate.identifier),
      document: encodeHex(signed.documentDigest),
      mandate: encodeHex(hashLeaf(utf8(certificate.mandate.entry))),
      time: at,
      ...options.event,
    };
    const index = await this.certificates.append(canonicalBytes(event));
    const staple = encodeStaple(event, await this.certificates.prove(index));
    return {
      ...signed,
      pdf: options.withoutProof === true ? signed.pdf : stapleProof(signed.pdf, staple),
      certificate,
      qr: this.qr(certificate),
    };
  }

  async revoke(certificate: Certificate, at = '2026-06-16T02:00:00Z'): Promise<void> {
    this.#revoked.add(certificate.status.index);
    const subject = subjectCommitment(certificate.salt, certificate.identifier);
    const event: CertificateEvent = { v: 1, event: 'revoke', subject, time: at, reason: 'withdrawn' };
    await this.certificates.append(canonicalBytes(event));
  }

  qr(certificate: Certificate): string {
    const publicKey = ed25519PublicKey(this.#keys.qr);
    const claim = {
      identifier: certificate.identifier,
      validFrom: certificate.validFrom,
      validUntil: certificate.validUntil,
      statusIndex: certificate.status.index,
      dataDigest: encodeHex(sha256(canonicalBytes(certificate))),
      keyId: qrKeyId(sha256(publicKey)),
    };
    return encodeQrPayload(claim, this.publicUrl, (message) =>
      signEd25519(message, { privateKey: this.#keys.qr }),
    );
  }

  trustContent(): TrustListContent {
    const der = (bytes: Uint8Array) => ({ sha256: encodeHex(sha256(bytes)), der: encodeBase64(bytes) });
    const listed = (authority: ReturnType<typeof makeTestAuthority>) => {
      const { validFrom, validUntil } = parseCertificate(authority.organ.der);
      return [{ ...der(authority.organ.der), notBefore: seconds(validFrom), notAfter: seconds(validUntil) }];
    };
    const key = (name: 'status' | 'qr') => ({
      key: encodePublicKey(ed25519PublicKey(this.#keys[name])),
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2036-01-01T00:00:00Z',
    });
    return {
      version: 1,
      issued: '2026-06-15T00:00:00Z',
      nextUpdate: '2036-06-15T00:00:00Z',
      registry: { name: '示例登记簿', publicUrl: this.publicUrl },
      organs: [
        { key: ORGAN, name: ORGAN_NAME, certificates: listed(this.#authorities.organ) },
        { key: OTHER_ORGAN, name: OTHER_ORGAN_NAME, certificates: listed(this.#authorities.other) },
      ],
      authorities: Object.values(this.#authorities).map(({ root }) => der(root.der)),
      logs: [
        { kind: 'lists', origin: this.lists.origin, vkey: this.lists.vkey },
        { kind: 'certificates', origin: this.certificates.origin, vkey: this.certificates.vkey },
      ],
      keys: { status: [key('status')], qr: [key('qr')] },
      sample: true,
    };
  }

  trustList(changes: Partial<TrustListContent> = {}): Uint8Array {
    const root = { privateKey: this.#keys.root, publicKey: ed25519PublicKey(this.#keys.root) };
    return encodeTrustList({ ...this.trustContent(), ...changes }, root);
  }

  /** @param from an hour before `now` unless told; fresh for 24 h */
  statusList(from: string, revoked: Iterable<number> = this.#revoked, name = 'revocation-1'): Uint8Array {
    return encodeStatusList(encodeStatusBits(revoked), {
      url: `${this.publicUrl}/data/status/${name}.json`,
      validFrom: from,
      validUntil: seconds(new Date(Date.parse(from) + 86_400_000)),
      key: { privateKey: this.#keys.status, publicKey: ed25519PublicKey(this.#keys.status) },
    });
  }

  /** The published files at an instant. */
  async publish(now = '2026-06-20T02:00:00Z'): Promise<MemorySource> {
    const files = new Map<string, Uint8Array>();
    for (const [kind, log] of Object.entries({ lists: this.lists, certificates: this.certificates })) {
      for (const [path, bytes] of await log.files()) files.set(`log/${kind}/${path}`, bytes);
    }
    for (const [name, bytes] of this.#blobs)
      files.set(`data/blobs/${name.slice(7, 9)}/${name.slice(7)}.json`, bytes);
    const organs = new Set([...this.#keysOf('authority-item')].map((key) => key.replace(/\.\d+$/, '')));
    for (const organ of organs) {
      const items = [...this.#keysOf('authority-item')].filter((key) => key.startsWith(`${organ}.`));
      const histories = items.map((key) => ({ key, entries: this.#history(key) }));
      files.set(`data/items/${organ}.json`, canonicalBytes({ organ, items: histories }));
    }
    const types = [...this.#keysOf('certificate-type')].map((code) => ({
      code,
      entries: this.#history(code),
      type: TYPE,
    }));
    files.set('data/types.json', canonicalBytes({ types }));
    files.set('data/trust-list.json', this.trustList());
    files.set(
      'data/status/revocation-1.json',
      this.statusList(seconds(new Date(Date.parse(now) - 3_600_000))),
    );
    return new MemorySource(files);
  }

  async #draw(at: string, { entry: index = 0, certificate }: IssueOptions): Promise<Certificate> {
    this.#issued += 1;
    const entry = this.#entries[index];
    if (entry === undefined) throw new Error('no such entry');
    const serial = String(this.#issued).padStart(16, 'A');
    const issuer = certificate?.issuer ?? { organ: ORGAN, name: ORGAN_NAME };
    return {
      schema: 'certificate/1',
      identifier: formatCertificateIdentifier({
        type: TYPE.code,
        issuer: issuerCode(issuer.organ),
        serial,
        version: '001',
      }),
      number: `JY${this.#issued}`,
      type: { code: TYPE.code, name: TYPE.name, blob: blobName(canonicalBytes(TYPE)) },
      issuer,
      holder: { name: '示例市示例餐饮有限公司', code: '91110000000000000X', codeType: '099' },
      issueDate: at.slice(0, 10),
      validFrom: '2026-06-15',
      validUntil: '2031-06-14',
      face: [{ name: 'KZ_JYCS', label: '经营场所', value: '示例市示例路1号' }],
      mandate: {
        key: entry.key,
        name: '食品经营许可',
        category: '01',
        entry: fromUtf8(canonicalBytes(entry)),
        proof: encodeTlogProof(await this.lists.prove(index)),
      },
      salt: encodeHex(sha256(utf8(`salt ${this.#issued}`))),
      status: { list: `${this.publicUrl}/data/status/revocation-1.json`, index: 1_000 + this.#issued },
      sample: true,
      ...certificate,
    };
  }

  #keysOf(register: Register): Set<string> {
    return new Set(this.#entries.filter((entry) => entry.register === register).map(({ key }) => key));
  }

  #history(key: string): Json {
    return this.#entries.flatMap((entry, index) => (entry.key === key ? [{ index, entry }] : []));
  }
}

/** Published files in memory that remember what was asked for. */
export class MemorySource implements PublishedSource {
  readonly files: Map<string, Uint8Array>;
  readonly requested: string[] = [];

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.files = new Map(files);
  }

  /** The same with some files replaced, or gone. */
  with(changes: Readonly<Record<string, Uint8Array | undefined>>): MemorySource {
    const files = new Map(this.files);
    for (const [path, bytes] of Object.entries(changes)) {
      if (bytes === undefined) files.delete(path);
      else files.set(path, bytes);
    }
    return new MemorySource(files);
  }

  without(part: string): MemorySource {
    return new MemorySource(new Map([...this.files].filter(([path]) => !path.includes(part))));
  }

  read(path: string): Promise<Uint8Array> {
    this.requested.push(path);
    const bytes = this.files.get(path);
    return bytes === undefined
      ? Promise.reject(new Error(`no file ${path}`))
      : Promise.resolve(bytes.slice());
  }
}

function seconds(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}
