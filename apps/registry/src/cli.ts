import 'reflect-metadata';
import { Command } from 'commander';

const program = new Command('mandate')
  .description('明权 Mandate：权责清单与电子证照登记簿')
  .showHelpAfterError('（--help 查看用法）')
  .exitOverride();

// Each feature's commands load only when asked for: `mandate --help` answers at once.
const { registerCommands } = await import('./commands.ts');
registerCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  const { exitCodeOf } = await import('./cli-errors.ts');
  process.exitCode = exitCodeOf(error);
}
