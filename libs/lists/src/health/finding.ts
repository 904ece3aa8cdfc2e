import type { HealthRule } from './rules.ts';

/** One thing the health check found. */
export interface HealthFinding {
  readonly rule: HealthRule;
  /** key of the item; absent for a draft's new item, and for a measure that no item serves */
  readonly key?: string;
  /** name of the item, or of the measure */
  readonly name: string;
  /** JSON pointer into the item's content, e.g. `/service/materials/2`; empty for the item as a whole */
  readonly pointer: string;
  /** the same in words a person understands: 申请材料第3项“营业执照” */
  readonly place: string;
  /** what stands there, shortened */
  readonly text: string;
  /** what to do */
  readonly advice: string;
  /** items or certificate types elsewhere that it is compared with */
  readonly related?: readonly { readonly key: string; readonly name: string; readonly organ?: string }[];
}

/** A finding before it is known whose it is: what a rule that looks at one item returns. */
export type ItemFinding = Omit<HealthFinding, 'key' | 'name' | 'advice'>;

const MAX_TEXT = 120;

/** The beginning of a text on one line; never half of a character that takes two units. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= MAX_TEXT) return line;
  return `${Array.from(line.slice(0, MAX_TEXT + 1))
    .slice(0, -1)
    .join('')
    .slice(0, MAX_TEXT)}…`;
}
