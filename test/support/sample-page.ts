import { AFRelationship, PDFDocument, PDFHexString, StandardFonts } from 'pdf-lib';

/** The smallest thing that can be signed: a page with a line of text, and certificate.json attached. */
export async function makeSamplePage(attachment = '{"sample":true}'): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const page = document.addPage([595, 842]);
  page.drawText('SAMPLE CERTIFICATE', {
    x: 60,
    y: 760,
    size: 20,
    font: await document.embedFont(StandardFonts.Helvetica),
  });
  await document.attach(new TextEncoder().encode(attachment), 'certificate.json', {
    mimeType: 'application/json',
    afRelationship: AFRelationship.Data,
  });
  const id = PDFHexString.of('00112233445566778899aabbccddeeff');
  document.context.trailerInfo.ID = document.context.obj([id, id]);
  return document.save({ useObjectStreams: false });
}
