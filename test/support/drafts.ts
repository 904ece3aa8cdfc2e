import type { AuthorityItem } from '@mandate/lists';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Account, Role } from '../../apps/registry/src/auth/access.ts';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import type { Draft, NewDraft, NewDraftChange } from '@mandate/drafting';
import { DraftPublicationService } from '../../apps/registry/src/drafts/draft-publication.service.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import { MARKET, TRANSPORT } from './sample-acts.ts';

export const PASSWORD = 'a right password';
/** A day that is never before today. */
export const LATER = '2099-01-01';

/** The officials of the tests, by what they are: two of each who could come into each other's way. */
const OFFICIALS: Readonly<Record<string, { organ: string | null; roles: readonly Role[] }>> = {
  editor: { organ: MARKET.key, roles: ['editor'] },
  'second-editor': { organ: MARKET.key, roles: ['editor', 'reviewer'] },
  reviewer: { organ: MARKET.key, roles: ['reviewer'] },
  'second-reviewer': { organ: MARKET.key, roles: ['reviewer'] },
  publisher: { organ: MARKET.key, roles: ['publisher'] },
  transport: { organ: TRANSPORT.key, roles: ['editor', 'reviewer', 'publisher'] },
  keeper: { organ: null, roles: ['editor', 'reviewer', 'publisher', 'issuer'] },
  'second-keeper': { organ: null, roles: ['editor', 'reviewer', 'publisher'] },
  auditor: { organ: null, roles: ['auditor'] },
  issuer: { organ: MARKET.key, roles: ['issuer'] },
  none: { organ: MARKET.key, roles: [] },
};
export type Official =
  | 'editor'
  | 'second-editor'
  | 'reviewer'
  | 'second-reviewer'
  | 'publisher'
  | 'transport'
  | 'keeper'
  | 'second-keeper'
  | 'auditor'
  | 'issuer'
  | 'none';

export class DraftDesk {
  private constructor(
    readonly app: INestApplicationContext,
    private readonly accounts: ReadonlyMap<string, Account>,
  ) {}

  static async open(app: INestApplicationContext): Promise<DraftDesk> {
    const accounts = new Map<string, Account>();
    for (const [login, { organ, roles }] of Object.entries(OFFICIALS)) {
      const made = { login, displayName: login, organ, roles, password: PASSWORD, demo: false };
      accounts.set(login, await app.get(AuthService).createAccount(made));
    }
    return new DraftDesk(app, accounts);
  }

  get drafts(): DraftsService {
    return this.app.get(DraftsService);
  }

  get steps(): DraftStepsService {
    return this.app.get(DraftStepsService);
  }

  get publication(): DraftPublicationService {
    return this.app.get(DraftPublicationService);
  }

  who(login: Official): Account {
    const account = this.accounts.get(login);
    if (account === undefined) throw new Error(`no official ${login}`);
    return account;
  }

  async tx<T>(work: (tx: EntityManager) => Promise<T>, app = this.app): Promise<T> {
    return inTransaction(app.get(DataSource), work);
  }

  async create(changes: readonly NewDraftChange[], more: Partial<NewDraft> = {}, by: Official = 'editor') {
    return this.tx((tx) => this.drafts.create(tx, this.who(by), newDraft(changes, more)));
  }

  /** A draft that has been approved and waits for its publication. */
  async approved(
    changes: readonly NewDraftChange[],
    more: Partial<NewDraft> = {},
    by: Official = 'editor',
    reviewer: Official = 'reviewer',
  ): Promise<Draft> {
    const { id } = await this.create(changes, more, by);
    return this.tx(async (tx) => {
      await this.steps.take(tx, this.who(by), { step: 'submit', draft: id, version: 1 });
      return this.steps.take(tx, this.who(reviewer), { step: 'approve', draft: id, version: 2 });
    });
  }

  async publish(draft: Draft, by: Official = 'publisher', app = this.app) {
    const request = { draft: draft.id, version: draft.version };
    return this.tx((tx) => app.get(DraftPublicationService).publish(tx, this.who(by), request), app);
  }
}

export function newDraft(changes: readonly NewDraftChange[], more: Partial<NewDraft> = {}): NewDraft {
  return {
    scope: 'change',
    list: MARKET.key,
    title: '示例草稿',
    effectiveDate: LATER,
    reason: '示例理由',
    changes,
    ...more,
  };
}

export function draftItem(name: string, more: Partial<AuthorityItem> = {}): AuthorityItem {
  return {
    schema: 'authority-item/1',
    organ: MARKET.key,
    name,
    category: '06',
    state: 'in-force',
    bases: [{ kind: 'law', title: '示例法', articles: ['第一条'], text: '《示例法》第一条' }],
    levels: [],
    dutiesText: '1.受理责任：依法受理。',
    dutyBasisText: '《示例法》第二条',
    subItems: [],
    sample: true,
    ...more,
  };
}

export const added = (value: AuthorityItem, more: Partial<NewDraftChange> = {}): NewDraftChange => ({
  register: 'authority-item',
  kind: 'added',
  value,
  ...more,
});

export const changed = (
  key: string,
  value: AuthorityItem,
  more: Partial<NewDraftChange> = {},
): NewDraftChange => ({ register: 'authority-item', key, kind: 'changed', value, ...more });
