import { readFileSync } from 'node:fs';
import { readSheets } from '@mandate/workbook';
for (const f of process.argv.slice(2)) {
  try {
    const t=performance.now();
    const g = readSheets(new Uint8Array(readFileSync(f)));
    console.log(f, g.map((s) => [s.name, s.rows, s.columns]), (performance.now()-t).toFixed(0));
    const s = g[0]; if (s) for (let r = 0; r < Math.min(4, s.rows); r++) console.log(Array.from({ length: Math.min(s.columns, 9) }, (_, c) => s.text(r, c).slice(0, 12)).join('|'));
  } catch (e) { console.log(f, e.code, e.message); }
}
