import type { Candidate, Draft, NewDraftChange } from '@mandate/drafting';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { requireRegisters } from './draft-access.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { storedChange } from './stored-change.ts';

/** A change as it is to be written, with the bytes that will be its blob. */
export interface Written {
  readonly candidate: Candidate;
  readonly change: NewDraftChange;
}

/** Writes changes into a draft, each held against what is listed at that moment. */
@Injectable()
export class DraftWritingService {
  constructor(
    private readonly checks: DraftChecksService,
    private readonly repository: DraftsRepository,
  ) {}

  /** @param given.version of the draft with which these wordings come @throws AuthError, DraftError */
  async write(
    tx: EntityManager,
    author: Account,
    {
      draft,
      version,
      batch,
    }: {
      readonly draft: Pick<Draft, 'id' | 'list' | 'effectiveDate'>;
      readonly version: number;
      readonly batch: readonly Written[];
    },
  ): Promise<void> {
    const changes = batch.map(({ candidate }) => candidate);
    requireRegisters(author, changes);
    const bases = await this.checks.check(tx, draft, { changes, fresh: true });
    await this.repository.insertChanges(
      tx,
      batch.map(({ candidate, change }) =>
        storedChange(candidate, change, {
          draftId: draft.id,
          version,
          editedBy: author.id,
          baseBlob: bases.get(candidate.number) ?? null,
        }),
      ),
    );
  }
}
