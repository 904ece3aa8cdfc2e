import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeAuthorityTemplate } from '@mandate/list-files';
import { signPdf, stapleProof } from '@mandate/signature';
import { makeSamplePage } from '../support/sample-page.ts';
import { makeTestAuthority } from '../support/test-authority.ts';
import { itemRow, listRows, makeWorkbook } from '../support/workbook.ts';

export const KINDS = ['xls', 'xlsx', 'pdf'] as const;
export type Kind = (typeof KINDS)[number];

/** Whole files of a kind, made here. */
export async function ownSamples(kind: Kind): Promise<readonly Uint8Array[]> {
  if (kind === 'pdf') return [await certificate()];
  const rows = listRows(
    Array.from({ length: 40 }, (_, n) => itemRow(n + 1, `对第${n.toString()}类活动的许可`)),
  );
  const merges = ['A3:A5', 'B3:B5'];
  const sheets = [
    { name: '行政许可', rows, merges, hiddenRows: [6] },
    { name: '其他', rows: rows.slice(0, 9) },
  ];
  // What is found under the name, whatever it is.
  return kind === 'xls'
    ? (['biff8', 'biff5', 'html', 'xlml'] as const).map((type) => makeWorkbook(sheets, type))
    : [
        ...(['xlsx', 'xlsb', 'ods', 'fods'] as const).map((type) => makeWorkbook(sheets, type)),
        encodeAuthorityTemplate('xlsx', { name: '示例市示例局', key: 'o-aaaaaaaaaaaaaaaa' }),
      ];
}

/** What stands in this folder of real files, if it is there. */
export function realSamples(kind: Kind, folder: string): readonly Uint8Array[] {
  const place = join(folder, 'authority-lists');
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(`.${kind}`))
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(place, name))));
}

async function certificate(): Promise<Uint8Array> {
  const { signer } = makeTestAuthority();
  const { pdf } = await signPdf(await makeSamplePage(), {
    signer,
    signedAt: new Date('2026-03-04T05:06:07Z'),
    reason: '颁发证书',
  });
  return stapleProof(pdf, new TextEncoder().encode('c2sp.org/tlog-proof@v1\n'));
}
