import type { Evidence, Fact, FactCode, FactName } from './verdict.ts';
import { DOES_NOT_PROVE } from './sentences.ts';

export function holds<N extends FactName>(name: N, evidence: Evidence): Fact<N> {
  return { name, state: 'holds', evidence, doesNotProve: DOES_NOT_PROVE[name].zh };
}

export function fails<N extends FactName>(name: N, code: FactCode<N>, evidence?: Evidence): Fact<N> {
  return {
    name,
    state: 'fails',
    code,
    ...(evidence && { evidence }),
    doesNotProve: DOES_NOT_PROVE[name].zh,
  };
}

export function unknown<N extends FactName>(name: N, code: FactCode<N>, evidence?: Evidence): Fact<N> {
  return {
    name,
    state: 'unknown',
    code,
    ...(evidence && { evidence }),
    doesNotProve: DOES_NOT_PROVE[name].zh,
  };
}

/** Ends a step with a fact that does not hold. Thrown and caught inside of one step only. */
export class Finding extends Error {
  override readonly name = 'Finding';
  readonly fact: Fact;

  constructor(fact: Fact) {
    super(fact.code);
    this.fact = fact;
  }
}

/** The result of a step, or the fact it ended with. */
export function finding<T>(step: () => T): T | Fact {
  try {
    return step();
  } catch (error) {
    return asFact(error);
  }
}

/** The same for a step that waits. */
export async function findingLater<T>(step: () => Promise<T>): Promise<T | Fact> {
  try {
    return await step();
  } catch (error) {
    return asFact(error);
  }
}

function asFact(error: unknown): Fact {
  if (error instanceof Finding) return error.fact;
  throw error;
}
