import { HEALTH_RULE_CODES, HEALTH_RULES, type HealthFinding, type HealthRule } from '@mandate/lists';
import { DraftError } from './errors.ts';

/** A finding of grade `must` in one wording of one change. */
export interface MustFinding extends HealthFinding {
  /** number of the change */
  readonly change: number;
  /** of the change: another wording of it is another finding */
  readonly version: number;
}

/** A reviewer's word that findings of one rule stand, and why. */
export interface Overrule {
  readonly id: string;
  readonly rule: HealthRule;
  /** stands in the entries, for everyone to read */
  readonly reason: string;
  /** the change it is about; absent: every change in which the rule found something then */
  readonly change?: number | undefined;
  /** what it covers, by `findingId` */
  readonly covers: ReadonlySet<string>;
  readonly by: { readonly login: string; readonly displayName: string };
  readonly at: Date;
}

/** The open findings of one rule: one line, however many there are. */
export interface OpenFindings {
  readonly rule: HealthRule;
  readonly name: string;
  readonly count: number;
  readonly first: readonly {
    readonly change: number;
    readonly name: string;
    readonly place: string;
    readonly text: string;
  }[];
}

/** Of one rule, as many places as are named. */
const MOST_PLACES = 5;

/** What a finding is about: change, wording, rule and place, so that an overrule does not outlive an edit. */
export function findingId({
  rule,
  change,
  version,
  pointer,
}: Pick<MustFinding, 'rule' | 'change' | 'version' | 'pointer'>): string {
  return [rule, change, version, pointer].join(' ');
}

/** The overrule under which each finding stands; those under none are open. */
export function settle(
  findings: readonly MustFinding[],
  overrules: readonly Overrule[],
): { readonly open: readonly MustFinding[]; readonly settled: ReadonlyMap<MustFinding, Overrule> } {
  const settled = new Map<MustFinding, Overrule>();
  const open = findings.filter((finding) => {
    const id = findingId(finding);
    const overrule = overrules.find(({ covers }) => covers.has(id));
    if (overrule !== undefined) settled.set(finding, overrule);
    return overrule === undefined;
  });
  return { open, settled };
}

/** Open findings, a line a rule, in the order of the rules. */
export function openByRule(open: readonly MustFinding[]): readonly OpenFindings[] {
  const groups = Map.groupBy(open, ({ rule }) => rule);
  return HEALTH_RULE_CODES.flatMap((rule) => {
    const found = groups.get(rule);
    if (found === undefined) return [];
    const first = found
      .slice(0, MOST_PLACES)
      .map(({ change, name, place, text }) => ({ change, name, place, text }));
    return [{ rule, name: HEALTH_RULES[rule].name, count: found.length, first }];
  });
}

/** One line a rule: «权力没有依据 2 处：第 1 项“…”、第 5 项“…”». */
export function describeOpen(open: readonly OpenFindings[]): readonly string[] {
  return open.map(({ rule, name, count, first }) => {
    const places = first.slice(0, 3).map(({ change, name: item }) => {
      const words = [...item];
      return `第 ${change.toString()} 项“${words.slice(0, 30).join('')}${words.length > 30 ? '…' : ''}”`;
    });
    return `${name} [${rule}] ${count.toString()} 处：${places.join('、')}${count > places.length ? '等' : ''}`;
  });
}

/** @throws DraftError `open-findings` with rules, counts and first places */
export function requireSettled(open: readonly MustFinding[]): void {
  if (open.length === 0) return;
  const rules = openByRule(open);
  throw new DraftError(
    'open-findings',
    `有 ${open.length.toString()} 处应当改正的问题没有处理，不能通过，也不能发布：\n${describeOpen(rules).join('\n')}\n请退回改正（reject），或由审核人逐项或按规则说明理由予以保留，理由随条目公开：npx mandate drafts overrule <草稿> --rule <规则> --reason <理由> --as <login>`,
    {
      count: open.length,
      findings: rules.map(({ first, ...line }) => ({ ...line, first: first.map((place) => ({ ...place })) })),
    },
  );
}
