import { WorkbookError } from '../workbook.errors.ts';

const TABLE_FROM_DOCUMENT =
  '请打开它，把里面的表格整张复制，粘贴到 Excel 或 WPS 表格的新工作簿里，另存为 .xlsx 再导入。';
const TABLE_FROM_PICTURE =
  '请向提供单位索取原来的表格（.xlsx、.xls 或 .csv）；确实没有的，请转换成表格、逐格核对后另存为 .xlsx 再导入。';
const ONE_BY_ONE = '请先解压，再把里面的工作簿一份一份地导入。';

/** Files that people send for a list: what they are, and how what they hold becomes a workbook. */
const NOT_LISTS = {
  word: `这是 Word 或 WPS 文字文档，不是工作簿。${TABLE_FROM_DOCUMENT}`,
  slides: `这是演示文稿，不是工作簿。${TABLE_FROM_DOCUMENT}`,
  pdf: `这是 PDF 文件，不是工作簿。${TABLE_FROM_PICTURE}`,
  ofd: `这是 OFD 版式文件，不是工作簿。${TABLE_FROM_PICTURE}`,
  picture: `这是图片，不是工作簿。${TABLE_FROM_PICTURE}`,
  archive: `这是压缩包，不是工作簿。${ONE_BY_ONE}`,
  apple: '这是苹果 Numbers 或 Pages 文件。请在其中“导出为 Excel”，得到 .xlsx 再导入。',
  'web-archive': '这是“单个文件网页”（.mht）。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
  'empty-page':
    '这是网页，里面没有表格（表格可能在旁边的“.files”文件夹里）。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
  'other-xml': '这是 XML 文件，但不是 Excel 存的工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
  compound: '这是 Office 的文件，但里面没有工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
} as const;
export type NotAList = keyof typeof NOT_LISTS;

/** First bytes, in hexadecimal. */
const HEADS: readonly (readonly [head: string, what: NotAList])[] = [
  ['25504446', 'pdf'],
  ['7b5c727466', 'word'],
  ['89504e47', 'picture'],
  ['ffd8ff', 'picture'],
  ['47494638', 'picture'],
  ['424d', 'picture'],
  ['49492a00', 'picture'],
  ['4d4d002a', 'picture'],
  ['52494646', 'picture'],
  ['526172211a07', 'archive'],
  ['377abcaf271c', 'archive'],
  ['1f8b', 'archive'],
  ['425a68', 'archive'],
  ['fd377a585a00', 'archive'],
  ['504b0506', 'archive'],
  ['504b0708', 'archive'],
];
/** `BM` may begin a text: of two bytes only those say something that no text goes on with. */
const SHORT_HEAD = 4;

const OF_WORKBOOKS = /^(?:\[content_types\]\.xml|meta-inf\/manifest\.xml|xl\/.*|content\.xml)$/;

export function notAList(what: NotAList): WorkbookError {
  return new WorkbookError('not-a-workbook', NOT_LISTS[what]);
}

/** What the first bytes give away; undefined for what may be a list. */
export function findNotAList(bytes: Uint8Array): NotAList | undefined {
  const start = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const found = HEADS.find(([head]) => start.startsWith(head));
  if (found === undefined) return undefined;
  return found[0].length > SHORT_HEAD || bytes.subarray(2, 64).includes(0) ? found[1] : undefined;
}

/** Parts of a ZIP archive, in small letters → what it is, if it is no workbook. */
export function notAListByParts(parts: ReadonlySet<string>): NotAList | undefined {
  if (parts.has('word/document.xml')) return 'word';
  if (parts.has('ppt/presentation.xml')) return 'slides';
  if (parts.has('ofd.xml')) return 'ofd';
  if ([...parts].some((name) => name.endsWith('.iwa'))) return 'apple';
  return [...parts].some((name) => OF_WORKBOOKS.test(name)) ? undefined : 'archive';
}

/** Names of the streams of a compound file → what it is, if it is no workbook. */
export function notAListByStreams(streams: ReadonlySet<string>): NotAList | undefined {
  if (streams.has('workbook') || streams.has('book')) return undefined;
  if (streams.has('worddocument') || streams.has('wpsdocument')) return 'word';
  if (streams.has('powerpoint document')) return 'slides';
  // Without the root of its directory it is damaged, whatever it was.
  return streams.has('root entry') ? 'compound' : undefined;
}
