import type { AuthorityItem, NegativeListItem } from '@mandate/lists';
import type { DocumentRow, DocumentText } from '@mandate/search';
import { basesTexts, dutiesTexts, levelTexts, partTexts, subItemTexts } from '../../src/text/item-text.ts';
import { versionShownOn } from '../../src/published/day.ts';
import type { ListedBlob, ListedKey } from './sources.ts';

/** Beyond this a legal text repeats itself. */
const MAX_TEXT_CHARS = 4_000;

/** What the index keeps of a document between two builds: all but its text, which its blob has. */
export interface Row extends DocumentRow {
  /** leaf index of its first entry: documents are numbered in this order, so a new one is always the last */
  readonly first: number;
  /** of the version shown */
  readonly blob: string;
  /** the day on which another version is to be shown; empty for none */
  readonly due: string;
}

/** The version that is shown on a day, and the next day on which that may be another. */
export function shownVersion(
  { versions }: ListedKey,
  day: string,
): { readonly blob: string; readonly due: string } {
  const shown = versionShownOn(versions, day);
  const later = versions.map(({ entry }) => entry.effectiveDate).filter((date) => date > day);
  return { blob: shown?.blob ?? '', due: later.sort()[0] ?? '' };
}

export function makeRow(listed: ListedKey, day: string, content: ListedBlob | undefined): Row {
  const redacted = {
    name: '',
    category: '',
    state: '',
    levels: '',
    section: '',
    duty: false,
    baseCodes: [],
  } as const;
  const facts =
    content === undefined
      ? redacted
      : content.schema === 'authority-item/1'
        ? itemFacts(content)
        : negativeFacts(content);
  return {
    key: listed.key,
    first: Math.min(...listed.versions.map(({ index }) => index)),
    ...shownVersion(listed, day),
    ...redacted,
    ...facts,
  };
}

function itemFacts(item: AuthorityItem): Partial<Row> {
  const divisions = [...item.levels, ...item.subItems.flatMap(({ levels }) => levels ?? [])];
  const parts = [item, ...item.subItems, ...divisions];
  return {
    name: item.name,
    category: item.category,
    state: item.state,
    levels: [...new Set(divisions.flatMap(({ level }) => level ?? []))].sort().join(''),
    duty: parts.some(({ dutiesText, duties }) => dutiesText !== undefined || (duties?.length ?? 0) > 0),
    baseCodes: item.codes?.base === undefined ? [] : [item.codes.base],
  };
}

function negativeFacts(item: NegativeListItem): Partial<Row> {
  return {
    name: item.name,
    state: item.state,
    section: item.section ?? '',
    baseCodes: [...new Set(item.measures.flatMap(({ baseCodes }) => baseCodes ?? []))],
  };
}

/** What of a blob is searched. */
export function textOf(content: ListedBlob): DocumentText {
  if (content.schema === 'negative-list-item/1') {
    return {
      name: content.name,
      codes: [content.code],
      parts: content.measures.map(({ text }) => text),
      bases: content.measures.flatMap(({ authority }) => authority ?? []),
      text: [],
    };
  }
  const { codes = {} } = content;
  const divisions = [...content.levels, ...content.subItems.flatMap(({ levels }) => levels ?? [])];
  const carriers = [content, ...content.subItems, ...divisions];
  return {
    name: content.name,
    codes: [codes.base, codes.implementation, codes.business, codes.former, codes.other].filter(
      (code) => code !== undefined,
    ),
    parts: content.subItems.map(({ name }) => name),
    bases: unique(
      carriers.flatMap(({ bases = [], handlingOffice = '' }) => [
        ...bases.map(({ title = '' }) => title),
        handlingOffice,
      ]),
    ),
    text: cut(
      unique([
        ...dutiesTexts(content),
        ...basesTexts(content),
        ...levelTexts(content.levels),
        ...partTexts(content),
        ...content.subItems.flatMap(subItemTexts),
      ]),
    ),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '');
}

function cut(texts: readonly string[]): string[] {
  let left = MAX_TEXT_CHARS;
  return texts.flatMap((text) => {
    const part = text.slice(0, Math.max(0, left));
    left -= part.length;
    return part === '' ? [] : [part];
  });
}
