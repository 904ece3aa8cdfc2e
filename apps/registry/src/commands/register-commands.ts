import { Command } from 'commander';
import { speakChinese } from './chinese-usage.ts';

/** The commands of one file, as the help of `mandate` lists them. */
interface CommandFile {
  readonly commands: readonly (readonly [usage: string, description: string])[];
  readonly register: (program: Command) => Promise<void>;
}

/** Every command of `mandate`: what is said here of a command, its file says too, and a test holds one to the other. */
export const COMMAND_FILES: readonly CommandFile[] = [
  {
    commands: [
      ['start', '启动登记簿：数据库、接口、后台任务和网站；Ctrl-C 停止'],
      ['dev', '与 start 相同，源代码改动后自动重启接口和后台任务'],
    ],
    register: async (program) => (await import('./start.command.ts')).registerStart(program),
  },
  {
    commands: [
      ['serve', '单独运行对外服务：公开的网页和数据文件，/api 转给 MANDATE_API_URL'],
      ['api', '单独运行接口；先用 migrate 升级数据库'],
      ['worker', '单独运行后台任务：写数据文件、生成网页'],
    ],
    register: async (program) => (await import('./processes.command.ts')).registerProcesses(program),
  },
  {
    commands: [
      ['migrate [options]', '把 DATABASE_URL 指定的数据库升级到最新结构（内置数据库在启动时自动升级）'],
    ],
    register: async (program) => (await import('./database.command.ts')).registerDatabase(program),
  },
  {
    commands: [
      [
        'sign-in <login>',
        '登录：之后 8 小时内，本机上的 --as 不再问密码，两小时不用则须重新登录；密码从终端或标准输入的一行读取',
      ],
      ['sign-out <login>', '退出登录：结束本机上保存的会话'],
    ],
    register: async (program) => (await import('./sign-in.command.ts')).registerSignIn(program),
  },
  {
    commands: [['account', '官员账号：新建、改角色、重设密码和恢复由登记簿的一名编辑申请，另一名审核批准']],
    register: async (program) => (await import('./accounts.command.ts')).registerAccounts(program),
  },
  {
    commands: [['keys', '签章密钥：由一人装入并起草，另一人审核、发布后才能签章']],
    register: async (program) => (await import('./trust.command.ts')).registerTrust(program),
  },
  {
    commands: [['types', '证照类型']],
    register: async (program) =>
      (await import('./certificate-types.command.ts')).registerCertificateTypes(program),
  },
  {
    commands: [
      ['issue [options]', '依据清单上的权力签发一份证照'],
      ['document [options] <identifier>', '取回一份已签发证照的 PDF'],
      ['revoke [options] <identifier>', '吊销、注销或撤销一份证照'],
    ],
    register: async (program) => (await import('./certificates.command.ts')).registerCertificates(program),
  },
  {
    commands: [['verify [options] <file>', '核验一份证照：有效时退出码为 0，其余结果为 1']],
    register: async (program) => (await import('./verify.command.ts')).registerVerify(program),
  },
  {
    commands: [
      ['import [options] <file...>', '导入权责清单、负面清单（.xls、.xlsx、.csv），成为待审核的草稿'],
      ['template <list> <file>', '取模板，或把一份清单导出成模板，填好后可再导入'],
    ],
    register: async (program) => (await import('./imports.command.ts')).registerImport(program),
  },
  {
    commands: [['drafts', '对清单的改动：起草、审核、发布']],
    register: async (program) => (await import('./drafts.command.ts')).registerDrafts(program),
  },
  {
    commands: [['organs [options]', '列出已登记的机关及其标识']],
    register: async (program) => {
      const [{ registerOrgans }, { registerOrganDrafts }] = await Promise.all([
        import('./organs.command.ts'),
        import('./organ-drafts.command.ts'),
      ]);
      registerOrganDrafts(registerOrgans(program));
    },
  },
  {
    commands: [['health [options]', '清单体检：按固定规则检查现行权责清单，说出在哪一处、怎么改']],
    register: async (program) => (await import('./list-health.command.ts')).registerHealth(program),
  },
  {
    commands: [['publish [options]', '发布：写出数据文件（日志、清单、信任清单、状态列表），再生成公众网页']],
    register: async (program) => (await import('./publication.command.ts')).registerPublication(program),
  },
  {
    commands: [['ledger', '审计台账：查阅、导出、核验，只供登记簿的审计账号']],
    register: async (program) => (await import('./ledger.command.ts')).registerLedger(program),
  },
  {
    commands: [
      ['backup [options] <folder>', '备份数据库和已发布的文件到一个新文件夹；登记簿照常运行'],
      ['restore [options] <folder>', '由一份备份恢复到空的数据库和空的数据文件夹'],
      ['recover [options]', '数据库比已发布的文件旧时：由已发布的文件续接，此后不重发任何编号和状态位'],
    ],
    register: async (program) => (await import('./backup.command.ts')).registerBackup(program),
  },
  {
    commands: [['log', '透明日志']],
    register: async (program) => (await import('./log.command.ts')).registerLog(program),
  },
];

/**
 * The commands of `mandate`. Of those whose names are among the words everything is loaded, of the others only what the
 * help says: most of the time that a command takes to start would go into commands that were not called. The application
 * each loads in its action, and only if it needs it.
 */
export async function registerCommands(program: Command, words: readonly string[]): Promise<void> {
  // Before the commands are there: each takes it over from the one that it is added to.
  speakChinese(program);
  // A command and those below it may both take --json; each takes what stands behind its own name.
  program.enablePositionalOptions();
  for (const { commands, register } of COMMAND_FILES) {
    const named = commands.some(([usage]) => words.includes(nameOf(usage)));
    if (named) await register(program);
    else for (const [usage, description] of commands) program.addCommand(helpOnly(usage, description));
  }
}

function helpOnly(usage: string, description: string): Command {
  const [, ...rest] = usage.split(' ');
  const command = new Command(nameOf(usage)).description(description);
  if (rest.length > 0) command.arguments(rest.join(' '));
  return command;
}

function nameOf(usage: string): string {
  return usage.replace(/ .*/, '');
}
