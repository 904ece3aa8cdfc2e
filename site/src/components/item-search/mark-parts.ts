import { runsOf } from '@mandate/search';
import { element } from '../../scripts/page/marks.ts';

/** A name with the words a person asked for marked. */
export function markParts(name: string, words: readonly string[]): (Node | string)[] {
  const parts = words
    .flatMap(runsOf)
    .sort((a, b) => b.length - a.length)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  if (parts.length === 0) return [name];
  return name
    .split(new RegExp(`(${parts.join('|')})`, 'giu'))
    .map((text, position) => (position % 2 === 1 ? element('mark', '', text) : text));
}
