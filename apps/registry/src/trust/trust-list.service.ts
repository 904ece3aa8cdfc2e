import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SigningKeySchema } from '@mandate/certificate';
import { encodeBase64 } from '@mandate/encoding';
import { TRUST_LIST_PATH } from '@mandate/published';
import { encodePublicKey } from '@mandate/signature';
import { encodeTrustList, type TrustListContent } from '@mandate/trust';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.ts';
import { KeysService } from '../keys/keys.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { LogService } from '../log/log.service.ts';
import { OrgansService } from '../organs/organs.service.ts';

const HOUR_MS = 3_600_000;
const NEXT_UPDATE_MS = 7 * 24 * HOUR_MS;
// The registry's own keys are not certified by anybody but the root; they hold until the trust list says otherwise.
const REGISTRY_KEY_PERIOD = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2046-01-01T00:00:00Z' };

/** The one document a verifier starts from, signed by the root key. */
@Injectable()
export class TrustListService {
  constructor(
    private readonly keys: KeysService,
    private readonly lists: ListsService,
    private readonly log: LogService,
    private readonly organs: OrgansService,
    private readonly config: Config,
  ) {}

  /** The file as it is to be published now: the same for everyone who asks within the hour, unless its content changes. */
  async file(tx: EntityManager, now: Date): Promise<{ path: string; bytes: Uint8Array }> {
    const content = await this.content(tx, Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
    return { path: TRUST_LIST_PATH, bytes: encodeTrustList(content, await this.keys.registryKey('root')) };
  }

  private async content(tx: EntityManager, issued: number): Promise<TrustListContent> {
    const keyRecords = await this.lists.records(tx, 'signing-key');
    const keys = keyRecords.map(({ value }) => SigningKeySchema.parse(value));
    const organs: { key: string; name: string; formerNames: readonly string[] }[] = [];
    for (const { key, name } of await this.organs.list(tx)) {
      if (!keys.some(({ organ }) => organ === key)) continue;
      // Certificates of its earlier names stay what they were.
      organs.push({ key, name, formerNames: await this.organs.otherNames(tx, key) });
    }
    const [status, qr] = await Promise.all([this.keys.registryKey('status'), this.keys.registryKey('qr')]);
    return {
      version: await this.version(tx),
      issued: toSeconds(issued),
      nextUpdate: toSeconds(issued + NEXT_UPDATE_MS),
      registry: { name: this.config.registryName, publicUrl: this.config.publicUrl },
      organs: organs.map(({ key, name, formerNames }) => ({
        key,
        name,
        ...(formerNames.length > 0 && { formerNames: [...formerNames] }),
        certificates: keys
          .filter(({ organ }) => organ === key)
          .map(({ sha256, certificate, notBefore, notAfter, revokedAt, revocationReason }) => ({
            sha256,
            der: certificate,
            notBefore,
            notAfter,
            ...(revokedAt === undefined ? {} : { revokedAt }),
            ...(revocationReason === undefined ? {} : { reason: revocationReason }),
          })),
      })),
      authorities: (await this.keys.authorities(new Set(keys.map(({ sha256 }) => sha256)))).map((der) => ({
        sha256: createHash('sha256').update(der).digest('hex'),
        der: encodeBase64(der),
      })),
      logs: [
        { kind: 'lists', ...(await this.log.identityOf(tx, 'lists')) },
        { kind: 'certificates', ...(await this.log.identityOf(tx, 'certificates')) },
      ],
      keys: {
        status: [{ key: encodePublicKey(status.publicKey), ...REGISTRY_KEY_PERIOD }],
        qr: [{ key: encodePublicKey(qr.publicKey), ...REGISTRY_KEY_PERIOD }],
      },
      ...(this.config.demo ? { sample: true } : {}),
    };
  }

  /** Grows with every entry on organs and keys: whatever changes the list raises its version. */
  private async version(tx: EntityManager): Promise<number> {
    return 1 + (await this.lists.countEntries(tx, ['organ', 'signing-key']));
  }
}

function toSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
