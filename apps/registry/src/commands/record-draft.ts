import { chinaDay } from '@mandate/certificate';
import type { Draft } from '@mandate/drafting';
import { REGISTRY_LIST } from '@mandate/drafting';
import type { Json } from '@mandate/encoding';
import type { Register } from '@mandate/lists';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { DraftStepsService } from '../drafts/draft-steps.service.ts';
import { DraftsService } from '../drafts/drafts.service.ts';
import { ListsService } from '../lists/lists.service.ts';

/** A record that the registry itself decides on. */
export interface DraftedRecord {
  readonly register: Register;
  readonly key: string;
  readonly value: Json;
  readonly title: string;
  /** stands in the entry, for everyone to read */
  readonly reason: string;
}

/** Drafts one record from today on and submits it: a second person approves, and publishes. @throws AuthError, DraftError */
export async function draftRecord(
  app: INestApplicationContext,
  actor: Account,
  { register, key, value, title, reason }: DraftedRecord,
): Promise<Draft> {
  return inTransaction(app.get(DataSource), async (tx) => {
    const listed = await app.get(ListsService).history(tx, register, key);
    const made = await app.get(DraftsService).create(tx, actor, {
      scope: 'change',
      list: REGISTRY_LIST,
      title,
      reason,
      effectiveDate: chinaDay(new Date()),
      changes: [{ register, key, value, kind: listed.length === 0 ? 'added' : 'changed' }],
    });
    const { id: draft, version } = made;
    return app.get(DraftStepsService).take(tx, actor, { step: 'submit', draft, version, comment: undefined });
  });
}

/** What whoever drafted it reads, with what a second person does next. */
export function describeSubmitted({ id, title }: Pick<Draft, 'id' | 'title'>): string {
  return `已起草并提交“${title}”。须由另一人审核、发布：\n  npx mandate drafts approve ${id} --as <login>\n  npx mandate drafts publish ${id} --as <login>`;
}
