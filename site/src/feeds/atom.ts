import { escapeXml } from '@mandate/encoding';
import { CHANGE_KINDS } from '@mandate/lists';
import { isNegativeListKey } from '@mandate/published';
import { eachNews, newestOf, type Change } from '../published/changes.ts';
import { getRegistry } from '../published/registry.ts';
import { getSettings } from '../published/settings.ts';
import { formatCount, formatDay } from '../text/format.ts';
import { recordedWords } from '../text/recorded.ts';

/** A reader that asks once a day misses nothing unless more than this changed; the whole is in the downloads. */
const NEWEST = 50;
/** What a feed without entries says of itself: RFC 4287 wants a time. */
const NEVER = '1970-01-01T00:00:00Z';

export const ATOM_TYPE = 'application/atom+xml';

/**
 * The newest changes as an Atom feed (RFC 4287). Ids are tag URIs (RFC 4151) of the log's own numbers, so that they
 * outlive every change of address; the same entries give the same bytes.
 */
export function atomFeed(options: {
  readonly title: string;
  /** addresses from the root */
  readonly self: string;
  readonly page: string;
  readonly changes: Iterable<Change>;
}): Response {
  const { publicUrl } = getSettings();
  const { hostname } = new URL(publicUrl);
  const newest = newestOf(eachNews(options.changes), NEWEST);
  const link = (rel: string, path: string, type: string): string =>
    `<link rel="${rel}" type="${type}" href="${escapeXml(publicUrl + path)}"/>`;
  const entries = newest.map((news) => {
    const { index, time, kind, list, reason, document, together } = news;
    const [title, words, page] = together === undefined ? tellChange(news) : tellRecording(news, together);
    return [
      '<entry>',
      `<id>tag:${hostname},${time.slice(0, 10)}:lists/${index}</id>`,
      `<title>${escapeXml(`${CHANGE_KINDS[kind].name}：${title}`)}</title>`,
      link('alternate', page, 'text/html'),
      `<published>${time}</published>`,
      `<updated>${time}</updated>`,
      `<category term="${kind}" label="${CHANGE_KINDS[kind].name}"/>`,
      `<author><name>${escapeXml(list.name)}</name></author>`,
      `<summary>${escapeXml(`${reason}${document === undefined ? '' : `（${document}）`}，${words}`)}</summary>`,
      '</entry>',
    ].join('');
  });
  const feed = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
    `<id>${escapeXml(publicUrl + options.self)}</id>`,
    `<title>${escapeXml(options.title)}</title>`,
    `<updated>${newest[0]?.time ?? NEVER}</updated>`,
    `<author><name>${escapeXml(getRegistry().name)}</name></author>`,
    link('self', options.self, ATOM_TYPE),
    link('alternate', options.page, 'text/html'),
    ...entries,
    '</feed>',
  ];
  return new Response(`${feed.join('\n')}\n`, { headers: { 'content-type': `${ATOM_TYPE}; charset=utf-8` } });
}

type Told = readonly [title: string, words: string, page: string];

function tellChange({ name, list, href, effectiveDate }: Change): Told {
  return [`${name}（${list.name}）`, `自${formatDay(effectiveDate)}起施行。`, href];
}

/** A list that is recorded is one piece of news, not so many hundred new powers. */
function tellRecording(recording: Change, items: number): Told {
  const { list } = recording;
  const title = `${list.name}${isNegativeListKey(list.key) ? '' : '权责清单'} ${formatCount(items)} 项`;
  return [title, `${recordedWords(recording).zh}，收录之前早已有效，不是新增的权力。`, list.href];
}
