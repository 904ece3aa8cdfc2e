import { readFile } from 'node:fs/promises';
import { type CertificateType, CertificateTypeSchema } from '@mandate/certificate';
import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';

export function registerCertificateTypes(program: Command): void {
  const types = program.command('types').description('证照类型');
  types
    .command('list', { isDefault: true })
    .description('列出已登记的证照类型')
    .option('--json', '以 JSON 输出')
    .action(async (options: { json?: true }) => {
      const { listTypes } = await import('./register-type.ts');
      const listed = await listTypes();
      if (options.json) console.log(JSON.stringify({ types: listed }));
      else if (listed.length === 0) console.log('还没有证照类型。用 npx mandate types put 文件.json 登记。');
      else
        for (const { type } of listed)
          console.log(`${type.code}  ${type.name}  依据：${type.mandate.itemNames.join('、')}`);
    });
  types
    .command('put <file>')
    .description('登记或修改一种证照类型（JSON，样例见 docs/examples/food-permit-type.json），自今日起生效')
    .option('--reason <text>', '事由，载入公开日志', '登记证照类型')
    .option('--json', '以 JSON 输出')
    .action(async (file: string, options: { reason: string; json?: true }) => {
      const type = await readType(file);
      const { registerType } = await import('./register-type.ts');
      const changed = await registerType(type, options.reason);
      if (options.json) console.log(JSON.stringify({ code: type.code, changed }));
      else console.log(changed ? `已登记：${type.name}（${type.code}）` : `没有变化：${type.name}`);
    });
}

async function readType(file: string): Promise<CertificateType> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`读不出证照类型 ${file}：${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = CertificateTypeSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}：${issue.message}`);
  throw new UsageError(`证照类型 ${file} 有误：\n${lines.join('\n')}`);
}
