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

/** The fact that a step ended with; what is no finding is thrown on. */
export function factOf(error: unknown): Fact {
  if (error instanceof Finding) return error.fact;
  throw error;
}
