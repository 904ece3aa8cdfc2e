import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import type { LedgerFilter } from '../auditing/ledger-reading.service.ts';
import type { LedgerReport } from '../auditing/ledger-verification.service.ts';
import { AS_HELP, AS_OPTION } from './as-option.ts';
import { UsageError } from './usage-error.ts';

/** Acts that are asked for at once. */
const PAGE = 1_000;

interface ListOptions {
  readonly as: string;
  readonly limit: number;
  readonly out?: string;
  readonly json?: true;
  readonly from?: string;
  readonly to?: string;
  readonly account?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly way?: string;
}

export function registerLedger(program: Command): void {
  const ledger = program.command('ledger').description('审计台账：查阅、导出、核验，只供登记簿的审计账号');
  ledger
    .command('list', { isDefault: true })
    .description('列出台账，新的在前；查阅和导出也记入台账')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--from <moment>', '从何时起，如 2026-01-31 或 2026-01-31T08:00:00Z')
    .option('--to <moment>', '到何时止；日期含当日')
    .option('--account <login>', '只列某个账号的')
    .option('--action <action>', '只列某种操作，如 certificate.issued')
    .option('--subject <subject>', '只列某个对象的：账号、草稿编号、证照标识、机关等')
    .option('--way <way>', '只列某个渠道：http、command-line、start、worker')
    .option('--limit <n>', '最多列多少条', parseLimit, 100)
    .option('--out <file>', '把符合条件的全部写成 CSV 文件')
    .option('--json', '以 JSON 输出')
    .action(list);
  ledger
    .command('verify')
    .description('重算整条链，并与公开日志中的链头对照；说出哪一条不符')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--head <number:hash>', '以前记下的链头，如 1200:9f86…', parseHead)
    .option('--json', '以 JSON 输出')
    .action(verify);
}

async function list({ as, limit, out, json, ...given }: ListOptions): Promise<void> {
  const [{ withActor }, { LedgerReadingService }, { LedgerFilter: Filter }, { actView, ledgerCsv }] =
    await Promise.all([
      import('./actor.ts'),
      import('../auditing/ledger-reading.service.ts'),
      import('../auditing/auditing.dto.ts'),
      import('../auditing/ledger-answer.ts'),
    ]);
  const parsed = Filter.safeParse(given);
  if (!parsed.success)
    throw new UsageError(
      parsed.error.issues.map(({ path, message }) => `--${path.join('.')}：${message}`).join('\n'),
    );
  const filter: LedgerFilter = parsed.data;
  await withActor(as, async (app, actor) => {
    const reading = app.get(LedgerReadingService);
    if (out === undefined) {
      const { acts } = await reading.page(actor, { ...filter, limit });
      if (json) console.log(JSON.stringify({ acts: acts.map(actView) }));
      else if (acts.length === 0) console.log('台账中没有符合条件的操作。');
      else
        for (const act of acts.map(actView))
          console.log(
            `${act.number.toString()}  ${act.at}  ${act.account ?? '—'}  ${act.name}  ${act.subject}`,
          );
      return;
    }
    const written = await writeWhole(out, async (write) => {
      let cursor: string | undefined;
      let count = 0;
      do {
        const page = await reading.page(actor, { ...filter, limit: PAGE, cursor }, 'ledger.exported');
        await write(ledgerCsv(page.acts, { continued: cursor !== undefined }));
        count += page.acts.length;
        cursor = page.next;
      } while (cursor !== undefined);
      return count;
    });
    console.log(
      json ? JSON.stringify({ file: out, acts: written }) : `已写入 ${out}：${written.toString()} 条。`,
    );
  });
}

async function verify(options: {
  readonly as: string;
  readonly head?: { readonly number: number; readonly hash: string };
  readonly json?: true;
}): Promise<void> {
  const [{ withActor }, { LedgerVerificationService }] = await Promise.all([
    import('./actor.ts'),
    import('../auditing/ledger-verification.service.ts'),
  ]);
  const report = await withActor(options.as, (app, actor) =>
    app.get(LedgerVerificationService).verify(actor, options.head),
  );
  console.log(options.json ? JSON.stringify(report) : describe(report));
  if (!report.ok) process.exitCode = 1;
}

function describe({ ok, acts, hash, heads, heldTo, problems }: LedgerReport): string {
  return [
    `审计台账：${acts.toString()} 条${hash === undefined ? '' : `，链头 ${acts.toString()}:${hash}`}`,
    `公开日志中有 ${heads.toString()} 个链头，管到第 ${heldTo.toString()} 条；此后的要到次日才受其约束`,
    ...problems.map(({ message }) => `  ✗ ${message}`),
    ok ? '全部相符。请记下链头，下次用 --head 对照。' : '不相符：台账被改动过，第一处见上。',
  ].join('\n');
}

/** The file whole, or not at all. */
async function writeWhole<T>(
  path: string,
  work: (write: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.new`;
  const file = await open(temporary, 'wx', 0o600).catch((error: unknown) => {
    throw new UsageError(`不能写入 ${path}：${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    const done = await work((text) => file.writeFile(text));
    await file.sync();
    await rename(temporary, path);
    return done;
  } finally {
    await file.close();
    await rm(temporary, { force: true });
  }
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,2}$|^1000$/.test(text))
    throw new UsageError(`--limit 须为 1 至 1000，而不是“${text}”；全部请用 --out。`);
  return Number(text);
}

function parseHead(text: string): { number: number; hash: string } {
  const [, number, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number === undefined || hash === undefined)
    throw new UsageError(`--head 须为 ledger verify 打印的链头（序号:哈希），而不是“${text}”。`);
  return { number: Number(number), hash };
}
