import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { AS_HELP, AS_OPTION } from './as-option.ts';
import { UsageError } from './usage-error.ts';
import { IssueData, RevokeBody } from '../certificates/certificate-data.ts';

export function registerCertificates(program: Command): void {
  program
    .command('issue')
    .description('依据清单上的权力签发一份证照')
    .requiredOption('--type <type>', '证照类型的名称或代码，如 食品经营许可证')
    .requiredOption('--data <file>', '证照数据（JSON），样例见 docs/examples/food-permit.json')
    .requiredOption('--out <file>', '写出的 PDF')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--item <key>', '所依据事项的标识或名称；不给则在发证机关的清单中查找')
    .option('--json', '以 JSON 输出')
    .action(
      async (options: {
        type: string;
        data: string;
        out: string;
        as: string;
        item?: string;
        json?: true;
      }) => {
        const data = await readData(options.data);
        const { issueToFile } = await import('./issue-to-file.ts');
        const summary = await issueToFile(
          options.as,
          { ...data, type: options.type, item: options.item },
          options.out,
        );
        console.log(
          options.json
            ? JSON.stringify({ ...summary, file: options.out })
            : `已签发：${summary.type} ${summary.number}\n  证照标识  ${summary.identifier}\n  持证主体  ${summary.holder}\n  依据事项  ${summary.item}\n  有效期至  ${summary.validUntil}\n  文件      ${options.out}\n核验：npx mandate verify ${JSON.stringify(options.out)}`,
        );
      },
    );

  program
    .command('document <identifier>')
    .description('取回一份已签发证照的 PDF')
    .requiredOption(AS_OPTION, AS_HELP)
    .requiredOption('--out <file>', '写出的 PDF')
    .action(async (identifier: string, options: { as: string; out: string }) => {
      const { documentToFile } = await import('./issue-to-file.ts');
      await documentToFile(options.as, identifier, options.out);
      console.log(`已写入 ${options.out}。`);
    });

  program
    .command('revoke <identifier>')
    .description('吊销、注销或撤销一份证照')
    .requiredOption(AS_OPTION, AS_HELP)
    .requiredOption(
      '--reason <reason>',
      'withdrawn 吊销 · cancelled 注销 · obtained-by-deceit 或 issued-in-error 撤销',
    )
    .option('--json', '以 JSON 输出')
    .action(async (identifier: string, options: { as: string; reason: string; json?: true }) => {
      const parsed = RevokeBody.safeParse({ reason: options.reason });
      if (!parsed.success)
        throw new UsageError(
          `--reason 须为 withdrawn、cancelled、obtained-by-deceit 或 issued-in-error，而不是“${options.reason}”。`,
        );
      const { revokeAndPublish } = await import('./issue-to-file.ts');
      await revokeAndPublish(options.as, identifier, parsed.data.reason);
      console.log(options.json ? JSON.stringify({ identifier, revoked: true }) : `已撤销：${identifier}`);
    });
}

async function readData(file: string): Promise<IssueData> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`读不出证照数据 ${file}：${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = IssueData.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}：${issue.message}`);
  throw new UsageError(`证照数据 ${file} 有误：\n${lines.join('\n')}`);
}
