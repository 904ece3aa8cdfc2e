import { writeFileSync, readFileSync, existsSync } from 'node:fs'; import { readSourceFile } from '@mandate/list-files'; import zlib from 'node:zlib'; import { readSheets, useNativeBytes } from '@mandate/workbook'; import { read, utils } from '@e965/xlsx'; import v8 from 'node:v8';
async function makeList(rows: number): Promise<Uint8Array> {
  const { itemRow, listRows, makeWorkbook } = await import('./support/workbook.ts');
  const clause = '应当自受理之日起二十个工作日内作出决定，并书面告知申请人；不予批准的，应当说明理由。';
  const items = Array.from({ length: rows }, (_, n) => {
    const name = `对第${n.toString()}类示例活动的许可`;
    return itemRow(n + 1, name, {
      实施依据: ['法律', '法规', '规章']
        .map(
          (kind) =>
            `【${kind}】《示例${kind}》（2020年1月1日通过，自2020年6月1日起施行）\n第${((n % 90) + 1).toString()}条：${name}${clause.repeat(8)}`,
        )
        .join('\n'),
      责任事项内容: `直接实施责任：\n1.受理责任：${name}${clause}\n2.审查责任：${clause}\n指导监督责任：\n3.${clause.repeat(2)}`,
      责任事项依据: `【法律】《示例法》\n第三十条、第三十四条：${name}${clause.repeat(6)}`,
      追责情形: Array.from({ length: 9 }, (_, m) => `${(m + 1).toString()}.违反规定办理${name}的；`).join(
        '\n',
      ),
    });
  });
  return makeWorkbook([{ rows: listRows(items) }]);
}
const n = Number(process.argv[2] ?? 8000); const f = `/tmp/files-list-${n}.xlsx`;
if (!existsSync(f)) writeFileSync(f, await makeList(n));
const bytes = new Uint8Array(readFileSync(f));
const time = <T,>(what: string, w: () => T): T => { const t = performance.now(); const r = w(); console.log(what, ((performance.now() - t) / 1000).toFixed(2), 's rss', (process.memoryUsage().rss / 2 ** 20).toFixed(0), 'max', (process.resourceUsage().maxRSS / 1024).toFixed(0)); return r; };
if (process.env.NATIVE) useNativeBytes({ inflateRawSync: zlib.inflateRawSync, binaryText: (b) => Buffer.from(b.buffer, b.byteOffset, b.byteLength).toString('latin1') });
const mode = process.argv[3] ?? 'all';
if (mode === 'peer') time('peer', () => { const b = read(bytes, { type: 'buffer', dense: true }); utils.sheet_to_json(Object.values(b.Sheets)[0]!, { header: 1 }); });
else if (mode === 'sheets') time('readSheets', () => readSheets(bytes));
else { const s = time('readSourceFile', () => readSourceFile('a.xlsx', bytes)); time('serialize', () => v8.serialize(s).length); }
