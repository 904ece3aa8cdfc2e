import { CFB, utils, write, type BookType } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { makeWorkbook } from '../../../test/support/workbook.ts';
import { WORKBOOK_LIMITS } from './limits.ts';
import { readSheets } from './read-sheets.ts';
import { WorkbookError } from './workbook.errors.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));
/** Of the code pages of Chinese computers no encoder is at hand: as many words as the tests need. */
const GBK: Readonly<Record<string, string>> = {
  序号: 'd0f2bac5',
  事项名称: 'cac2cfeec3fbb3c6',
  示例许可: 'cabec0fdd0edbfc9',
};
const BIG5: Readonly<Record<string, string>> = {
  序號: 'a7c7b8b9',
  事項名稱: 'a8c6b6b5a657bad9',
  示例許可: 'a5dca8d2b35ca569',
};
const inPage = (words: Readonly<Record<string, string>>, text: string): Uint8Array =>
  Uint8Array.from(
    Buffer.from(
      text.replace(/[\u4e00-\u9fff]+/g, (word) => Buffer.from(words[word] ?? '', 'hex').toString('latin1')),
      'latin1',
    ),
  );
const ROWS = [
  ['序号', '事项名称'],
  ['1', '示例许可'],
];
const rowsOf = (bytes: Uint8Array, sheet = 0): string[][] => {
  const grid = readSheets(bytes)[sheet];
  return Array.from({ length: grid?.rows ?? 0 }, (_, row) =>
    Array.from({ length: grid?.columns ?? 0 }, (_, column) => grid?.text(row, column) ?? ''),
  );
};
function refusalOf(bytes: Uint8Array, limits = WORKBOOK_LIMITS): WorkbookError | undefined {
  try {
    readSheets(bytes, limits);
    return undefined;
  } catch (error) {
    if (error instanceof WorkbookError) return error;
    throw error;
  }
}

// The reader of workbooks writes what it makes of strange ones to the console.
beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(() => {
  jest.restoreAllMocks();
});

/** The types of the writer forget two that it writes. */
type OldType = BookType | 'biff3' | 'biff4';

/** A workbook of before Excel 97: its text is bytes of a code page, and the page may be said falsely. */
function oldWorkbook(bookType: OldType, page: number): Uint8Array {
  const places = new Map(Object.values(GBK).map((hex, n) => [hex, 'XYZ'.charAt(n).repeat(hex.length / 2)]));
  const sheet = utils.aoa_to_sheet(ROWS.map((row) => row.map((text) => places.get(GBK[text] ?? '') ?? text)));
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'a');
  // With type 'array' the writer gives an ArrayBuffer; its own type says any. OldType: see there.
  const bytes = Buffer.from(write(book, { type: 'array', bookType: bookType as BookType }) as ArrayBuffer);
  for (const [hex, place] of places) bytes.set(Buffer.from(hex, 'hex'), bytes.indexOf(place));
  const record = bytes.indexOf('42000200', 'hex');
  if (record !== -1) bytes.writeUInt16LE(page, record + 4);
  return new Uint8Array(bytes);
}

describe('the same list is read from', () => {
  test.each(['xlsx', 'xlsm', 'xlsb', 'biff8', 'ods', 'fods', 'xlml', 'html'] as const)('%s', (bookType) => {
    expect(rowsOf(makeWorkbook([{ rows: ROWS }], bookType))).toEqual(ROWS);
  });

  test.each<[OldType, number]>([
    ['biff5', 936],
    ['biff5', 1252],
    ['biff5', 10008],
    ['biff4', 936],
    ['biff3', 936],
    ['biff2', 936],
  ])('%s in the code page %i', (bookType, page) => {
    expect(rowsOf(oldWorkbook(bookType, page))).toEqual(ROWS);
  });

  const csv = (sign: string): string => ROWS.map((row) => row.join(sign)).join('\r\n');
  test.each<[string, Uint8Array]>([
    ['a CSV, whatever its name', bytesOf(csv(','))],
    ['tabs', bytesOf(csv('\t'))],
    ['semicolons', bytesOf(csv(';'))],
    ['UTF-16 with a mark', utf16(`\ufeff${csv('\t')}`)],
    ['UTF-16 without a mark', utf16(csv('\t'))],
    ['UTF-16 of the other order', utf16(csv('\t')).map((_, n, all) => all[n ^ 1] ?? 0)],
    ['GBK', inPage(GBK, csv(','))],
    ['a line for Excel that says the separator', bytesOf(`sep=;\r\n${csv(';')}`)],
    ['cells that are formulas of a text', bytesOf('序号,"事项名称"\n="1",="示例许可"\n')],
    ['a page in GBK that says so', inPage(GBK, pageOf('<meta charset="gb2312">'))],
    ['a page in GBK that says nothing', inPage(GBK, pageOf(''))],
    ['a page in UTF-8 that says GBK', bytesOf(pageOf('<meta charset="gbk">'))],
    ['a page in UTF-16', utf16(`\ufeff${pageOf('')}`)],
  ])('%s', (_name, bytes) => {
    expect(rowsOf(bytes)).toEqual(ROWS);
  });

  function pageOf(head: string): string {
    const rows = ROWS.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join('')}</tr>`);
    return `<html><head>${head}</head><body><table>${rows.join('')}</table></body></html>`;
  }

  test('Big5 is not taken for GBK', () => {
    const text = '序號,事項名稱\r\n1,示例許可\r\n';
    expect(rowsOf(inPage(BIG5, text))).toEqual([
      ['序號', '事項名稱'],
      ['1', '示例許可'],
    ]);
  });

  test('a title above a CSV does not hide its separator', () => {
    expect(rowsOf(bytesOf('示例市示例局权责清单\n序号;事项名称\n1;示例许可\n'))).toEqual([
      ['示例市示例局权责清单', ''],
      ...ROWS,
    ]);
  });
});

describe('a file that holds no table says what it is:', () => {
  const compound = (stream: string): Uint8Array => {
    const file = CFB.utils.cfb_new();
    CFB.utils.cfb_add(file, `/${stream}`, Buffer.alloc(5_000));
    // CFB.write gives bytes for type 'array'; its type says any.
    return new Uint8Array(CFB.write(file, { type: 'array' }) as number[]);
  };
  const zip = (...names: string[]): Uint8Array =>
    zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])));
  const head = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex + '00'.repeat(40), 'hex'));

  test.each<[string, Uint8Array, RegExp]>([
    ['a .doc', compound('WordDocument'), /Word.*表格整张复制/],
    ['a .docx', zip('[Content_Types].xml', 'word/document.xml'), /Word.*表格整张复制/],
    [
      'an .odt',
      zipSync({
        'META-INF/manifest.xml': strToU8('<a/>'),
        mimetype: strToU8('application/vnd.oasis.opendocument.text'),
      }),
      /Word/,
    ],
    ['an .rtf', bytesOf('{\\rtf1 a}'), /Word/],
    ['a .ppt', compound('PowerPoint Document'), /演示文稿/],
    ['a .pptx', zip('[Content_Types].xml', 'ppt/presentation.xml'), /演示文稿/],
    ['another file of Office', compound('__substg1.0'), /没有工作簿/],
    ['a .pdf', bytesOf('%PDF-1.7\n'), /PDF.*原来的表格/],
    ['an .ofd', zip('OFD.xml', 'Doc_0/Document.xml'), /OFD.*原来的表格/],
    ['a .png', head('89504e470d0a1a0a'), /图片/],
    ['a .jpg', head('ffd8ffe000104a464946'), /图片/],
    ['a .bmp', head('424d3600'), /图片/],
    ['a .zip', zip('示例局.xlsx'), /压缩包.*解压/],
    ['a .rar', head('526172211a0700'), /压缩包.*解压/],
    ['a .7z', head('377abcaf271c'), /压缩包.*解压/],
    ['a .numbers', zip('Index/Document.iwa'), /Numbers/],
    [
      'an .mht',
      bytesOf('MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="a"\r\n\r\n<table>'),
      /mht/,
    ],
    [
      'a page without a table',
      bytesOf('<html><frameset><frame src="a.files/sheet001.htm"></frameset></html>'),
      /网页/,
    ],
    ['other XML', bytesOf('<?xml version="1.0"?><list/>'), /XML/],
    ['nothing', new Uint8Array(), /空/],
  ])('%s', (_name, bytes, words) => {
    const refusal = refusalOf(bytes);
    expect(refusal?.code).toBe('not-a-workbook');
    expect(refusal?.message).toMatch(words);
  });

  test('a workbook with a password', () => {
    expect(refusalOf(compound('EncryptedPackage'))?.code).toBe('password-protected');
  });

  test('a text that begins like a picture is a text', () => {
    expect(rowsOf(bytesOf('BM,名称\n1,甲\n'))[1]).toEqual(['1', '甲']);
  });
});

describe('what makes more of itself than it has is refused, not made:', () => {
  const xml = (body: string): Uint8Array =>
    bytesOf(
      `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>${body}</Table></Worksheet></Workbook>`,
    );
  const cell = '<Cell><Data ss:Type="String">甲</Data></Cell>';
  const flat = (row: string): Uint8Array => {
    const text = new TextDecoder().decode(makeWorkbook([{ rows: [['甲']] }], 'fods'));
    return bytesOf(
      text
        .replace('<table:table-row>', `<table:table-row table:number-rows-repeated="${row}">`)
        .replace('<table:table-cell ', '<table:table-cell table:number-columns-repeated="16384" '),
    );
  };
  const bombs: readonly [string, Uint8Array][] = [
    ['a column span of a million columns', xml(`<Column ss:Span="999999"/><Row>${cell}</Row>`)],
    ['a row at no place', xml(`<Row ss:Index="99999999999">${cell}</Row>`)],
    ['a cell at no place', xml(`<Row>${cell.replace('<Cell', '<Cell ss:Index="1e9"')}</Row>`)],
    ['a row far down', xml(`<Row ss:Index="1000000">${cell}</Row>`)],
    ['cells of OpenDocument that stand for a sheet full', flat('1048576')],
    ['tables in tables', bytesOf('<table><tr><td>'.repeat(100_000))],
    ['cells that span columns', bytesOf(`<table><tr>${'<td colspan=1000>甲'.repeat(10_000)}</table>`)],
    ['many tables', bytesOf('<table><tr><td>甲</table>'.repeat(300))],
  ];
  test.each(bombs)('%s', (_name, bytes) => {
    expect(refusalOf(bytes)?.code).toBe('too-large');
  });

  test.each<[string, Uint8Array]>([
    [
      'entities of its own',
      bytesOf(
        new TextDecoder()
          .decode(xml(`<Row>${cell}</Row>`))
          .replace('?>', '?><!DOCTYPE a [<!ENTITY a "甲">]>'),
      ),
    ],
    ['a tag without end', bytesOf(`<table><tr><td>甲</td></tr></table>${'<td a="'.repeat(20_000)}`)],
  ])('%s', (_name, bytes) => {
    expect(refusalOf(bytes)?.code).toBe('damaged-workbook');
  });

  test('spans over the whole sheet cost no more than the sheet', () => {
    const page = bytesOf(
      `<table>${'<tr><td rowspan=65534 colspan=2>甲</td><td>乙</td></tr>'.repeat(130)}</table>`,
    );
    expect(readSheets(page)[0]?.rows).toBe(130);
  });
});
