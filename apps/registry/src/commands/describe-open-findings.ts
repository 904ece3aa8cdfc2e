import { describeOpen, type Draft } from '@mandate/drafting';

/** What whoever submits is told: what the reviewer cannot let pass without a reason. */
export function describeOpenFindings({
  id,
  openFindings = [],
}: Pick<Draft, 'id' | 'openFindings'>): string[] {
  if (openFindings.length === 0) return [];
  return [
    '应当改正的问题（不改正，或不由审核人说明理由保留，就不能通过）：',
    ...describeOpen(openFindings).map((line) => `  ${line}`),
    `  全部见：npx mandate drafts findings ${id} --as <login>`,
  ];
}
