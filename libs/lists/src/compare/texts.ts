import { diffArrays } from 'diff';

/** A stretch of a text: kept, taken out or put in between two versions. */
export interface TextPiece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Steps after which a comparison by word gives up: an edit that large is a new text. */
const MAX_EDITS = 1_000;
/** A kept stretch so short, between two changes, only makes both hard to read. */
const SHORT = 2;
const SENTENCE_END = /[。；！？\n]/u;

/**
 * Two texts as a redline by words. `same` and `removed` together are the old text, `same` and `added` the new one, to the
 * character. A comparison too long by words is made by sentences, and one too long for that shows both texts whole.
 */
export function compareTexts(before: string, after: string): TextPiece[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const head = sharedStart(before, after);
  const tail = sharedEnd(before.slice(head), after.slice(head));
  const [old, now] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const changes = compareTokens(words(old), words(now)) ??
    compareTokens(sentences(old), sentences(now)) ?? [
      { kind: 'removed', text: old },
      { kind: 'added', text: now },
    ];
  return joinPieces([
    { kind: 'same', text: before.slice(0, head) },
    ...changes,
    { kind: 'same', text: before.slice(before.length - tail) },
  ]);
}

/** The same redline with long kept stretches cut to `context` characters beside each change. */
export function shortenPieces(pieces: readonly TextPiece[], context = 24): TextPiece[] {
  return pieces.map(({ kind, text }, position) => {
    if (kind !== 'same') return { kind, text };
    const chars = [...text];
    const head = position > 0 ? context : 0;
    const tail = position < pieces.length - 1 ? context : 0;
    if (chars.length <= head + tail + 10) return { kind, text };
    return {
      kind,
      text: `${chars.slice(0, head).join('')}……${tail === 0 ? '' : chars.slice(-tail).join('')}`,
    };
  });
}

function compareTokens(before: string[], after: string[]): TextPiece[] | undefined {
  const changes = diffArrays(before, after, { maxEditLength: MAX_EDITS });
  return changes?.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** Every change as what was removed, then what was added; short stretches between two changes belong to both. */
function joinPieces(pieces: readonly TextPiece[]): TextPiece[] {
  const joined: TextPiece[] = [];
  let [removed, added] = ['', ''];
  const flush = (): void => {
    if (removed !== '') joined.push({ kind: 'removed', text: removed });
    if (added !== '') joined.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  pieces.forEach(({ kind, text }, position) => {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else if (removed + added !== '' && isShort(text) && pieces.slice(position + 1).some(isChange)) {
      removed += text;
      added += text;
    } else if (text !== '') {
      flush();
      const last = joined.at(-1);
      if (last?.kind === 'same') joined.splice(-1, 1, { kind, text: last.text + text });
      else joined.push({ kind, text });
    }
  });
  flush();
  return joined;
}

function isShort(text: string): boolean {
  return text.length <= SHORT && !SENTENCE_END.test(text);
}

function isChange({ kind, text }: TextPiece): boolean {
  return kind !== 'same' && text !== '';
}

/** Length of what both begin with, up to the end of a sentence: so words are cut as they would be in the whole. */
function sharedStart(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let end = 0;
  for (let at = 0; at < most && before[at] === after[at]; at++) {
    if (SENTENCE_END.test(before.charAt(at))) end = at + 1;
  }
  return end;
}

/** Length of what both end with, from the end of a sentence on. */
function sharedEnd(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let start = 0;
  for (let length = 1; length <= most; length++) {
    const char = before.charAt(before.length - length);
    if (char !== after.charAt(after.length - length)) break;
    if (SENTENCE_END.test(char)) start = length - 1;
  }
  return start;
}

let segmenter: Intl.Segmenter | undefined;

/** By word, since a change of half a word is hard to read; by character where the engine knows no Chinese words. */
function words(text: string): string[] {
  // Older browsers have none, whatever the types say.
  if (!('Segmenter' in Intl)) return [...text];
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function sentences(text: string): string[] {
  return text.match(/[^。；！？\n]*[。；！？\n]|[^。；！？\n]+/gu) ?? [];
}
