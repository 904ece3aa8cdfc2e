import { IsNull, type EntityManager } from 'typeorm';
import { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';

/** Two who each take a right away at the same moment: the second sees what the first left. */
const RIGHTS_LOCK = 4_180_003;

/**
 * Carries out what takes a right away, unless nobody could give it back any more: one editor of the registry who asks, and
 * another person, its reviewer, who approves. Where that was so before, nothing is lost.
 * @param demo whether the demo's accounts may act
 * @throws AuthError `last-of-registry`
 */
export async function keepingTwoPeople<T>(
  tx: EntityManager,
  demo: boolean,
  takeAway: () => Promise<T>,
): Promise<T> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [RIGHTS_LOCK]);
  const before = await areTwo(tx, demo);
  const result = await takeAway();
  if (before && !(await areTwo(tx, demo)))
    throw new AuthError(
      'last-of-registry',
      '这样登记簿就没有能申请的编辑或另一名能批准的审核了，谁也不能再恢复。请先由两人给另一个登记簿账号这个角色；情况紧急时，可以先终止该账号的会话（account revoke）。',
    );
  return result;
}

async function areTwo(tx: EntityManager, demo: boolean): Promise<boolean> {
  const all = await tx.getRepository(Account).findBy({ organ: IsNull(), disabledAt: IsNull() });
  // One who has not chosen his password may never do so.
  const able = all.filter((account) => (account.activation ?? null) === null && (demo || !account.demo));
  const reviewers = able.filter(({ roles }) => roles.includes('reviewer'));
  return able.some(
    ({ id, roles }) => roles.includes('editor') && reviewers.some((reviewer) => reviewer.id !== id),
  );
}
