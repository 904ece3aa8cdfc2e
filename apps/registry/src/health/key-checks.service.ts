import { type SigningKey, SigningKeySchema } from '@mandate/certificate';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { HealthCheck } from '../http/health-answer.ts';
import { KeysService } from '../keys/keys.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { LogService } from '../log/log.service.ts';

const SOON_MS = 30 * 24 * 3_600_000;

/** Whether what signs can sign: files of the registry's own keys, and the certificates of the organs. */
@Injectable()
export class KeyChecksService {
  constructor(
    private readonly source: DataSource,
    private readonly keys: KeysService,
    private readonly lists: ListsService,
    private readonly log: LogService,
  ) {}

  async checks(): Promise<readonly HealthCheck[]> {
    const records = await this.lists.records(this.source.manager, 'signing-key');
    const listed = records.map(({ value }) => SigningKeySchema.parse(value));
    return [await this.files(), expiryCheck(listed, Date.now())];
  }

  private async files(): Promise<HealthCheck> {
    const name = 'keys';
    const begun = await this.log.firstCheckpointAfter(this.source.manager, 'lists', -1);
    if (begun === undefined)
      return { name, status: 'ok', detail: '登记簿还没有开始，密钥在第一次发布时生成' };
    const missing = await this.keys.unreadableRegistryKeys();
    if (missing.length === 0) return { name, status: 'ok', detail: '登记簿的密钥文件齐全可读' };
    return {
      name,
      status: 'unavailable',
      detail: `登记簿的密钥文件缺失或不可读：${missing.join('、')}。请从备份恢复，不要另造`,
    };
  }
}

/** @param listed every signing key that was ever listed; of an organ the one that lasts longest counts */
export function expiryCheck(listed: readonly SigningKey[], now: number): HealthCheck {
  const name = 'signing-keys';
  const last = new Map<string, number>();
  for (const { organ, notAfter, revokedAt } of listed) {
    if (revokedAt !== undefined) continue;
    last.set(organ, Math.max(last.get(organ) ?? 0, Date.parse(notAfter)));
  }
  const expired = [...last.values()].filter((end) => end <= now).length;
  const soon = [...last.values()].filter((end) => end > now && end - now < SOON_MS).length;
  if (expired > 0)
    return { name, status: 'unavailable', detail: `${expired} 个机关的签章证书已经过期，不能签章，请换发` };
  if (soon > 0) return { name, status: 'degraded', detail: `${soon} 个机关的签章证书在 30 天内过期，请换发` };
  return { name, status: 'ok', detail: '各机关的签章证书都在有效期内' };
}
