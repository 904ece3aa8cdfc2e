import 'reflect-metadata';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import * as fontkit from 'fontkit';
import { plainAddPlaceholder } from '@signpdf/placeholder-plain';
import { P12Signer } from '@signpdf/signer-p12';
import { SignPdf } from '@signpdf/signpdf';
import { PDFDocument, rgb } from 'pdf-lib';
import qrcode from 'qrcode';
import { AppModule } from '../../apps/registry/src/bootstrap/app.module.ts';
import { CertificatesService } from '../../apps/registry/src/certificates/certificates.service.ts';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import { loadConfig } from '../../apps/registry/src/config/config.ts';
import { runMigrations } from '../../apps/registry/src/database/migrate.ts';
import { openEmbeddedDatabase } from '../../apps/registry/src/runtime/embedded-postgres.ts';
import { FOOD_PERMIT_DATA, MARKET, prepareFoodPermit, issuerFor } from '../support/food-permit.ts';

/**
 * Certificates per second, one after the other: from the request to the signed PDF with its stapled proof, on real
 * PostgreSQL with fsync on, beside a plain stack in the same run that only draws and signs a page with the same text:
 * pdf-lib, the whole font subset by fontkit, @signpdf with node-forge. Rounds alternate; medians are compared.
 */
const ROUNDS = 7;
const PER_ROUND = 8;
const require = createRequire(import.meta.url);

const dataDir = await mkdtemp(join(tmpdir(), 'mandate-bench-'));
const config = loadConfig({ MANDATE_DATA_DIR: dataDir, MANDATE_PUBLIC_URL: 'https://mandate.example' });
const database = await openEmbeddedDatabase({ dataDir });
try {
  await runMigrations(database.ownerUrl, database.appUrl);
  const app = await NestFactory.createApplicationContext(
    AppModule.register(config.withDatabase(database), { kind: 'http' }),
    {
      logger: ['error'],
    },
  );
  await prepareFoodPermit(app);
  const request = { ...FOOD_PERMIT_DATA, type: '食品经营许可证' };
  const issuer = await issuerFor(app, MARKET.key);
  const ours = async (i: number) => {
    const holder = { ...request.holder, name: `${request.holder.name}${i} 号` };
    const identifier = await app.get(IssueService).issue({ ...request, holder }, issuer);
    return app.get(CertificatesService).document(null, identifier);
  };
  const plain = await plainStack();
  await ours(0);
  await plain(0);
  const times = { ours: [] as number[], plain: [] as number[] };
  let sizes = { ours: 0, plain: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    sizes = {
      ours: await measure(times.ours, ours, round),
      plain: await measure(times.plain, plain, round),
    };
  }
  await app.close();
  const [a, b] = [median(times.ours), median(times.plain)];
  console.log(
    `mandate  issue, log, proof    ${(1000 / a).toFixed(1)} certificates/s  ${a.toFixed(0)} ms each  ${kb(sizes.ours)}`,
  );
  console.log(
    `plain    draw and sign only   ${(1000 / b).toFixed(1)} certificates/s  ${b.toFixed(0)} ms each  ${kb(sizes.plain)}`,
  );
  console.log(
    `ratio    ${(b / a).toFixed(2)} × the plain stack (more is better), median of ${ROUNDS} rounds of ${PER_ROUND}`,
  );
} finally {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}

async function measure(
  times: number[],
  make: (i: number) => Promise<Uint8Array>,
  round: number,
): Promise<number> {
  const begun = performance.now();
  let size = 0;
  for (let i = 0; i < PER_ROUND; i += 1) size = (await make(round * PER_ROUND + i)).length;
  times.push((performance.now() - begun) / PER_ROUND);
  return size;
}

async function plainStack(): Promise<(i: number) => Promise<Uint8Array>> {
  const font = await readFile(
    require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  );
  const password = await readFile(join(dataDir, 'keys', 'demo-password'), 'utf8');
  const p12 = await readFile(join(dataDir, 'keys', 'organs', `${MARKET.key}.p12`));
  return async (i) => {
    const pdf = await PDFDocument.create();
    pdf.registerFontkit(fontkit);
    const serif = await pdf.embedFont(font, { subset: true });
    const page = pdf.addPage([842, 595]);
    const lines = ['食品经营许可证', `${FOOD_PERMIT_DATA.holder.name}${i} 号`, FOOD_PERMIT_DATA.holder.code];
    const text = [
      ...lines,
      ...Object.values(FOOD_PERMIT_DATA.face),
      MARKET.name,
      '有效期至 2031年11月20日',
      '依据 行政许可 食品经营许可',
    ];
    text.forEach((line, n) => page.drawText(line, { x: 70, y: 520 - 30 * n, size: 16, font: serif }));
    page.drawCircle({ x: 650, y: 120, size: 60, borderColor: rgb(0.8, 0, 0), borderWidth: 3 });
    const qr = await pdf.embedPng(await qrcode.toBuffer(`HTTPS://MANDATE.EXAMPLE/V/#${'A'.repeat(260)}`));
    page.drawImage(qr, { x: 70, y: 60, width: 110, height: 110 });
    const bytes = Buffer.from(await pdf.save({ useObjectStreams: false }));
    const prepared = plainAddPlaceholder({
      pdfBuffer: bytes,
      reason: '',
      contactInfo: '',
      name: MARKET.name,
      location: '',
    });
    return new SignPdf().sign(prepared, new P12Signer(p12, { passphrase: password }));
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
