import type { AuditReport } from '@mandate/audit';
import { cleanText } from '@mandate/encoding';
import type { Command } from 'commander';

interface Options {
  readonly json?: true;
  readonly since?: string;
  readonly root?: string;
}

export function registerLog(program: Command): void {
  const log = program.command('log').description('透明日志');
  log
    .command('audit [place]')
    .description(
      '以陌生人的身份重读已发布的全部文件并逐一验证；place 为文件夹或网址，不给则为本登记簿发布的文件',
    )
    .option('--since <file>', '一份较早的检查点：证明日志从那时起只增不改')
    .option('--root <fingerprint>', '从别处得知的根密钥指纹 sha256:…')
    .option('--json', '以 JSON 输出')
    .action(audit);
}

/** Exit code 0 when everything holds, 1 when anything does not. */
async function audit(place: string | undefined, options: Options): Promise<void> {
  const [{ auditPlace }, { loadConfig }] = await Promise.all([
    import('./audit-place.ts'),
    import('../config/config.ts'),
  ]);
  const report = await auditPlace(place, {
    dataDir: loadConfig().dataDir,
    sinceFile: options.since,
    rootFingerprint: options.root,
  });
  if (options.json) console.log(JSON.stringify(report));
  else console.log(describe(report));
  if (!report.ok) process.exitCode = 1;
}

function describe(report: AuditReport): string {
  const { files, entries, blobs } = report.checked;
  const lines = [
    `核查 ${report.source}`,
    ...report.logs.map(({ origin, size }) => `  日志 ${origin}：${size} 条`),
    `  已核对 ${files} 个文件、${entries} 个条目、${blobs} 份内容`,
    ...report.warnings.map((warning) => `  注意：${warning}`),
    ...report.unjudged.map((message) => `  没有判断：${message}`),
    ...report.problems.map(({ file, message }) => `  ✗ ${file}：${message}`),
    ...(report.omitted > 0 ? [`  另有 ${report.omitted} 处问题没有列出`] : []),
    conclusion(report),
  ];
  // Files of others are quoted: they may hold escape sequences that would take over the terminal.
  return lines.map((line) => line.replace(/\S[^]*/, cleanText)).join('\n');
}

function conclusion({ ok, problems, omitted, unjudged }: AuditReport): string {
  if (!ok) return `不相符：${problems.length + omitted} 处，第一处见上。`;
  if (unjudged.length > 0)
    return `能判断的部分全部相符；有 ${unjudged.length} 处比本程序新（newer-format），没有判断，请用较新的程序核查。`;
  return '全部相符。';
}
