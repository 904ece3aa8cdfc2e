import { Injectable } from '@nestjs/common';
import { REVOCATIONS_PATH } from '@mandate/published';
import { encodeStatusBits, encodeStatusList } from '@mandate/trust';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.ts';
import { KeysService } from '../keys/keys.service.ts';
import { CertificatesRepository } from './certificates.repository.ts';

const HOUR_MS = 3_600_000;
const FRESH_MS = 24 * HOUR_MS;

/** Address of the status list as it stands in certificates. */
export function statusListUrl(publicUrl: string): string {
  return `${publicUrl}/${REVOCATIONS_PATH}`;
}

/** The published list of revocations. */
@Injectable()
export class StatusListService {
  constructor(
    private readonly certificates: CertificatesRepository,
    private readonly keys: KeysService,
    private readonly config: Config,
  ) {}

  /**
   * The file as it is to be published now. Its time is the full hour or the last revocation, whichever is later: so the
   * file is the same for everyone who asks within the hour, and a list from before a revocation is always the older one.
   */
  async file(tx: EntityManager, now: Date): Promise<{ path: string; bytes: Uint8Array }> {
    const { indexes, last } = await this.certificates.revokedIndexes(tx);
    const hour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
    const from = Math.max(hour, Math.floor((last?.getTime() ?? 0) / 1000) * 1000);
    const bytes = encodeStatusList(encodeStatusBits(indexes), {
      url: statusListUrl(this.config.publicUrl),
      validFrom: toSeconds(from),
      validUntil: toSeconds(from + FRESH_MS),
      key: await this.keys.registryKey('status'),
    });
    return { path: REVOCATIONS_PATH, bytes };
  }
}

function toSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
