import { element } from '../page/marks.ts';

/** A name with the parts a person asked for marked. */
export function markParts(name: string, query: string): (Node | string)[] {
  const parts = query
    .normalize('NFKC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  if (parts.length === 0) return [name];
  return name
    .split(new RegExp(`(${parts.join('|')})`, 'giu'))
    .map((text, position) => (position % 2 === 1 ? element('mark', '', text) : text));
}
