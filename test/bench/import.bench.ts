// node --import ./apps/registry/bin/typescript-hooks.js test/bench/import.bench.ts [rows]
// 20,000 rows of one workbook through the whole import, on a real PostgreSQL, to a draft and to the lists, each measured in
// a process of its own; beside it the bare reader of workbooks on the same file, which only makes rows of it. Then 30,000 rows of
// another organ are sent to the server itself, and the peaks of its two processes told.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { read, utils } from '@e965/xlsx';
import type { INestApplicationContext } from '@nestjs/common';
import type { Account, Role } from '../../apps/registry/src/auth/access.ts';
import { uploadToServer } from './uploaded-import.ts';

/** Of one process at 30,000 rows. */
const LIMIT_MIB = 700;
const LIMIT_TIMES = 6;
const UPLOADED_ROWS = 30_000;
const PASSWORD = 'long enough for us';
const SELF = fileURLToPath(import.meta.url);

interface Measured {
  readonly rows: number;
  readonly seconds: number;
  /** of the process and of those that it started: what a busy machine does not change */
  readonly processorSeconds: number;
  readonly peakMib: number;
}

const [task, file] = process.argv.slice(2);
if (task === 'import' && file !== undefined) await measure(() => importFile(file));
else if (task === 'publish' && file !== undefined) await measure(publishDrafts);
else if (task === 'peer' && file !== undefined) await measure(() => readBare(file));
else await main(Number(task ?? 20_000));

async function main(rows: number): Promise<void> {
  const { openEmbeddedDatabase } = await import('../../apps/registry/src/runtime/embedded-postgres.ts');
  const { runMigrations } = await import('../../apps/registry/src/database/migrate.ts');
  const folder = await mkdtemp(join(tmpdir(), 'mandate-bench-import-'));
  const database = await openEmbeddedDatabase({ dataDir: join(folder, 'data'), throwaway: true });
  try {
    await runMigrations(database.ownerUrl, database.appUrl);
    const path = join(folder, 'list.xlsx');
    await writeFile(path, await makeList(rows, { clauses: 8 }));
    const { size } = await stat(path);
    console.log(`workbook: ${rows.toString()} rows, ${(size / 2 ** 20).toFixed(1)} MiB`);
    const env = { ...process.env, DATABASE_URL: database.appUrl, MANDATE_DATA_DIR: join(folder, 'keys') };
    const first = await child('import', path, env);
    const published = await child('publish', path, env);
    const again = await child('import', path, env);
    const peer = await child('peer', path, env);
    print('import, all new, to a draft', first);
    print('approval and publication', published);
    print('import, again', again);
    print('peer: bare sheet_to_json', peer);
    for (const [name, one] of [
      ['new', first],
      ['again', again],
    ] as const) {
      const times = one.processorSeconds / peer.processorSeconds;
      console.log(
        `ratio to the peer, ${name}: time × ${(one.seconds / peer.seconds).toFixed(1)}, processor × ${times.toFixed(1)} (${times <= LIMIT_TIMES ? 'within' : 'OVER'} ${LIMIT_TIMES.toString()}), memory × ${(one.peakMib / peer.peakMib).toFixed(2)}`,
      );
    }
    tellPeak(
      `one process, ${rows.toString()} rows`,
      Math.max(first.peakMib, published.peakMib, again.peakMib),
    );
    // As many as an official may send, of the length that the longest real lists have.
    await writeFile(path, await makeList(UPLOADED_ROWS, { clauses: 2, organ: '示例市千行局' }));
    const sent = await uploadToServer(path, env, { login: 'editor', password: PASSWORD });
    if (sent.items !== UPLOADED_ROWS) throw new Error(`only ${sent.items.toString()} items`);
    console.log(
      `${UPLOADED_ROWS.toString()} rows sent to the server, to a submitted draft: ${sent.seconds.toFixed(1)} s`,
    );
    tellPeak('the server', sent.apiMib);
    tellPeak('its reading process', sent.readingMib);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function tellPeak(of: string, peakMib: number): void {
  const is = peakMib < LIMIT_MIB ? 'within' : 'OVER';
  console.log(`peak RSS of ${of}: ${peakMib.toFixed(0)} MiB of ${LIMIT_MIB.toString()} MiB, ${is} the limit`);
  if (peakMib >= LIMIT_MIB) process.exitCode = 1;
}

function print(name: string, { rows, seconds, processorSeconds, peakMib }: Measured): void {
  const speed = Math.round(rows / seconds);
  console.log(
    `${name.padEnd(28)} ${seconds.toFixed(2).padStart(7)} s  processor ${processorSeconds.toFixed(2).padStart(6)} s  ${speed.toString().padStart(7)} rows/s  peak RSS ${peakMib.toFixed(0).padStart(5)} MiB`,
  );
}

/** Every row its own words; with eight clauses some 2,500 characters, as many as real lists have at most, with two 1,100. */
async function makeList(
  rows: number,
  { clauses, organ = '示例市示例局' }: { readonly clauses: number; readonly organ?: string },
): Promise<Uint8Array> {
  const { itemRow, listRows, makeWorkbook } = await import('../support/workbook.ts');
  const clause = '应当自受理之日起二十个工作日内作出决定，并书面告知申请人；不予批准的，应当说明理由。';
  const items = Array.from({ length: rows }, (_, n) => {
    const name = `对第${n.toString()}类示例活动的许可`;
    return itemRow(n + 1, name, {
      行使主体: organ,
      实施依据: ['法律', '法规', '规章']
        .map(
          (kind) =>
            `【${kind}】《示例${kind}》（2020年1月1日通过，自2020年6月1日起施行）\n第${((n % 90) + 1).toString()}条：${name}${clause.repeat(clauses)}`,
        )
        .join('\n'),
      责任事项内容: `直接实施责任：\n1.受理责任：${name}${clause}\n2.审查责任：${clause}\n指导监督责任：\n3.${clause.repeat(2)}`,
      责任事项依据: `【法律】《示例法》\n第三十条、第三十四条：${name}${clause.repeat(0.75 * clauses)}`,
      追责情形: Array.from({ length: 9 }, (_, m) => `${(m + 1).toString()}.违反规定办理${name}的；`).join(
        '\n',
      ),
    });
  });
  return makeWorkbook([{ rows: listRows(items, `${organ}2026年权责清单`) }]);
}

async function importFile(path: string): Promise<number> {
  const { withApp } = await import('../../apps/registry/src/bootstrap/with-app.ts');
  const { FileReaderService } = await import('../../apps/registry/src/imports/file-reader.service.ts');
  const { importPaths } = await import('../../apps/registry/src/commands/import-run.ts');
  const { ImportsService } = await import('../../apps/registry/src/imports/imports.service.ts');
  const report = await withApp(async (app) =>
    importPaths(
      app.get(ImportsService),
      app.get(FileReaderService),
      await account(app, 'editor', ['editor']),
      [path],
      { submit: true },
    ),
  );
  const error = report.files[0]?.error;
  if (error) throw new Error(error.message);
  return report.items;
}

/** As the second person does it. */
async function publishDrafts(): Promise<number> {
  const { withApp } = await import('../../apps/registry/src/bootstrap/with-app.ts');
  const { DraftPublicationService } =
    await import('../../apps/registry/src/drafts/draft-publication.service.ts');
  const { DraftStepsService } = await import('../../apps/registry/src/drafts/draft-steps.service.ts');
  const { DraftsService } = await import('../../apps/registry/src/drafts/drafts.service.ts');
  const { LogService } = await import('../../apps/registry/src/log/log.service.ts');
  const { DataSource } = await import('typeorm');
  return withApp(async (app) => {
    const reviewer = await account(app, 'reviewer', ['reviewer', 'publisher']);
    const [source, drafts] = [app.get(DataSource), app.get(DraftsService)];
    const [steps, publication] = [app.get(DraftStepsService), app.get(DraftPublicationService)];
    const [draft] = await drafts.page(source.manager, reviewer, { state: 'submitted', limit: 1 });
    if (!draft) throw new Error('no draft');
    const approved = await source.transaction((tx) =>
      steps.take(tx, reviewer, { step: 'approve', draft: draft.id, version: draft.version }),
    );
    const { changes } = await source.transaction((tx) =>
      publication.publish(tx, reviewer, { draft: draft.id, version: approved.version }),
    );
    await app.get(LogService).sequence('lists');
    return changes.length;
  });
}

async function account(
  app: INestApplicationContext,
  login: string,
  roles: readonly Role[],
): Promise<Account> {
  const { AuthService } = await import('../../apps/registry/src/auth/auth.service.ts');
  const auth = app.get(AuthService);
  const known = (await auth.accounts()).find((one) => one.login === login);
  const made = { login, displayName: login, organ: null, roles, password: PASSWORD, demo: false };
  return known ?? auth.createAccount(made);
}

async function readBare(path: string): Promise<number> {
  const book = read(await readFile(path), { type: 'buffer', dense: true });
  const [sheet] = Object.values(book.Sheets);
  return sheet ? utils.sheet_to_json(sheet, { header: 1 }).length - 2 : 0;
}

async function measure(work: () => Promise<number>): Promise<void> {
  const start = performance.now();
  const rows = await work();
  const seconds = (performance.now() - start) / 1_000;
  // maxRSS is in KiB.
  const peakMib = process.resourceUsage().maxRSS / 1_024;
  const measured: Measured = { rows, seconds, processorSeconds: await processorSeconds(), peakMib };
  console.log(JSON.stringify(measured));
}

/** Its own, and where the system tells it that of its children, which have ended. */
async function processorSeconds(): Promise<number> {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1e6;
  if (process.platform !== 'linux') return own;
  const stat = await readFile('/proc/self/stat', 'utf8');
  // Behind the name in parentheses: cutime and cstime are the 14th and 15th field, in hundredths of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return own + (Number(fields[13]) + Number(fields[14])) / 100;
}

async function child(what: string, path: string, env: NodeJS.ProcessEnv): Promise<Measured> {
  const running = spawn(process.execPath, [...process.execArgv, SELF, what, path], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  running.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve) => running.on('close', resolve));
  if (code !== 0) throw new Error(`${what} ended with ${String(code)}`);
  // Written by measure above.
  return JSON.parse(output) as Measured;
}
