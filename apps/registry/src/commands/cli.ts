import { Command } from 'commander';
import { registerCommands } from './register-commands.ts';
import { exitCodeOf } from './usage-error.ts';

const program = new Command('mandate')
  .description('明权 Mandate：权责清单与电子证照登记簿')
  .showHelpAfterError('（--help 查看用法）')
  .exitOverride();

await registerCommands(program, process.argv.slice(2));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
