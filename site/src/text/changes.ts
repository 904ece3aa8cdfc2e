import { CATEGORIES } from '@mandate/codes';
import type { AuthorityItem } from '@mandate/lists';
import { diffArrays } from 'diff';
import { basesTexts, dutiesTexts, dutyBasesTexts, levelTexts, subItemTexts } from './item-text.ts';
import { FIELD_WORDS, STATE_WORDS, type FieldName } from './words.ts';

/** A piece of a field's text: kept, taken out or put in between two versions. */
export interface Piece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

export interface FieldChange {
  readonly field: FieldName;
  readonly word: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly pieces: readonly Piece[];
}

/** Steps after which a comparison gives up and shows old and new whole: an edit that large is a new text. */
const MAX_EDITS = 2_000;
/** Characters of unchanged text to keep around a change. */
const CONTEXT = 24;

// The wording itself, where the list also holds it parsed, would show the same change twice.
// Object.keys widens to string; the table is a constant.
const SHOWN = (Object.keys(FIELD_WORDS) as FieldName[]).filter(
  (field) => !['basisText', 'dutiesText', 'dutyBasisText'].includes(field),
);

/** What changed from one version of an item to the next, field by field in page order. */
export function compareVersions(before: AuthorityItem, after: AuthorityItem): FieldChange[] {
  return SHOWN.flatMap((field) => {
    const [old, now] = [fieldText(before, field), fieldText(after, field)];
    if (old === now) return [];
    const kind = old === '' ? 'added' : now === '' ? 'removed' : 'changed';
    return [{ field, word: FIELD_WORDS[field], kind, pieces: compareTexts(old, now) }];
  });
}

/** Two texts as pieces, unchanged stretches shortened. */
export function compareTexts(before: string, after: string): Piece[] {
  const changes = diffArrays(segments(before), segments(after), { maxEditLength: MAX_EDITS });
  if (!changes) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  }
  return changes.map(({ added, removed, value }, position): Piece => {
    const text = value.join('');
    if (added) return { kind: 'added', text };
    if (removed) return { kind: 'removed', text };
    return { kind: 'same', text: shorten(text, position > 0, position < changes.length - 1) };
  });
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });

/** By word: a change of half a word is hard to read. */
function segments(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

function shorten(text: string, hasBefore: boolean, hasAfter: boolean): string {
  const chars = [...text];
  const head = hasBefore ? CONTEXT : 0;
  const tail = hasAfter ? CONTEXT : 0;
  if (chars.length <= head + tail + 10) return text;
  return `${chars.slice(0, head).join('')}……${tail === 0 ? '' : chars.slice(-tail).join('')}`;
}

function fieldText(item: AuthorityItem, field: FieldName): string {
  switch (field) {
    case 'state':
      return STATE_WORDS[item.state];
    case 'category':
      return CATEGORIES[item.category];
    case 'codes':
      return Object.values(item.codes ?? {}).join('\n');
    case 'levels':
      return levelTexts(item.levels).join('\n');
    case 'bases':
      return basesTexts(item).join('\n');
    case 'duties':
      return dutiesTexts(item).join('\n');
    case 'dutyBases':
      return dutyBasesTexts(item).join('\n');
    case 'subItems':
      return item.subItems.flatMap(subItemTexts).join('\n');
    default:
      return item[field] ?? '';
  }
}
