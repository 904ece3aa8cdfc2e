import type { SigningKey } from '@mandate/certificate';
import type { Command } from 'commander';
import { AS_HELP, AS_OPTION } from './as-option.ts';

interface Options {
  readonly organ: string;
  readonly as: string;
  readonly json?: true;
}

type Enrolment = import('../trust/enrolment.service.ts').EnrolmentService;

export function registerTrust(program: Command): void {
  const keys = program.command('keys').description('签章密钥：由一人装入并起草，另一人审核、发布后才能签章');
  keys
    .command('create')
    .description('演示：由测试证书机构为机关签发签章密钥')
    .requiredOption('--organ <key>', '机关的标识或名称')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--json', '以 JSON 输出')
    .action((options: Options) => enrol(options, (service, by) => service.create(options.organ, by)));
  keys
    .command('import <file>')
    .description('装入电子认证机构签发的 PKCS#12 文件（密码见 MANDATE_KEY_PASSWORD）')
    .requiredOption('--organ <key>', '机关的标识或名称')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--json', '以 JSON 输出')
    .action((file: string, options: Options) =>
      enrol(options, (service, by) => service.importFile(options.organ, file, by)),
    );
}

async function enrol(
  options: Options,
  work: (service: Enrolment, by: string) => Promise<SigningKey>,
): Promise<void> {
  const [{ withActor }, { EnrolmentService }, { describeSubmitted, draftRecord }, access] = await Promise.all(
    [
      import('./actor.ts'),
      import('../trust/enrolment.service.ts'),
      import('./record-draft.ts'),
      import('../auth/access.ts'),
    ],
  );
  const draft = await withActor(options.as, async (app, actor) => {
    // Before a key is made or copied: whoever may not draft it leaves no file behind.
    access.requireRegistry(actor, 'editor');
    const value = await work(app.get(EnrolmentService), actor.id);
    return draftRecord(app, actor, {
      register: 'signing-key',
      key: value.sha256,
      value,
      title: `机关 ${options.organ} 的签章密钥`,
      reason: '启用签章密钥',
    });
  });
  console.log(
    options.json
      ? JSON.stringify({ organ: options.organ, draft: draft.id, state: draft.state })
      : describeSubmitted(draft),
  );
}
