import type { Certificate } from '@mandate/certificate';
import { unknown } from './facts.ts';
import { ADVICE, NEWER_ADVICE } from './sentences.ts';
import { FACTS, type Fact, type FactName, type Mandate, type Verdict, type VerdictName } from './verdict.ts';

interface Found {
  readonly certificate?: Certificate;
  readonly mandate?: Mandate | undefined;
}

/** Facts that were not reached are unknown, and say what stood in their way. */
export function conclude(now: Date, found: readonly Fact[], { certificate, mandate }: Found = {}): Verdict {
  const integrityHolds = found.some(({ name, state }) => name === 'integrity' && state === 'holds');
  const facts = FACTS.map(
    (name) => found.find((fact) => fact.name === name) ?? notReached(name, integrityHolds),
  );
  const verdict = decide(facts);
  const isTooOld = verdict === 'indeterminate' && facts.some(({ code }) => code === 'newer-format');
  const advice = (isTooOld ? NEWER_ADVICE : ADVICE[verdict])?.zh;
  return {
    verdict,
    facts,
    ...(certificate && { certificate }),
    ...(mandate && { mandate }),
    checkedAt: now.toISOString(),
    ...(advice !== undefined && { advice }),
  };
}

function notReached(name: FactName, integrityHolds: boolean): Fact {
  switch (name) {
    case 'integrity':
      return unknown(name, 'unreadable');
    case 'issuer':
    case 'validity':
      return unknown(name, 'integrity-first');
    case 'mandate':
    case 'log':
    case 'status':
      return unknown(name, integrityHolds ? 'issuer-first' : 'integrity-first');
  }
}

/**
 * In the order of VERDICTS. What ended — revoked, expired — is only said of what was genuine: without an issuer that
 * holds, nothing further is said but that.
 */
function decide(facts: readonly Fact[]): VerdictName {
  // conclude has just put in one fact of each name.
  const fact = Object.fromEntries(facts.map((one) => [one.name, one])) as Record<FactName, Fact>;
  if (fact.integrity.state === 'fails') return brokenVerdict(fact.integrity.code);
  if (fact.issuer.state === 'fails') return 'untrusted-issuer';
  if (fact.integrity.state !== 'holds' || fact.issuer.state !== 'holds') return 'indeterminate';
  // By our own key, but not what was registered as issued. A forked log says nothing against the file.
  if (fact.log.state === 'fails' && fact.log.code !== 'log-forked') return 'altered';
  if (fact.mandate.state === 'fails') return 'no-mandate';
  if (fact.status.state === 'fails') return 'revoked';
  if (fact.validity.state === 'fails') return fact.validity.code === 'expired' ? 'expired' : 'not-yet-valid';
  return facts.every(({ state }) => state === 'holds') ? 'valid' : 'indeterminate';
}

function brokenVerdict(code: Fact['code']): VerdictName {
  return code === 'unreadable' || code === 'unsigned' ? code : 'altered';
}
