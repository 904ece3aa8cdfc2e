import { cleanText, describeTextFault, findTextFault } from '@mandate/encoding';
import { DraftError } from './errors.ts';

/** What the trail keeps of a comment: '' where nothing is said. @throws DraftError `invalid-comment` */
export function parseComment(typed: string): string {
  const found = findTextFault(typed, { lines: true });
  if (found !== undefined) throw new DraftError('invalid-comment', `意见：${describeTextFault(found)}。`);
  return cleanText(typed);
}
