import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { StatusListService } from '../certificates/status-list.service.ts';
import { TrustListService } from '../trust/trust-list.service.ts';
import type { PublishedFolder } from './published-folder.ts';

/** Writes the signed lists. */
@Injectable()
export class SignedFilesService {
  constructor(
    private readonly trust: TrustListService,
    private readonly status: StatusListService,
  ) {}

  async publishSigned(tx: EntityManager, folder: PublishedFolder, now: Date): Promise<void> {
    for (const { path, bytes } of [await this.trust.file(tx, now), await this.status.file(tx, now)]) {
      await folder.write(path, bytes);
    }
  }
}
