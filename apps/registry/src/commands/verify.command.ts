import type { Command } from 'commander';
import { readFileBounded } from '../files/read-bounded.ts';
import { UsageError } from './usage-error.ts';

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
  const { MAX_PDF_BYTES } = await import('@mandate/signature');
  try {
    return await readFileBounded(path, MAX_PDF_BYTES);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const said: Readonly<Record<string, string>> = {
      ENOENT: `没有文件 ${path}，请检查路径。`,
      'not-a-file': `${path} 不是文件，而是文件夹、管道或设备，请指明证照的 PDF 文件。`,
      'too-large': `${path} 超过 ${(MAX_PDF_BYTES / 2 ** 20).toString()} MB，不会是电子证照。请指明证照的 PDF 原件。`,
    };
    throw new UsageError(said[reason] ?? `读不出文件 ${path}：${reason}`);
  }
}
