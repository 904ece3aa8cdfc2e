import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  allowedSteps,
  DRAFT_ACTIONS,
  DRAFT_STATE_CODES,
  DRAFT_STEP_NAMES,
  type Draft,
  type DraftState,
  type DraftStep,
  type ReviewStep,
} from '@mandate/drafting';
import { DraftEditingService } from '../../apps/registry/src/drafts/draft-editing.service.ts';
import { DraftOverrulesService } from '../../apps/registry/src/drafts/draft-overrules.service.ts';
import { LedgerService } from '../../apps/registry/src/ledger/ledger.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { added, changed, DraftDesk, draftItem, type Official } from '../support/drafts.ts';
import { putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS, MARKET } from '../support/sample-acts.ts';

let registry: TestRegistry;
let desk: DraftDesk;

beforeAll(async () => {
  registry = await openTestRegistry();
  await putActs(registry.app, ACTS.slice(0, 3));
  desk = await DraftDesk.open(registry.app);
});
afterAll(() => registry.close());

/** The way to each state, every step by somebody who may. */
const WAYS: Readonly<Record<DraftState, readonly (readonly [DraftStep, Official])[]>> = {
  draft: [],
  submitted: [['submit', 'second-keeper']],
  approved: [
    ['submit', 'second-keeper'],
    ['approve', 'reviewer'],
  ],
  rejected: [
    ['submit', 'second-keeper'],
    ['reject', 'reviewer'],
  ],
  published: [
    ['submit', 'second-keeper'],
    ['approve', 'reviewer'],
    ['publish', 'publisher'],
  ],
  withdrawn: [['withdraw', 'editor']],
};

const ACTORS: readonly Official[] = [
  'editor',
  'second-editor',
  'reviewer',
  'publisher',
  'transport',
  'keeper',
  'second-keeper',
  'auditor',
  'issuer',
  'none',
];

async function take(
  draft: Draft,
  step: DraftStep,
  by: Official,
  tx: Parameters<Parameters<DraftDesk['tx']>[0]>[0],
) {
  const request = { draft: draft.id, version: draft.version, comment: '示例意见' };
  if (step === 'publish') return (await desk.publication.publish(tx, desk.who(by), request)).draft;
  return desk.steps.take(tx, desk.who(by), { ...request, step: step satisfies ReviewStep });
}

test.each(DRAFT_STATE_CODES)(
  'of a draft that is %s, what a console offers is what the registry takes',
  async (state) => {
    let draft = await desk.create([added(draftItem(`示例${state}`))]);
    for (const [step, by] of WAYS[state]) draft = await desk.tx((tx) => take(draft, step, by, tx));
    expect(draft.state).toBe(state);
    const events = await desk.tx((tx) => desk.drafts.events(tx, draft.id));
    const undone = new Error('undone');
    for (const by of ACTORS) {
      const taken: DraftStep[] = [];
      for (const step of DRAFT_STEP_NAMES) {
        const attempt = desk.tx(async (tx) => {
          await take(draft, step, by, tx);
          throw undone;
        });
        const refusal: unknown = await attempt.catch((error: unknown) => error);
        if (refusal === undone) taken.push(step);
        else
          expect(['missing-role', 'not-your-organ', 'wrong-state', 'own-draft']).toContain(
            refusal instanceof Error && 'code' in refusal ? refusal.code : refusal,
          );
      }
      const { roles, organ } = desk.who(by);
      const edited = events.some(
        ({ action, account }) => account.login === by && DRAFT_ACTIONS[action].edits,
      );
      expect([by, allowedSteps(draft, { roles, organ, edited })]).toEqual([by, taken]);
    }
  },
);

test.each(['依据\u0000不全', '依据\u202e不全', '依据\ud800'])(
  'a comment that is not what is read is kept by no step and in no trail: %j',
  async (comment) => {
    const { id } = await desk.create([added(draftItem('意见'))]);
    await desk.tx((tx) => desk.steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 1 }));
    const refused = { code: 'invalid-comment', message: expect.stringContaining('请删去') };
    const request = { step: 'reject' as const, draft: id, version: 2, comment };
    await expect(desk.tx((tx) => desk.steps.take(tx, desk.who('reviewer'), request))).rejects.toMatchObject(
      refused,
    );
    await expect(
      desk.tx((tx) =>
        desk.app.get(DraftEditingService).comment(tx, desk.who('editor'), { draft: id, comment }),
      ),
    ).rejects.toMatchObject(refused);
    const events = await desk.tx((tx) => desk.drafts.events(tx, id));
    expect(events.map(({ action }) => action)).toEqual(['created', 'submitted']);
  },
);

describe('what must be put right', () => {
  const faulty = (name: string) => draftItem(name, { bases: [] });
  const RULE = 'power-without-basis';
  const REASON = '国务院已决定取消，省人大正在修订条例，见附件';
  const overrules = () => desk.app.get(DraftOverrulesService);
  const step = (draft: Draft, by: Official, what: ReviewStep) =>
    desk.tx((tx) =>
      desk.steps.take(tx, desk.who(by), {
        step: what,
        draft: draft.id,
        version: draft.version,
        comment: '示例',
      }),
    );
  const overrule = (draft: Draft, by: Official, change?: number) =>
    desk.tx((tx) =>
      overrules().give(tx, desk.who(by), {
        draft: draft.id,
        version: draft.version,
        rule: RULE,
        change,
        reason: REASON,
      }),
    );
  const stopped = (count: number) => ({
    code: 'open-findings',
    message: expect.stringContaining(`[${RULE}] ${count.toString()} 处`),
    extension: { count, findings: [expect.objectContaining({ rule: RULE, count })] },
  });
  const submitted = async (...names: readonly string[]): Promise<Draft> =>
    step(await desk.create(names.map((name) => added(faulty(name)))), 'editor', 'submit');
  const edited = async (draft: Draft, by: Official, name: string): Promise<Draft> => {
    const { version } = await step(draft, by, 'reopen');
    const edit = { draft: draft.id, number: 1, version: 1, change: added(faulty(name)) };
    await desk.tx((tx) => desk.app.get(DraftEditingService).edit(tx, desk.who(by), edit));
    return step({ ...draft, version: version + 1 }, by, 'submit');
  };

  test('is told to who submits, and stops approval and publication until a reviewer says why it stands', async () => {
    const draft = await submitted('无依据甲', '无依据乙');
    expect(draft.openFindings).toMatchObject([
      { rule: RULE, count: 2, first: [{ change: 1 }, { change: 2 }] },
    ]);
    await expect(step(draft, 'reviewer', 'approve')).rejects.toMatchObject(stopped(2));
    const first = await overrule(draft, 'reviewer', 1);
    await expect(step(first.draft, 'reviewer', 'approve')).rejects.toMatchObject(stopped(1));
    // One rule, all that is still open, one reason: and it says how many.
    const rest = await overrule(first.draft, 'reviewer');
    expect([first.count, rest.count]).toEqual([1, 1]);
    const approved = await step(rest.draft, 'reviewer', 'approve');
    const ended = await desk.tx((tx) =>
      overrules().end(tx, desk.who('second-reviewer'), {
        draft: draft.id,
        version: approved.version,
        overrule: first.id,
      }),
    );
    expect(ended.state).toBe('approved');
    await expect(desk.publish(ended)).rejects.toMatchObject(stopped(1));
    const again = await overrule(ended, 'reviewer', 1);
    const { keys } = await desk.publish(again.draft);
    for (const key of keys) {
      const [record] = await desk.tx((tx) => desk.app.get(ListsService).history(tx, 'authority-item', key));
      expect(record?.entry.overruled).toEqual([{ rule: RULE, reason: REASON }]);
    }
  });

  test('stands in the trail and in the ledger, and is let stand by nobody who had a hand in it', async () => {
    const draft = await submitted('无依据丙');
    for (const [by, code] of [
      ['editor', 'missing-role'],
      ['publisher', 'missing-role'],
      ['transport', 'not-your-organ'],
    ] as const)
      await expect(overrule(draft, by)).rejects.toMatchObject({ code });
    const own = await step(
      await desk.create([added(faulty('自己的'))], {}, 'second-editor'),
      'second-editor',
      'submit',
    );
    await expect(overrule(own, 'second-editor')).rejects.toMatchObject({ code: 'own-draft' });
    const unsubmitted = await desk.create([added(faulty('没有提交'))]);
    await expect(overrule(unsubmitted, 'reviewer')).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(overrule({ ...draft, version: 1 }, 'reviewer')).rejects.toMatchObject({
      code: 'draft-changed',
    });
    await expect(overrule(draft, 'reviewer', 7)).rejects.toMatchObject({ code: 'nothing-to-overrule' });

    const { id } = await overrule(draft, 'reviewer', 1);
    const events = await desk.tx((tx) => desk.drafts.events(tx, draft.id));
    expect(events.at(-1)).toMatchObject({
      action: 'overruled',
      account: { login: 'reviewer' },
      change: 1,
      comment: REASON,
      detail: { overrule: id, rule: RULE, count: 1 },
    });
    const acts = await desk.tx((tx) => desk.app.get(LedgerService).list(tx, 1));
    expect(acts).toMatchObject([{ action: 'draft.overruled', subject: draft.id, detail: { change: 1 } }]);
  });

  test('of one rule does not stand by a word on another', async () => {
    const { draft, count } = await overrule(await submitted('<b>无依据</b>'), 'reviewer');
    expect(count).toBe(1);
    await expect(step(draft, 'reviewer', 'approve')).rejects.toMatchObject({
      code: 'open-findings',
      extension: { count: 1, findings: [{ rule: 'markup-in-text' }] },
    });
  });

  test('that stands is open again after an edit of the change, though the fault is the same', async () => {
    const draft = await submitted('无依据丁', '无依据戊');
    const { draft: covered } = await overrule(draft, 'reviewer');
    const again = await edited(covered, 'editor', '无依据丁，改了名称');
    expect(again.openFindings).toMatchObject([{ count: 1, first: [{ change: 1 }] }]);
    await expect(step(again, 'reviewer', 'approve')).rejects.toMatchObject(stopped(1));
  });

  test('does not stand by the word of a reviewer who then writes on the draft himself', async () => {
    const draft = await submitted('无依据己', '无依据庚');
    const { draft: covered } = await overrule(draft, 'second-editor', 2);
    const again = await edited(covered, 'second-editor', '无依据己，由审核人改写');
    await expect(step(again, 'reviewer', 'approve')).rejects.toMatchObject(stopped(2));
  });

  test('is not asked of what is cancelled, and comes with what was listed before there was a gate', async () => {
    await putActs(registry.app, [
      {
        register: 'authority-item',
        key: `${MARKET.key}.00900`,
        blob: faulty('早已在用，没有依据'),
        time: '2026-01-01T00:00:00Z',
        reason: '示例',
      },
    ]);
    const key = `${MARKET.key}.00900`;
    const renamed = await step(await desk.create([changed(key, faulty('只改了名称'))]), 'editor', 'submit');
    await expect(step(renamed, 'reviewer', 'approve')).rejects.toMatchObject(stopped(1));
    const cancelled = { ...faulty('早已在用，没有依据'), state: 'cancelled' as const };
    const gone = await desk.create([{ ...changed(key, cancelled), kind: 'cancelled' }]);
    const waiting = await step(await step(gone, 'editor', 'submit'), 'reviewer', 'approve');
    expect((await desk.publish(waiting)).keys).toEqual([key]);
  });

  test('is asked of the words that a cancellation brings, and of none that are listed already', async () => {
    const key = `${MARKET.key}.00901`;
    const listed = draftItem('#N/A');
    await putActs(registry.app, [
      { register: 'authority-item', key, blob: listed, time: '2026-01-02T00:00:00Z', reason: '示例' },
    ]);
    const cancel = (name: string) =>
      desk.create([{ ...changed(key, { ...listed, name, state: 'cancelled' as const }), kind: 'cancelled' }]);
    const words = await step(await cancel('<b>#REF!</b>'), 'editor', 'submit');
    await expect(step(words, 'reviewer', 'approve')).rejects.toMatchObject({ code: 'open-findings' });
    const same = await step(await step(await cancel('#N/A'), 'editor', 'submit'), 'reviewer', 'approve');
    expect((await desk.publish(same)).keys).toEqual([key]);
  });
});
