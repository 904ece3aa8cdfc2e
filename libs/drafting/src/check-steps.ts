import { DRAFT_STATES, type DraftState, FIRST_STATE } from './states.ts';

type Moves = Readonly<
  Record<string, { readonly from: readonly DraftState[]; readonly to: string; readonly route: string }>
>;

/** A mistake in the table of steps is found when the program starts. @throws Error */
export function requireWholeTable(steps: Moves): void {
  const moves = Object.entries(steps);
  const reached = new Set<string>([FIRST_STATE]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const [, { from, to }] of moves) if (from.some((state) => reached.has(state))) reached.add(to);
  }
  for (const [name, { from, to }] of moves) {
    const unknown = [...from, to].find((state) => !Object.hasOwn(DRAFT_STATES, state));
    if (unknown !== undefined) throw new Error(`step ${name} names state ${unknown}, which there is not`);
    if (from.length === 0) throw new Error(`step ${name} can never be taken`);
  }
  const lost = Object.keys(DRAFT_STATES).find((state) => !reached.has(state));
  if (lost !== undefined) throw new Error(`no step leads to state ${lost}`);
  const routes = new Set(moves.map(([, { route }]) => route));
  if (routes.size < moves.length) throw new Error('two steps have one route');
}
