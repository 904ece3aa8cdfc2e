import { beforeAll, describe, expect, test } from '@jest/globals';
import { printedText, type Certificate } from '@mandate/certificate';
import { canonicalBytes } from '@mandate/encoding';
import jsqr from 'jsqr';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFStream } from 'pdf-lib';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import {
  pageFonts,
  renderSample,
  font,
  SAMPLE_QR,
  sampleCertificate,
  sampleType,
  shape,
  subset,
} from '../../../test/support/certificate-page.ts';
import { parseSfnt } from './sfnt.ts';

// A CommonJS package: the function is the default of the default
const readQr = jsqr as unknown as typeof jsqr.default;
const CONTEXT = { statement: sampleType.statement, checkAddress: 'https://mandate.example/v/' };

async function withPdfjs<T>(pdf: Uint8Array, read: (document: PDFDocumentProxy) => Promise<T>): Promise<T> {
  const task = getDocument({ data: pdf.slice(), verbosity: 0 });
  try {
    return await read(await task.promise);
  } finally {
    await task.destroy();
  }
}

async function extract(pdf: Uint8Array): Promise<string> {
  return withPdfjs(pdf, async (document) => {
    const { items } = await (await document.getPage(1)).getTextContent({ disableNormalization: true });
    return items.map((item) => ('str' in item ? item.str : '')).join('');
  });
}

const face = (label: string, value: string) => ({ name: 'KZ_X', label, value });

describe('certificate page', () => {
  let pdf: Uint8Array;
  beforeAll(async () => {
    pdf = await renderSample();
  });

  test('equal input gives equal bytes', async () => {
    expect(await renderSample()).toEqual(pdf);
    expect(await renderSample({ number: 'JY2' })).not.toEqual(pdf);
  });

  test('prints every word of the certificate in reading order, and no other', async () => {
    const expected = printedText(sampleCertificate(), CONTEXT);
    expect((await extract(pdf)).replace(/\s/g, '')).toBe(expected);
  });

  test('prints rare characters that one font lacks from another that has them', async () => {
    const changes = { holder: { name: '示例𬭎䶮㛃𰻝面馆', code: '92430102MA4L2Q7X6P', codeType: '001' } };
    const text = (await extract(await renderSample(changes))).replace(/\s/g, '');
    expect(text).toBe(printedText(sampleCertificate(changes), CONTEXT));
    expect(text).toContain('𬭎䶮㛃𰻝');
  });

  test('carries the canonical JSON as an associated data file', async () => {
    const json = canonicalBytes(sampleCertificate());
    const attached = await withPdfjs(pdf, async (document) => {
      const [id] = (await document.getAttachments())?.keys() ?? [];
      return id === undefined ? undefined : { id, content: await document.getAttachmentContent(id) };
    });
    expect(attached).toEqual({ id: 'certificate.json', content: json });
    const { catalog } = await PDFDocument.load(pdf);
    const spec = catalog.lookup(PDFName.of('AF'), PDFArray).lookup(0, PDFDict);
    expect(spec.get(PDFName.of('AFRelationship'))).toBe(PDFName.of('Data'));
    const file = spec.lookup(PDFName.of('EF'), PDFDict).lookup(PDFName.of('F'), PDFStream);
    expect(file.dict.get(PDFName.of('Subtype'))?.toString()).toBe('/application#2Fjson');
  });

  test('embeds every font with a Unicode map and uses nothing transparent', async () => {
    const { context } = await PDFDocument.load(pdf);
    const dicts = context
      .enumerateIndirectObjects()
      .map(([, object]) => (object instanceof PDFStream ? object.dict : object))
      .filter((object) => object instanceof PDFDict);
    const ofType = (name: string) => dicts.filter((d) => d.get(PDFName.of('Type')) === PDFName.of(name));
    const descriptors = ofType('FontDescriptor');
    expect(descriptors).toHaveLength(3);
    for (const descriptor of descriptors) expect(descriptor.has(PDFName.of('FontFile2'))).toBe(true);
    const composite = ofType('Font').filter((d) => d.get(PDFName.of('Subtype')) === PDFName.of('Type0'));
    expect(composite).toHaveLength(3);
    for (const font of composite) expect(font.has(PDFName.of('ToUnicode'))).toBe(true);
    for (const name of ['SMask', 'ca', 'CA', 'Group', 'JS', 'Encrypt'])
      expect(dicts.filter((d) => d.has(PDFName.of(name)))).toEqual([]);
  });

  test('says PDF/A-3b, names an sRGB output intent, and dates itself by the given clock', async () => {
    const text = new TextDecoder('latin1').decode(pdf);
    expect(text.startsWith('%PDF-1.7')).toBe(true);
    expect(text).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(text).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
    expect(text).toContain('/S /GTS_PDFA1');
    expect(text).toContain('<xmp:ModifyDate>2026-03-18T02:00:00Z</xmp:ModifyDate>');
    expect(text).toContain('(D:20260318020000Z)');
    expect(text).toMatch(/\ntrailer\n[^%]*\/ID \[ (<[0-9a-f]{32}>) \1 \]/);
    expect(text).not.toContain('/AcroForm');
  });

  test('its QR code is read back from a 150 dpi raster of the page', async () => {
    await withPdfjs(pdf, async (document) => {
      const page = await document.getPage(1);
      const viewport = page.getViewport({ scale: 150 / 72 });
      // pdf.js types its factory as Object; in Node it makes canvases
      const factory = document.canvasFactory as {
        create(
          width: number,
          height: number,
        ): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D };
      };
      const [width, height] = [Math.floor(viewport.width), Math.floor(viewport.height)];
      const { canvas, context } = factory.create(width, height);
      await page.render({ canvas, canvasContext: context, viewport }).promise;
      const { data } = context.getImageData(0, 0, width, height);
      expect(readQr(data, width, height)?.data).toBe(SAMPLE_QR);
    });
  });
});

describe('refusals', () => {
  const refused = (changes: Partial<Certificate>) => renderSample(changes);

  test('names every character that no font has, all at once', async () => {
    const holder = { name: '示例\u{323b0}\u{31350}店', code: 'X', codeType: '001' };
    await expect(refused({ holder, number: 'ཀ1' })).rejects.toMatchObject({
      code: 'missing-glyph',
      subjects: expect.arrayContaining(['\u{323b0}', '\u{31350}', 'ཀ']) as unknown,
      message: expect.stringContaining('U+323B0') as unknown,
    });
  });

  test.each([
    ['a bidi override', '\u202e'],
    ['a zero-width joiner', '\u200d'],
    ['a Hangul filler', '\u3164'],
    ['a combining mark', '\u0301'],
    ['a private-use character', '\ue000'],
    ['a tab', '\t'],
  ])('refuses %s, which would not be read as it is written', async (_, character) => {
    const holder = { name: `示例${character}店`, code: 'X', codeType: '001' };
    await expect(refused({ holder })).rejects.toMatchObject({ code: 'missing-glyph', subjects: [character] });
  });

  test('fits the longest usual texts, and refuses those that do not fit at a legible size', async () => {
    const long = {
      holder: { name: '示'.repeat(40), code: '92430102MA4L2Q7X6P', codeType: '001' },
      face: [
        face('住所', '址'.repeat(100)),
        face('经营项目', '项'.repeat(300)),
        face('备注', '注'.repeat(80)),
      ],
    };
    expect(await extract(await renderSample(long))).toContain('址');
    await expect(
      refused({
        face: [
          face('甲', '字'.repeat(400)),
          face('经营项目', '项'.repeat(500)),
          face('乙', '字'.repeat(499)),
        ],
      }),
    ).rejects.toMatchObject({ code: 'text-too-long', subjects: ['经营项目'] });
  });

  test.each<[string, Partial<Certificate>]>([
    ['the number', { number: '9'.repeat(200) }],
    ['the title', { type: { ...sampleCertificate().type, name: '证'.repeat(90) } }],
    ['the organ', { issuer: { organ: '11430000006122244L', name: '局'.repeat(60) } }],
    ['the power', { mandate: { ...sampleCertificate().mandate, name: '事'.repeat(400) } }],
  ])('refuses a certificate when %s does not fit', async (_, changes) => {
    await expect(refused(changes)).rejects.toMatchObject({ code: 'text-too-long' });
  });

  test('refuses to print the statement of another version of the type', async () => {
    const type = { ...sampleType, statement: '另一句话。' };
    const certificate = { type: sampleCertificate().type };
    await expect(renderSample(certificate, { type })).rejects.toMatchObject({ code: 'wrong-type' });
  });

  test('refuses a subset that lost a character', async () => {
    const losing = (font: Uint8Array, text: string) => subset(font, text.slice(1));
    await expect(renderSample({}, { subset: losing })).rejects.toMatchObject({ code: 'bad-font' });
    const fonts = { ...(await pageFonts()), sans: new Uint8Array(100) };
    await expect(renderSample({}, { fonts })).rejects.toMatchObject({ code: 'bad-font' });
  });
});

describe('names of every kind', () => {
  const withFonts = async (...more: readonly Uint8Array[]) => ({
    fonts: { ...(await pageFonts()), rare: more },
  });
  const holder = (name: string) => ({ holder: { name, code: '92430102MA4L2Q7X6P', codeType: '001' } });
  const uyghur = () => font('noto-naskh-arabic', '400Regular/NotoNaskhArabic_400Regular.ttf');
  const tibetan = () => font('noto-serif-tibetan', '400Regular/NotoSerifTibetan_400Regular.ttf');

  test.each([
    ['Uyghur', '示例市 سىناق ئاشخانىسى餐饮店', uyghur],
    ['Uyghur with a non-joiner', '示例市 خەت\u200cكە', uyghur],
    ['Kazakh', 'قىزمەت كورسەتۋ', uyghur],
    ['Tibetan', '示例市བོད་ལྗོངས餐饮店', tibetan],
  ])('prints %s with a font that has it, and gives back what was written', async (_name, name, face) => {
    const pdf = await renderSample(holder(name), await withFonts(await face()));
    expect((await extract(pdf)).replace(/\s/g, '')).toContain(name.replace(/[\s\u200c]/g, ''));
  });

  test('without such a font names each of its letters', async () => {
    await expect(renderSample(holder('示例市 سىناق'))).rejects.toMatchObject({
      code: 'missing-glyph',
      subjects: ['س', 'ى', 'ن', 'ا', 'ق'],
    });
  });

  test('without somebody who joins letters refuses them, whatever fonts there are', async () => {
    const options = { ...(await withFonts(await uyghur())), shape: undefined };
    await expect(renderSample(holder('سىناق'), options)).rejects.toMatchObject({ code: 'missing-glyph' });
  });

  test('draws joined letters, not those of the alphabet side by side', async () => {
    const fonts = await withFonts(await uyghur());
    const seen: number[] = [];
    const watched = (bytes: Uint8Array, words: string) => {
      const glyphs = shape(bytes, words);
      seen.push(...glyphs.map(({ glyph }) => glyph));
      return glyphs;
    };
    await renderSample(holder('سىناق'), { ...fonts, shape: watched });
    const alone = parseSfnt(await uyghur());
    expect(seen).not.toEqual([...'سىناق'].map((letter) => alone.glyphOf(letter)));
    // Arabic is read from the right: its last letter stands leftmost.
    expect(seen.length).toBeGreaterThan(3);
  });

  test('refuses a form of a character that no font has, for the plain one is another name', async () => {
    await expect(renderSample(holder('示例市辻\u{e0100}店'))).rejects.toMatchObject({
      code: 'missing-glyph',
      subjects: ['辻\u{e0100}'],
      message: expect.stringContaining('U+8FBB U+E0100') as unknown,
    });
  });

  test('prints the form of a mark that its selector picks', async () => {
    const name = '示例，\ufe01店';
    expect(await extract(await renderSample(holder(name)))).toContain(name);
  });

  test('wraps a name of 140 characters', async () => {
    const name = `${'示例街道社区居民委员会股份合作社'.repeat(8)}有限责任公司示例`;
    const text = await extract(await renderSample(holder(name)));
    expect(text.replace(/\s/g, '')).toContain(name);
  });
});
