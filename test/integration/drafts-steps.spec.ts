import { afterAll, beforeAll, expect, test } from '@jest/globals';
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
import { added, DraftDesk, draftItem, type Official } from '../support/drafts.ts';
import { putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS } from '../support/sample-acts.ts';

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
