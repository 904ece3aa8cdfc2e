import type { Measure } from '@mandate/lists';
import { joinWrappedLines } from '@mandate/lists';

/** 1. （1） ① at the beginning of a line: a measure of its own. */
const NUMBERED = /^\s*(?:★\s*)?(?:\d{1,2}\s*[.．、)）]|[（(]\d{1,2}[)）]|[①-⑳])\s*/;
const REGION = /[（(]([\p{Script=Han}、，,\s]{2,60}?)[)）]\s*$/u;
const PLACE = /^[\p{Script=Han}]{2,12}(?:省|市|自治区|自治州|地区|州|盟|县|区|旗)$/u;
const YES = /^(?:是|√|✓|有)$/;

/**
 * What the cells of one row of the official table say: its measures, several where the cell numbers them or gives each a
 * line of its own that begins with ★, each with its authority; and the local ones of the last column.
 */
export function readMeasures(cells: {
  readonly measures: string;
  readonly authority: string;
  readonly local: string;
}): Measure[] {
  const authorities = cells.authority.split('\n').filter((line) => line.trim() !== '');
  const texts = splitMeasures(cells.measures, authorities.length);
  const each = texts.length > 1 && authorities.length === texts.length;
  const everywhere = cells.local.replace(/\s+/g, '');
  const localHere = PLACE.test(everywhere) ? everywhere : YES.test(everywhere) ? '地方' : undefined;
  const national = texts.map((text, n) =>
    toMeasure(text, each ? authorities[n] : cells.authority.replace(/\n/g, ''), localHere),
  );
  if (localHere !== undefined || everywhere === '' || /^(?:无|否|—|-|\/)$/.test(everywhere)) return national;
  const local = splitMeasures(cells.local).map((text) =>
    toMeasure(text, undefined, REGION.exec(text)?.[1]?.replace(/\s+/g, '') ?? '地方'),
  );
  return [...national, ...local];
}

function toMeasure(text: string, authority: string | undefined, local: string | undefined): Measure {
  const by = authority?.trim() ?? '';
  return {
    text: text.replace(/★/g, '').trim(),
    ...(by !== '' && { authority: by }),
    ...(text.includes('★') && { provisional: true }),
    ...(local !== undefined && { local }),
  };
}

/** @param authorities lines of the cell beside it: where there are as many, each line is a measure of its own */
function splitMeasures(cell: string, authorities = 0): string[] {
  const lines = cell.split('\n').filter((line) => line.trim() !== '');
  const opens = (line: string): boolean => NUMBERED.test(line) || /^\s*★/.test(line);
  const byLine = authorities > 1 && lines.length === authorities;
  // One number by itself is no list.
  const listed = lines.filter(opens).length > 1;
  const groups: string[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last === undefined || byLine || (listed && opens(line))) groups.push([line]);
    else last.push(line);
  }
  return groups
    .map((group) => joinWrappedLines(group.join('\n')))
    .filter((text) => text.replace(/[★\s]/g, '') !== '');
}
