import { AccountEmergencyService } from '../../apps/registry/src/auth/account-emergency.service.ts';
import { AccountsService } from '../../apps/registry/src/auth/accounts.service.ts';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { SessionsService } from '../../apps/registry/src/auth/sessions.service.ts';
import { DraftOverrulesService } from '../../apps/registry/src/drafts/draft-overrules.service.ts';
import { added, type DraftDesk, draftItem, LATER, type Official, PASSWORD } from './drafts.ts';
import { FOOD_PERMIT_DATA, MARKET, PERMIT_KEY } from './food-permit.ts';
import type { GoodRequest } from './request-fields.ts';
import { itemRow, listRows, makeWorkbook } from './workbook.ts';

/** A name that the one record in a body of the API takes: a field on the face of a food permit. */
export const RECORD = 'KZ_JYCS';
const LIST = makeWorkbook([{ rows: listRows([itemRow(1, '甲许可')], `${MARKET.name}2026年权责清单`) }]);

/** Who calls an operation, and a request that it takes. */
export interface Call {
  readonly by?: Official;
  readonly good: GoodRequest;
  /** a body that is a file */
  readonly file?: Uint8Array;
}

/** A call that is right for each operation; one that is not here is made of what its schemas say. */
export async function goodCalls(
  desk: DraftDesk,
  issue: (by: Official, body: object) => Promise<{ json(): { identifier: string } }>,
): Promise<Readonly<Record<string, Call>>> {
  const [organ = '', number = ''] = PERMIT_KEY.split('.');
  const item = { params: { organ, number } };
  const days = { from: '2025-01-01', to: '2026-01-01' };
  const change = {
    register: 'authority-item',
    kind: 'added',
    value: draftItem('示例事项'),
    place: { file: '表.xlsx', sheet: '表', row: 1, serial: '1' },
    doubts: [{ code: 'hidden-row', message: '第 1 行' }],
  };
  const headings = { title: '标题', effectiveDate: LATER, reason: '理由' };
  const draft = async (): Promise<string> => (await desk.create([added(draftItem('示例事项'))])).id;
  /** A draft whose source does not have a listed item. */
  const asking = async (): Promise<string> => {
    const missing = [{ key: PERMIT_KEY, name: '示例' }];
    return (await desk.create([added(draftItem('示例事项'))], { missing })).id;
  };
  const taken = async (...steps: readonly ('submit' | 'reject')[]): Promise<string> => {
    const id = await draft();
    for (const [n, step] of steps.entries()) {
      const who = desk.who(step === 'submit' ? 'editor' : 'reviewer');
      await desk.tx((tx) => desk.steps.take(tx, who, { step, draft: id, version: n + 1, comment: '请改' }));
    }
    return id;
  };
  /** Submitted, with a power that has no basis. */
  const unfounded = async (): Promise<string> => {
    const { id } = await desk.create([added(draftItem('没有依据', { bases: [] }))]);
    await desk.tx((tx) => desk.steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 1 }));
    return id;
  };
  const overruled = async (): Promise<GoodRequest> => {
    const [id, rule] = [await unfounded(), 'power-without-basis' as const];
    const given = await desk.tx((tx) =>
      desk.app
        .get(DraftOverrulesService)
        .give(tx, desk.who('reviewer'), { draft: id, version: 2, rule, reason: '由制定机关补充' }),
    );
    return { params: { id, overrule: given.id }, query: { version: '3' } };
  };
  const issued = async (): Promise<string> => {
    const answer = await issue('issuer', { type: '食品经营许可证', ...FOOD_PERMIT_DATA });
    return answer.json().identifier;
  };
  let clerks = 0;
  /** An account of which a call may make what it likes. @returns its login */
  const clerk = async (): Promise<string> => {
    const login = `clerk-${(clerks += 1)}`;
    const made = { login, displayName: login, organ: MARKET.key, roles: ['editor'] as const, demo: false };
    await desk.app.get(AuthService).createAccount({ ...made, password: PASSWORD });
    return login;
  };
  const disabled = async (): Promise<string> => {
    const login = await clerk();
    await desk.app.get(AccountEmergencyService).disable(desk.who('keeper'), login, '调离');
    return login;
  };
  /** @returns the id of a session that may be ended */
  const session = async (login: string): Promise<string> => {
    const auth = desk.app.get(AuthService);
    await auth.signIn(login, PASSWORD);
    const account = await auth.getAccount(login);
    const [one] = await desk.app.get(SessionsService).list(account, account);
    return one?.id ?? '';
  };
  const signedIn = async (): Promise<string> => {
    const login = await clerk();
    await session(login);
    return login;
  };
  const accounts = desk.app.get(AccountsService);
  const asked = async (login: string) => accounts.requestReset(desk.who('keeper'), login);
  const activating = async (): Promise<Record<string, unknown>> => {
    const login = await clerk();
    const { change, code } = await asked(login);
    const approved = await accounts.approve(desk.who('second-keeper'), change);
    return { login, codes: [code, approved.code], password: 'quite another one' };
  };
  const signedInClerk = await signedIn();
  const open = { params: { id: await draft() } };
  const submitted = async (version = 2): Promise<GoodRequest> => ({
    params: { id: await taken('submit') },
    body: { version, comment: '意见' },
  });
  return {
    'POST /api/session': { good: { body: { login: 'editor', password: PASSWORD } } },
    'DELETE /api/session': { good: {} },
    'GET /api/session': { by: 'editor', good: {} },
    'PUT /api/account/password': {
      by: 'none',
      good: { body: { current: PASSWORD, next: 'quite another one' } },
    },
    'POST /api/account/activation': { good: { body: await activating() } },
    'GET /api/account/sessions': { by: 'editor', good: {} },
    'DELETE /api/account/sessions': { by: 'transport', good: {} },
    'DELETE /api/account/sessions/{id}': {
      by: 'second-editor',
      good: { params: { id: await session('second-editor') } },
    },
    'GET /api/accounts': { by: 'keeper', good: {} },
    'POST /api/accounts/{login}/reset': { by: 'keeper', good: { params: { login: await clerk() } } },
    'POST /api/accounts/{login}/enabling': { by: 'keeper', good: { params: { login: await disabled() } } },
    'POST /api/accounts/{login}/disabling': {
      by: 'keeper',
      good: { params: { login: await clerk() }, body: { reason: '调离' } },
    },
    'POST /api/accounts/{login}/unlocking': {
      by: 'keeper',
      good: { params: { login: await clerk() }, body: { address: '192.0.2.7' } },
    },
    'GET /api/accounts/{login}/sessions': { by: 'keeper', good: { params: { login: await clerk() } } },
    'DELETE /api/accounts/{login}/sessions': { by: 'keeper', good: { params: { login: await signedIn() } } },
    'DELETE /api/accounts/{login}/sessions/{id}': {
      by: 'keeper',
      good: { params: { login: signedInClerk, id: await session(signedInClerk) } },
    },
    'GET /api/account-changes': { by: 'keeper', good: {} },
    'POST /api/account-changes/{id}/approval': {
      by: 'second-keeper',
      good: { params: { id: (await asked(await clerk())).change } },
    },
    'POST /api/account-changes/{id}/rejection': {
      by: 'second-keeper',
      good: { params: { id: (await asked(await clerk())).change } },
    },
    'GET /api/ledger': { by: 'auditor', good: {} },
    // There is none to delete: it is asked for by a name of the right form, and not found.
    'DELETE /api/imports/mappings/{organ}/{signature}': {
      by: 'editor',
      good: { params: { organ, signature: 'a'.repeat(64) } },
    },
    'POST /api/certificates': {
      by: 'issuer',
      good: { body: { type: '食品经营许可证', ...FOOD_PERMIT_DATA } },
    },
    'GET /api/certificates': { by: 'issuer', good: {} },
    'GET /api/certificates/{identifier}': { by: 'issuer', good: { params: { identifier: await issued() } } },
    'GET /api/certificates/{identifier}/document': {
      by: 'issuer',
      good: { params: { identifier: await issued() } },
    },
    'POST /api/certificates/{identifier}/revocation': {
      by: 'issuer',
      good: { params: { identifier: await issued() }, body: { reason: 'withdrawn' } },
    },
    'POST /api/drafts': {
      by: 'editor',
      good: { body: { list: MARKET.key, ...headings, changes: [change] } },
    },
    'GET /api/drafts': { by: 'editor', good: {} },
    'GET /api/drafts/{id}': { by: 'editor', good: open },
    'PUT /api/drafts/{id}': {
      by: 'editor',
      good: { params: { id: await draft() }, body: { version: 1, ...headings } },
    },
    'GET /api/drafts/{id}/changes': { by: 'editor', good: open },
    'GET /api/drafts/{id}/comparison': { by: 'editor', good: open },
    'GET /api/drafts/{id}/overrules': { by: 'editor', good: open },
    'POST /api/drafts/{id}/overrules': {
      by: 'reviewer',
      good: {
        params: { id: await unfounded() },
        body: { version: 2, rule: 'power-without-basis', change: 1, reason: '由制定机关补充' },
      },
    },
    'DELETE /api/drafts/{id}/overrules/{overrule}': { by: 'reviewer', good: await overruled() },
    'GET /api/drafts/{id}/findings': { by: 'editor', good: open },
    'POST /api/drafts/{id}/comments': { by: 'editor', good: { ...open, body: { comment: '意见' } } },
    'POST /api/drafts/{id}/changes': {
      by: 'editor',
      good: { params: { id: await draft() }, body: change },
    },
    'GET /api/drafts/{id}/changes/{number}': {
      by: 'editor',
      good: { params: { ...open.params, number: '1' } },
    },
    'PUT /api/drafts/{id}/changes/{number}': {
      by: 'editor',
      good: { params: { id: await draft(), number: '1' }, body: { version: 1, ...change } },
    },
    'DELETE /api/drafts/{id}/changes/{number}': {
      by: 'editor',
      good: { params: { id: await draft(), number: '1' }, query: { version: '1' } },
    },
    'POST /api/drafts/{id}/cancellations': {
      by: 'editor',
      good: { params: { id: await draft() }, body: { version: 1, keys: [PERMIT_KEY] } },
    },
    'GET /api/drafts/{id}/pairs': { by: 'editor', good: open },
    'POST /api/drafts/{id}/pairs/{number}': {
      by: 'editor',
      good: {
        params: { id: await asking(), number: '1' },
        body: { version: 1, same: true, key: PERMIT_KEY },
      },
    },
    'GET /api/drafts/{id}/missing': { by: 'editor', good: open },
    'PUT /api/drafts/{id}/missing': {
      by: 'editor',
      good: {
        params: { id: await asking() },
        body: { version: 1, decision: 'stays', keys: [PERMIT_KEY], reason: '理由', related: PERMIT_KEY },
      },
    },
    'POST /api/drafts/{id}/submission': {
      by: 'editor',
      good: { params: { id: await draft() }, body: { version: 1 } },
    },
    'POST /api/drafts/{id}/approval': { by: 'reviewer', good: await submitted() },
    'POST /api/drafts/{id}/rejection': { by: 'reviewer', good: await submitted() },
    'POST /api/drafts/{id}/withdrawal': { by: 'editor', good: await submitted() },
    'POST /api/drafts/{id}/reopening': {
      by: 'editor',
      good: { params: { id: await taken('submit', 'reject') }, body: { version: 3 } },
    },
    'POST /api/drafts/{id}/publication': {
      by: 'publisher',
      good: {
        params: { id: (await desk.approved([added(draftItem('示例事项'))])).id },
        body: { version: 3 },
      },
    },
    'POST /api/imports': { by: 'editor', good: { query: { file: '表.csv', dryRun: 'true' } }, file: LIST },
    'GET /api/templates/{list}': { good: { params: { list: 'authority' } } },
    'GET /api/organs/{organ}': { good: { params: { organ } } },
    'GET /api/organs/{organ}/history': { good: { params: { organ } } },
    'GET /api/items/{organ}/{number}': { good: item },
    'GET /api/items/{organ}/{number}/history': { good: item },
    'GET /api/regions/{code}': { good: { params: { code: '650200' } } },
    'GET /api/negative-lists/{list}': { good: { params: { list: 'n-2025' } } },
    'GET /api/negative-lists/{list}/items': { good: { params: { list: 'n-2025' } } },
    'GET /api/negative-lists/{list}/items/{code}': { good: { params: { list: 'n-2025', code: '100001' } } },
    'GET /api/negative-lists/{list}/items/{code}/history': {
      good: { params: { list: 'n-2025', code: '100001' } },
    },
    'GET /api/editions/{list}/{number}': { good: { params: { list: organ, number: '2026' } } },
    'GET /api/compare/items': { good: { query: days } },
    'GET /api/compare/items/{organ}/{number}': { good: { ...item, query: days } },
    'GET /api/compare/negative-lists/{list}': { good: { params: { list: 'n-2025' }, query: days } },
    'GET /api/compare/negative-lists/{list}/items/{code}': {
      good: { params: { list: 'n-2025', code: '100001' }, query: days },
    },
    'GET /api/log/{log}/checkpoint': { good: { params: { log: 'lists' } } },
    'GET /api/log/{log}/proof/{index}': { good: { params: { log: 'lists', index: '0' } } },
  };
}
