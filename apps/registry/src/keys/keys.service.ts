import { randomBytes, sign as signWith, X509Certificate } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { equalBytes } from '@mandate/encoding';
import type { Signer } from '@mandate/signature';
import forge from 'node-forge';
import { Config } from '../config/config.ts';
import { type Ed25519Key, openEd25519Key } from './ed25519-key.ts';
import { findFile, readOrCreate, replaceFile } from './key-files.ts';
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
  // Opening derives a key from the password; done again only when the file has changed.
  private readonly openedFiles = new Map<string, { bytes: Uint8Array; key: Pkcs12 }>();

  constructor(private readonly config: Config) {
    this.folder = join(config.dataDir, 'keys');
  }

  /** @throws KeyError `invalid-key-file` */
  registryKey(name: RegistryKey): Promise<Ed25519Key> {
    const opened = this.opened.get(name) ?? openEd25519Key(join(this.folder, `${name}.pem`));
    this.opened.set(name, opened);
    return opened;
  }

  /** What signs certificates for this organ. @throws KeyError `key-missing` | `wrong-password` | `invalid-key-file` */
  async organSigner(organ: string): Promise<Signer> {
    const { certificates, privateKey } = await this.openOrganKey(organ);
    return {
      certificates,
      algorithm: 'rsa-sha256',
      sign: (bytes) => Promise.resolve(new Uint8Array(signWith('sha256', bytes, privateKey))),
    };
  }

  /** Certificate chain of the organ's key, DER, its own first. */
  async organCertificates(organ: string): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    return (await this.openOrganKey(organ)).certificates;
  }

  /** A key for the organ, certified by the demo's test authority. One that is there stays. @throws KeyError `test-authority-refused` outside the demo */
  async createOrganKey(organ: { key: string; name: string }): Promise<void> {
    if (!this.config.demo) {
      throw new KeyError(
        'test-authority-refused',
        '测试证书机构只用于演示。请用 mandate keys import 装入电子认证机构签发的 PKCS#12 文件。',
      );
    }
    const password = await this.password();
    const authority = await this.testAuthority(password);
    await readOrCreate(this.organFile(organ.key), async () =>
      encodePkcs12(
        await issueOrganCertificate(authority, organ, new Date()),
        [authority.certificate],
        password,
      ),
    );
  }

  /** Takes over a PKCS#12 file of a certification authority, once it opens with the password in force. */
  async importOrganKey(organ: string, file: string): Promise<void> {
    const bytes = await findFile(file);
    if (bytes === undefined) throw new KeyError('key-missing', `找不到文件：${file}`);
    parsePkcs12(bytes, await this.password(), file);
    await replaceFile(this.organFile(organ), bytes);
  }

  /** Roots of the organs' certificates, DER: the self-signed ends of the chains in the key files. */
  async authorities(): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    const names = await readdir(join(this.folder, 'organs')).catch(() => []);
    const roots = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const name of names.filter((one) => one.endsWith('.p12')).sort()) {
      for (const der of await this.organCertificates(name.slice(0, -'.p12'.length))) {
        const certificate = new X509Certificate(der);
        if (certificate.ca && certificate.checkIssued(certificate))
          roots.set(certificate.fingerprint256, der);
      }
    }
    return [...roots.values()];
  }

  private async openOrganKey(organ: string): Promise<Pkcs12> {
    const file = this.organFile(organ);
    const bytes = await findFile(file);
    if (bytes === undefined) {
      throw new KeyError(
        'key-missing',
        `机关 ${organ} 还没有签章密钥。演示中运行 npx mandate keys create --organ ${organ}；正式环境用 keys import 装入。`,
      );
    }
    const opened = this.openedFiles.get(file);
    if (opened !== undefined && equalBytes(opened.bytes, bytes)) return opened.key;
    const key = parsePkcs12(bytes, await this.password(), file);
    this.openedFiles.set(file, { bytes, key });
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

  private organFile(organ: string): string {
    // An organ's key is [0-9A-Za-z-]: nothing that could leave the folder.
    if (!/^[0-9A-Za-z-]{1,40}$/.test(organ)) throw new KeyError('organ-not-found', `不是机关标识：${organ}`);
    return join(this.folder, 'organs', `${organ}.p12`);
  }
}
