import type { Command } from 'commander';

export function registerTrust(program: Command): void {
  const keys = program.command('keys').description('签章密钥');
  keys
    .command('create')
    .description('演示：由测试证书机构为机关签发签章密钥')
    .requiredOption('--organ <key>', '机关的标识')
    .option('--json', '以 JSON 输出')
    .action((options: { organ: string; json?: true }) =>
      enrol(options, (service) => service.enrol(options.organ)),
    );
  keys
    .command('import <file>')
    .description('装入电子认证机构签发的 PKCS#12 文件（密码见 MANDATE_KEY_PASSWORD）')
    .requiredOption('--organ <key>', '机关的标识')
    .option('--json', '以 JSON 输出')
    .action((file: string, options: { organ: string; json?: true }) =>
      enrol(options, (service) => service.enrolFile(options.organ, file)),
    );
}

async function enrol(
  options: { organ: string; json?: true },
  work: (service: import('../trust/enrolment.service.ts').EnrolmentService) => Promise<void>,
): Promise<void> {
  const [{ withApp }, { EnrolmentService }, { PublicationService }] = await Promise.all([
    import('../bootstrap/with-app.ts'),
    import('../trust/enrolment.service.ts'),
    import('../publication/publication.service.ts'),
  ]);
  await withApp(async (app) => {
    await work(app.get(EnrolmentService));
    await app.get(PublicationService).publishData();
  });
  console.log(
    options.json
      ? JSON.stringify({ organ: options.organ })
      : `机关 ${options.organ} 的签章密钥已启用并载入清单日志。`,
  );
}
