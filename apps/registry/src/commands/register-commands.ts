import type { Command } from 'commander';
import { registerAccounts } from './accounts.command.ts';
import { registerSignIn } from './sign-in.command.ts';
import { registerCertificateTypes } from './certificate-types.command.ts';
import { registerCertificates } from './certificates.command.ts';
import { registerVerify } from './verify.command.ts';
import { registerDatabase } from './database.command.ts';
import { registerDrafts } from './drafts.command.ts';
import { registerOrganDrafts } from './organ-drafts.command.ts';
import { registerHealth } from './list-health.command.ts';
import { registerImport } from './imports.command.ts';
import { registerLog } from './log.command.ts';
import { registerOrgans } from './organs.command.ts';
import { registerPublication } from './publication.command.ts';
import { registerStart } from './start.command.ts';
import { registerTrust } from './trust.command.ts';

/** Every command of `mandate`. Each loads the application in its action, and only if it needs it. */
export function registerCommands(program: Command): void {
  // A command and those below it may both take --json; each takes what stands behind its own name.
  program.enablePositionalOptions();
  registerStart(program);
  registerDatabase(program);
  registerSignIn(program);
  registerAccounts(program);
  registerTrust(program);
  registerCertificateTypes(program);
  registerCertificates(program);
  registerVerify(program);
  registerImport(program);
  registerDrafts(program);
  registerOrganDrafts(registerOrgans(program));
  registerHealth(program);
  registerPublication(program);
  registerLog(program);
}
