import { readFile } from 'node:fs/promises';
import { type CertificateType, CertificateTypeSchema } from '@mandate/certificate';
import type { Command } from 'commander';
import { AS_HELP, AS_OPTION } from './as-option.ts';
import { UsageError } from './usage-error.ts';

export function registerCertificateTypes(program: Command): void {
  const types = program.command('types').description('证照类型');
  types
    .command('list', { isDefault: true })
    .description('列出已登记的证照类型')
    .option('--json', '以 JSON 输出')
    .action(async (options: { json?: true }) => {
      const [{ withApp }, { CertificateTypesService }, { DataSource }] = await Promise.all([
        import('../bootstrap/with-app.ts'),
        import('../certificates/certificate-types.service.ts'),
        import('typeorm'),
      ]);
      const listed = await withApp((app) =>
        app.get(CertificateTypesService).list(app.get(DataSource).manager),
      );
      if (options.json) console.log(JSON.stringify({ types: listed }));
      else if (listed.length === 0)
        console.log('还没有证照类型。用 npx mandate types put 文件.json --as <login> 起草。');
      else
        for (const { type } of listed)
          console.log(`${type.code}  ${type.name}  依据：${type.mandate.itemNames.join('、')}`);
    });
  types
    .command('put <file>')
    .description(
      '起草登记或修改一种证照类型（JSON，样例见 docs/examples/food-permit-type.json），由另一人审核、发布',
    )
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--reason <text>', '事由，载入公开日志', '登记证照类型')
    .option('--json', '以 JSON 输出')
    .action(async (file: string, options: { as: string; reason: string; json?: true }) => {
      const type = await readType(file);
      const [{ withActor }, { describeSubmitted, draftRecord }] = await Promise.all([
        import('./actor.ts'),
        import('./record-draft.ts'),
      ]);
      const draft = await withActor(options.as, (app, actor) =>
        draftRecord(app, actor, {
          register: 'certificate-type',
          key: type.code,
          value: type,
          title: `证照类型“${type.name}”`,
          reason: options.reason,
        }),
      );
      console.log(
        options.json
          ? JSON.stringify({ code: type.code, draft: draft.id, state: draft.state })
          : describeSubmitted(draft),
      );
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
