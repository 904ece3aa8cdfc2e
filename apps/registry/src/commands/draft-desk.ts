import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { AS_HELP, AS_OPTION } from './as-option.ts';
import { UsageError } from './usage-error.ts';

/** What the commands about drafts have in common. */
export interface DraftOptions {
  readonly as: string;
  readonly json?: true;
}

export interface StepOptions extends DraftOptions {
  readonly revision?: number;
  readonly comment?: string;
  /** of a publication */
  readonly backdatedReason?: string;
}

export function draftCommand(drafts: Command, usage: string, description: string): Command {
  return drafts
    .command(usage)
    .description(description)
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--json', '以 JSON 输出');
}

export function parseRevision(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--revision 须为版本号，而不是“${text}”。`);
  return Number(text);
}

/** The version that is named, else the one of the moment. */
export async function requestOf(
  { app, account }: Registry,
  tx: EntityManager,
  { id, options }: { readonly id: string; readonly options: Pick<StepOptions, 'revision' | 'comment'> },
): Promise<{ draft: string; version: number; comment: string | undefined }> {
  const { DraftsService } = await import('../drafts/drafts.service.ts');
  const version = options.revision ?? (await app.get(DraftsService).get(tx, account, id)).version;
  return { draft: id, version, comment: options.comment };
}

export interface Registry {
  readonly app: INestApplicationContext;
  readonly account: Account;
  readonly inTransaction: <T>(work: (tx: EntityManager) => Promise<T>) => Promise<T>;
}

/** Drafts are proposals for public lists: nobody's personal data. */
export const READS = { unrecorded: '只读草稿' };

/** With the whole registry, for the account named. */
export async function withRegistry<T>(
  login: string,
  work: (registry: Registry) => Promise<T>,
  ledger: { readonly unrecorded?: string } = {},
): Promise<T> {
  const [{ withActor }, { inTransaction }, { DataSource }] = await Promise.all([
    import('./actor.ts'),
    import('../database/transaction.ts'),
    import('typeorm'),
  ]);
  return withActor(
    login,
    async (app, account) => {
      const source = app.get(DataSource);
      return work({ app, account, inTransaction: (inside) => inTransaction(source, inside) });
    },
    ledger,
  );
}
