import { createHash, randomBytes, sign as signWith, X509Certificate } from 'node:crypto';
import { access, constants, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { equalBytes } from '@mandate/encoding';
import type { Signer } from '@mandate/signature';
import forge from 'node-forge';
import { Config } from '../config/config.ts';
import { type Ed25519Key, openEd25519Key } from './ed25519-key.ts';
import { findFile, readOrCreate } from './key-files.ts';
import { KeyError } from './keys.errors.ts';
import { encodePkcs12, parsePkcs12, type Pkcs12 } from './pkcs12.ts';
import { type Issued, issueOrganCertificate, makeTestAuthority } from './test-authority.ts';

/** The registry's own Ed25519 keys: trust root, two logs, status lists, QR codes. */
export const REGISTRY_KEYS = ['root', 'log-lists', 'log-certificates', 'status', 'qr'] as const;
export type RegistryKey = (typeof REGISTRY_KEYS)[number];

/** Every private key of the registry. Keys are files of the data folder, readable by their owner only. */
@Injectable()
export class KeysService {
  private readonly folder: string;
  private readonly opened = new Map<string, Promise<Ed25519Key>>();
  private uses = new Map<RegistryKey, number>();
  // Opening derives a key from the password; done again only when the file has changed.
  private readonly openedFiles = new Map<string, { bytes: Uint8Array; key: Pkcs12 }>();

  constructor(private readonly config: Config) {
    this.folder = join(config.dataDir, 'keys');
  }

  /** @throws KeyError `invalid-key-file` */
  registryKey(name: RegistryKey): Promise<Ed25519Key> {
    const opened = this.opened.get(name) ?? this.openCounted(name);
    this.opened.set(name, opened);
    return opened;
  }

  /** How often each of the registry's own keys has signed in this process since this was asked last. */
  takeUses(): ReadonlyMap<RegistryKey, number> {
    const uses = this.uses;
    this.uses = new Map();
    return uses;
  }

  /** Those of the registry's own keys whose files cannot be read. One that was made once must never be missing. */
  async unreadableRegistryKeys(): Promise<readonly RegistryKey[]> {
    const readable = await Promise.all(
      REGISTRY_KEYS.map((name) =>
        access(join(this.folder, `${name}.pem`), constants.R_OK).then(
          () => true,
          () => false,
        ),
      ),
    );
    return REGISTRY_KEYS.filter((_, i) => readable[i] === false);
  }

  /**
   * What signs certificates for this organ.
   * @param listed the organ's certificates that are listed and not revoked, by their SHA-256, the newest first: a key file
   * that nobody has listed signs nothing
   * @throws KeyError `key-missing` | `wrong-password` | `invalid-key-file`
   */
  async organSigner(organ: string, listed: readonly string[]): Promise<Signer & { fingerprint: string }> {
    const { certificates, privateKey, fingerprint } = await this.openListedKey(organ, listed);
    return {
      fingerprint,
      certificates,
      algorithm: 'rsa-sha256',
      sign: (bytes) => Promise.resolve(new Uint8Array(signWith('sha256', bytes, privateKey))),
    };
  }

  /**
   * A key for the organ, certified by the demo's test authority. One that is there stays.
   * @returns its certificate, DER
   * @throws KeyError `test-authority-refused` outside the demo
   */
  async createOrganKey(organ: { key: string; name: string }): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.config.demo) {
      throw new KeyError(
        'test-authority-refused',
        '测试证书机构只用于演示。请用 mandate keys import 装入电子认证机构签发的 PKCS#12 文件。',
      );
    }
    const password = await this.password();
    const authority = await this.testAuthority(password);
    const path = this.organFile(organ.key);
    const bytes = await readOrCreate(path, async () =>
      encodePkcs12(
        await issueOrganCertificate(authority, organ, new Date()),
        [authority.certificate],
        password,
      ),
    );
    return certificateOf(parsePkcs12(bytes, password, path), path);
  }

  /**
   * Takes over a PKCS#12 file of a certification authority, once it opens with the password in force, beside those that are
   * there. It signs when its certificate is listed.
   * @returns its certificate, DER
   */
  async importOrganKey(organ: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await findFile(file);
    if (bytes === undefined) throw new KeyError('key-missing', `找不到文件：${file}`);
    const certificate = certificateOf(parsePkcs12(bytes, await this.password(), file), file);
    const kept = await readOrCreate(this.organFile(organ, fingerprintOf(certificate)), () =>
      Promise.resolve(bytes),
    );
    // A file that signs is never replaced: by whoever brings another with the same certificate, least of all.
    if (!equalBytes(kept, bytes))
      throw new KeyError('key-present', `机关 ${organ} 已有这份证书的密钥文件，不能用另一份替换。`);
    return certificate;
  }

  /**
   * Roots of the organs' certificates, DER: the self-signed ends of the chains of the listed keys. What else lies in a key
   * file is nobody's root, and the files of what is not listed are not opened.
   * @param listed organ and SHA-256 of the certificate of each
   */
  async authorities(
    listed: readonly { readonly organ: string; readonly sha256: string }[],
  ): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    const roots = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const organ of new Set(listed.map((key) => key.organ))) {
      for (const path of await this.organFiles(organ)) {
        const { certificates } = await this.openFile(path);
        const [own] = certificates;
        if (own === undefined || !listed.some(({ sha256 }) => sha256 === fingerprintOf(own))) continue;
        const root = rootOf(certificates);
        if (root !== undefined) roots.set(fingerprintOf(root), root);
      }
    }
    return [...roots.values()];
  }

  private async openCounted(name: RegistryKey): Promise<Ed25519Key> {
    const key = await openEd25519Key(join(this.folder, `${name}.pem`));
    return {
      publicKey: key.publicKey,
      sign: (bytes) => {
        this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
        return key.sign(bytes);
      },
    };
  }

  private async openListedKey(
    organ: string,
    listed: readonly string[],
  ): Promise<Pkcs12 & { fingerprint: string }> {
    const found = new Map<string, Pkcs12>();
    for (const path of await this.organFiles(organ)) {
      const key = await this.openFile(path);
      found.set(fingerprintOf(certificateOf(key, path)), key);
    }
    for (const fingerprint of listed) {
      const key = found.get(fingerprint);
      if (key !== undefined) return { ...key, fingerprint };
    }
    throw new KeyError(
      'key-missing',
      found.size === 0
        ? `机关 ${organ} 还没有签章密钥。演示中运行 npx mandate keys create --organ ${organ}；正式环境用 keys import 装入。`
        : `机关 ${organ} 的签章密钥还没有列入清单，或已作废：须由另一人审核、发布其草稿（npx mandate drafts list）。`,
    );
  }

  private async openFile(path: string): Promise<Pkcs12> {
    const bytes = await findFile(path);
    if (bytes === undefined) throw new KeyError('key-missing', `找不到文件：${path}`);
    const opened = this.openedFiles.get(path);
    if (opened !== undefined && equalBytes(opened.bytes, bytes)) return opened.key;
    const key = parsePkcs12(bytes, await this.password(), path);
    this.openedFiles.set(path, { bytes, key });
    return key;
  }

  private async testAuthority(password: string): Promise<Issued> {
    const file = join(this.folder, 'test-authority.p12');
    const bytes = await readOrCreate(file, async () =>
      encodePkcs12(await makeTestAuthority(new Date()), [], password),
    );
    const { certificates, privateKey } = parsePkcs12(bytes, password, file);
    const [der] = certificates;
    if (der === undefined) throw new KeyError('invalid-key-file', `PKCS#12 文件中没有证书：${file}`);
    return {
      certificate: forge.pki.certificateFromAsn1(
        forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(der).toString('binary'))),
      ),
      privateKey: forge.pki.privateKeyFromPem(String(privateKey.export({ type: 'pkcs1', format: 'pem' }))),
    };
  }

  private async password(): Promise<string> {
    if (this.config.keyPassword !== undefined) return this.config.keyPassword;
    if (!this.config.demo)
      throw new KeyError('password-missing', '请设置 MANDATE_KEY_PASSWORD（打开 PKCS#12 密钥文件的密码）。');
    const made = await readOrCreate(join(this.folder, 'demo-password'), () =>
      Promise.resolve(Buffer.from(randomBytes(24).toString('base64url'))),
    );
    return Buffer.from(made).toString();
  }

  /** Paths of the key files of an organ, or of all, in order of their names. */
  private async organFiles(organ?: string): Promise<readonly string[]> {
    const folder = join(this.folder, 'organs');
    const names = await readdir(folder).catch(() => []);
    const wanted = names.filter((name) => {
      const [, of] = /^([0-9A-Za-z-]{1,40})(?:\.[0-9a-f]{16})?\.p12$/.exec(name) ?? [];
      return of !== undefined && (organ === undefined || of === organ);
    });
    return wanted.sort().map((name) => join(folder, name));
  }

  /** @param fingerprint of the certificate; without it, where the demo's own key lies */
  private organFile(organ: string, fingerprint?: string): string {
    // An organ's key is [0-9A-Za-z-]: nothing that could leave the folder.
    if (!/^[0-9A-Za-z-]{1,40}$/.test(organ)) throw new KeyError('organ-not-found', `不是机关标识：${organ}`);
    const name = fingerprint === undefined ? organ : `${organ}.${fingerprint.slice(0, 16)}`;
    return join(this.folder, 'organs', `${name}.p12`);
  }
}

function certificateOf({ certificates: [der] }: Pkcs12, path: string): Uint8Array<ArrayBuffer> {
  if (der === undefined) throw new KeyError('invalid-key-file', `PKCS#12 文件中没有证书：${path}`);
  return der;
}

/** SHA-256 of the DER, hex. */
function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** The self-signed end of the chain that begins with the first, each certificate signed by the next. */
function rootOf(certificates: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> | undefined {
  let [der] = certificates;
  for (let step = 0; der !== undefined && step <= certificates.length; step += 1) {
    const certificate = new X509Certificate(der);
    if (certificate.ca && isIssuedBy(certificate, certificate)) return der;
    der = certificates.find((one) => isIssuedBy(certificate, new X509Certificate(one)));
  }
  return undefined;
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
