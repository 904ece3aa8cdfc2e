import { Injectable } from '@nestjs/common';
import type { LogName } from '@mandate/published';
import {
  encodeVerifierKey,
  type LogIdentity,
  type NoteSigner,
  verifierKey,
  type VerifierKey,
} from '@mandate/transparency-log';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.ts';
import { KeysService } from '../keys/keys.service.ts';
import { RegistryLogError } from './log.errors.ts';
import { LogRepository } from './log.repository.ts';

/** Under which name and key a log speaks. Both are fixed by its first row and outlive every change of configuration. */
@Injectable()
export class LogIdentityService {
  constructor(
    private readonly repository: LogRepository,
    private readonly keys: KeysService,
    private readonly config: Config,
  ) {}

  /** Begins the log if it has not begun. */
  async identityOf(tx: EntityManager, log: LogName): Promise<LogIdentity> {
    const found = await this.repository.findLog(tx, log);
    if (found !== undefined) return found;
    const origin = `${new URL(this.config.publicUrl).host}/${log}`;
    await this.repository.insertLog(tx, log, origin, encodeVerifierKey(await this.key(log, origin)));
    // Another process may have been quicker: what is stored decides.
    const stored = await this.repository.findLog(tx, log);
    if (stored === undefined) throw new RegistryLogError('corrupt', `日志 ${log} 无法建立。`);
    return stored;
  }

  /** @throws RegistryLogError `wrong-key` when the key at hand is not the one the log began with */
  async signerOf(tx: EntityManager, log: LogName): Promise<NoteSigner & { readonly origin: string }> {
    const { origin, vkey } = await this.identityOf(tx, log);
    const key = await this.key(log, origin);
    if (encodeVerifierKey(key) !== vkey) {
      throw new RegistryLogError(
        'wrong-key',
        `日志 ${origin} 不是用数据文件夹中的密钥 log-${log} 建立的。请恢复原来的密钥文件；换用别的密钥会使日志分叉。`,
      );
    }
    const held = await this.keys.registryKey(`log-${log}`);
    return { key, origin, sign: (message) => held.sign(message) };
  }

  private async key(log: LogName, origin: string): Promise<VerifierKey> {
    return verifierKey(origin, (await this.keys.registryKey(`log-${log}`)).publicKey);
  }
}
