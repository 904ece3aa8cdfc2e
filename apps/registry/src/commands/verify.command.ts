import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';

/** More than any certificate; the reader of PDFs would refuse it anyway. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

/** `mandate verify`: needs no database, only published files. Exit code 0 for `valid` and for nothing else. */
export function registerVerify(program: Command): void {
  program
    .command('verify <file>')
    .description('核验一份证照：有效时退出码为 0，其余结果为 1')
    .option('--from <folder or URL>', '读取哪里公布的文件；不给则用本登记簿数据目录中的')
    .option('--root <fingerprint>', '所信任的根密钥指纹 sha256:…；与 --from 一起给出')
    .option('--json', '以 JSON 输出')
    .action(async (path: string, options: { from?: string; root?: string; json?: true }) => {
      const file = await readDocument(path);
      const [{ openPublished }, { verifyDocument }, { describeVerdict }] = await Promise.all([
        import('./verify-source.ts'),
        import('@mandate/verification'),
        import('./verify-report.ts'),
      ]);
      const verdict = await verifyDocument(file, { ...(await openPublished(options)), now: new Date() });
      console.log(
        options.json === true
          ? JSON.stringify({ ...verdict, file: path }, null, 2)
          : describeVerdict(verdict, path),
      );
      if (verdict.verdict !== 'valid') process.exitCode = 1;
    });
}

async function readDocument(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MAXIMUM_BYTES) throw new UsageError(`${path} 超过 64 MiB，不是证照文件。`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      reason === 'ENOENT' ? `没有文件 ${path}，请检查路径。` : `读不出文件 ${path}：${reason}`,
    );
  }
}
