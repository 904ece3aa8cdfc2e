import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';

type Restored = import('../backups/restore-backup.ts').Restored;

export function registerBackup(program: Command): void {
  program
    .command('backup <folder>')
    .description('备份数据库和已发布的文件到一个新文件夹；登记簿照常运行')
    .option('--with-keys', '连同密钥（<数据文件夹>/keys）；不给则不含密钥，密钥须另外保管')
    .option('--json', '以 JSON 输出')
    .action(backup);
  program
    .command('restore <folder>')
    .description('由一份备份恢复到空的数据库和空的数据文件夹')
    .option('--digest <sha256>', '备份时打印并另外记下的摘要：证明备份没有被人改过')
    .option('--nothing-lost', '搬迁：备份之后没有签发过任何证照，编号接着用')
    .option('--earlier <times>', '同一份备份在此之前已经恢复过、又发过证照的次数', parseTimes)
    .option('--trial', '只试：恢复到一个临时的数据库，什么都不改动')
    .option('--json', '以 JSON 输出')
    .action(restore);
  program
    .command('recover')
    .description('数据库比已发布的文件旧时：由已发布的文件续接，此后不重发任何编号和状态位')
    .option('--dry-run', '只说出会做什么')
    .option('--json', '以 JSON 输出')
    .action(recover);
}

function parseTimes(text: string): number {
  if (!/^[0-9]$/.test(text)) throw new UsageError(`--earlier 须是 0 到 9 的数：${text}`);
  return Number(text);
}

async function backup(folder: string, options: { withKeys?: true; json?: true }): Promise<void> {
  const [{ withApp }, { BackupService }] = await Promise.all([
    import('../bootstrap/with-app.ts'),
    import('../backups/backup.service.ts'),
  ]);
  const taken = await withApp((app) =>
    app.get(BackupService).take(folder, {
      withKeys: options.withKeys === true,
      say: (line) => {
        if (!options.json) console.log(`· ${line}`);
      },
    }),
  );
  if (options.json) {
    console.log(JSON.stringify(taken));
    return;
  }
  console.log(`备份完成：${taken.folder}\n  ${taken.files} 个文件，${taken.rows} 行，每个文件都已重读核对`);
  console.log(`  摘要 sha256:${taken.digest}（请另外记下，恢复时用 --digest 核对）`);
  console.log(
    taken.withKeys
      ? '  含密钥：谁拿到这份备份，谁就能以登记簿的名义签名。请加密存放。'
      : '  不含密钥：没有 keys 文件夹就不能恢复，请另外备份它。备份里有个人信息，请限制读取。',
  );
}

async function restore(
  folder: string,
  options: { digest?: string; nothingLost?: true; earlier?: number; trial?: true; json?: true },
): Promise<void> {
  const say = (line: string): void => {
    if (!options.json) console.log(`· ${line}`);
  };
  if (options.trial) {
    const { tryRestore } = await import('../backups/try-restore.ts');
    const tried = await tryRestore(folder, { digest: options.digest, say });
    if (options.json) console.log(JSON.stringify({ trial: true, ...tried }));
    else console.log(`可以恢复：${tried.files} 个文件、${tried.rows} 行都已试过；没有改动任何东西。`);
    return;
  }
  const restored = await restoreHere(folder, options, say);
  await recordRestored(restored);
  if (options.json) {
    console.log(JSON.stringify(restored));
    return;
  }
  console.log(
    `已恢复到备份时（${restored.takenAt}）的状态：${restored.files} 个文件，${restored.rows} 行。\n` +
      `  今后的证照编号从 ${restored.firstNumber} 起，状态位从 ${restored.firstPlace} 起：备份之后可能发出的都不会再用。\n` +
      `  接着运行：npx mandate publish && npx mandate log audit`,
  );
}

async function restoreHere(
  folder: string,
  options: { digest?: string; nothingLost?: true; earlier?: number },
  say: (line: string) => void,
): Promise<Restored> {
  const [{ loadConfig }, { restoreBackup }] = await Promise.all([
    import('../config/config.ts'),
    import('../backups/restore-backup.ts'),
  ]);
  const { dataDir, databaseUrl, databaseOwnerUrl } = loadConfig();
  const run = (urls: { ownerUrl: string; appUrl: string }): Promise<Restored> =>
    restoreBackup(folder, {
      ...urls,
      dataDir,
      nothingLost: options.nothingLost === true,
      digest: options.digest,
      earlier: options.earlier,
      say,
    });
  if (databaseUrl !== undefined && databaseOwnerUrl !== undefined)
    return run({ appUrl: databaseUrl, ownerUrl: databaseOwnerUrl });
  const { openEmbeddedDatabase } = await import('../runtime/embedded-postgres.ts');
  const database = await openEmbeddedDatabase({ dataDir });
  try {
    return await run(database);
  } finally {
    await database.close();
  }
}

/** In the restored registry itself, which by now is one like any other. */
async function recordRestored({ digest, takenAt, firstNumber, firstPlace }: Restored): Promise<void> {
  const [{ withApp }, { LedgerService }, { DataSource }, { inTransaction }] = await Promise.all([
    import('../bootstrap/with-app.ts'),
    import('../ledger/ledger.service.ts'),
    import('typeorm'),
    import('../database/transaction.ts'),
  ]);
  await withApp((app) =>
    inTransaction(app.get(DataSource), (tx) =>
      app.get(LedgerService).record(tx, {
        account: null,
        action: 'registry.restored',
        subject: `sha256:${digest}`,
        detail: { takenAt, firstNumber, firstPlace },
      }),
    ),
  );
}

async function recover(options: { dryRun?: true; json?: true }): Promise<void> {
  const [{ withApp }, { RecoveryService }] = await Promise.all([
    import('../bootstrap/with-app.ts'),
    import('../backups/recovery.service.ts'),
  ]);
  const dryRun = options.dryRun === true;
  const recovery = await withApp((app) => app.get(RecoveryService).recover({ dryRun }));
  if (options.json) {
    console.log(JSON.stringify(recovery ?? null));
    return;
  }
  if (recovery === undefined) throw new UsageError('数据库不比已发布的文件旧，没有什么要续接的。');
  const { listEntries, lostCertificates, revocations, keptRevoked, firstNumber, firstPlace } = recovery;
  console.log(
    [
      dryRun ? '将会（什么都还没有写）：' : '已由已发布的文件续接：',
      `  清单：取回 ${listEntries} 个条目，连同内容`,
      `  证照：${lostCertificates} 份的内容已丢失，只剩日志中的承诺；持证人手中的仍然有效，这里不能再撤销它们`,
      `  撤销：${revocations} 项找到了它的证照；另有 ${keptRevoked} 个状态位保持撤销`,
      `  今后的证照编号从 ${firstNumber} 起，状态位从 ${firstPlace} 起：发出过的都不会再用`,
      ...(dryRun ? [] : ['  接着运行：npx mandate publish && npx mandate log audit']),
    ].join('\n'),
  );
}
