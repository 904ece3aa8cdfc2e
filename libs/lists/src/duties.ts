import type { StagedDuty } from './authority-item.ts';
import { joinWrappedLines } from './wrapped-text.ts';

const HEADING = /^\s*(直接实施责任|指导监督责任)\s*[：:]?\s*/;
const NUMBERED = /^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）.．、：:]/;
/** 1.受理责任：… ; 4.监督责任。… */
const STAGE =
  /^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）.．、：:]+)?\s*([\p{Script=Han}、]{2,12}?)(?:责任|环节|阶段)\s*[：:。]/u;
/** Ends like a stage but is a sentence about answering for something. */
const NOT_STAGE = /追究|承担|依法|规定|应当|负/;

/**
 * 责任事项内容 → its paragraphs, one a number, under the heading (直接实施责任, 指导监督责任) they stand below. Their
 * texts are the whole text but for those headings; a text without any number is one paragraph.
 */
export function parseDuties(text: string): StagedDuty[] {
  const duties: StagedDuty[] = [];
  let kind: StagedDuty['kind'];
  let open: { kind: StagedDuty['kind']; lines: string[] } | undefined;
  const close = (): void => {
    if (open) duties.push(toDuty(open.lines.join('\n'), open.kind));
    open = undefined;
  };
  for (const line of joinWrappedLines(text).split('\n')) {
    const heading = HEADING.exec(line);
    const rest = heading ? line.slice(heading[0].length) : line;
    if (heading) {
      close();
      kind = heading[1] === '直接实施责任' ? 'direct' : 'supervision';
    }
    if (rest.trim() === '') continue;
    if (NUMBERED.test(rest)) close();
    open ??= { kind, lines: [] };
    open.lines.push(rest.trim());
  }
  close();
  return duties;
}

function toDuty(text: string, kind: StagedDuty['kind']): StagedDuty {
  const stage = STAGE.exec(text)?.[1];
  const named = stage !== undefined && !NOT_STAGE.test(stage);
  return { ...(named && { stage }), ...(kind && { kind }), text };
}
