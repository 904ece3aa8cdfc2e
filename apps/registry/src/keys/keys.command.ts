import type { Command } from 'commander';

export function registerKeys(program: Command): void {
  program.command('keys').description('签章密钥');
}
