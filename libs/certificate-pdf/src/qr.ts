import QRCode from 'qrcode';
import { CertificatePdfError } from './errors.ts';
import type { Drawing } from './drawing.ts';
import { INK } from './page-geometry.ts';

/** formats §7.1: a larger one would not be read from a sheet of paper */
const MAX_VERSION = 12;

/**
 * Text → rows of modules, dark ones `true`. Level M, the segments chosen so that all but the `#` is in the dense
 * alphanumeric mode.
 * @throws CertificatePdfError `bad-qr`
 */
export function qrModules(text: string): boolean[][] {
  let code: QRCode.QRCode;
  try {
    code = QRCode.create(text, { errorCorrectionLevel: 'M' });
  } catch (cause) {
    throw new CertificatePdfError('bad-qr', '二维码内容为空或过长。', [], { cause });
  }
  if (code.version > MAX_VERSION)
    throw new CertificatePdfError('bad-qr', `二维码内容过长：版本 ${code.version}，最大 ${MAX_VERSION}。`);
  const { size } = code.modules;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => code.modules.get(row, column) === 1),
  );
}

/** Draws the modules in a square, without quiet zone: keep four modules clear around it. */
export function drawQr(
  drawing: Drawing,
  modules: boolean[][],
  left: number,
  bottom: number,
  size: number,
): void {
  const module = size / modules.length;
  drawing.fillColour(INK).transformed([module, 0, 0, module, left, bottom], () => {
    modules.forEach((row, r) => {
      for (let start = 0; start < row.length; start += 1) {
        if (!row[start]) continue;
        let end = start + 1;
        while (row[end]) end += 1;
        drawing.rectangle(start, modules.length - 1 - r, end - start, 1);
        start = end;
      }
    });
    drawing.paint('f');
  });
}
