import type { Command } from 'commander';
import { registerAuth } from './auth/auth.command.ts';
import { registerCertificateTypes } from './certificates/certificate-types.command.ts';
import { registerCertificates } from './certificates/certificates.command.ts';
import { registerVerify } from './certificates/verify.command.ts';
import { registerDatabase } from './database/database.command.ts';
import { registerDrafts } from './drafts/drafts.command.ts';
import { registerOrganDrafts } from './drafts/organ-drafts.command.ts';
import { registerHealth } from './health/health.command.ts';
import { registerImport } from './imports/imports.command.ts';
import { registerLog } from './log/log.command.ts';
import { registerOrgans } from './organs/organs.command.ts';
import { registerPublication } from './publication/publication.command.ts';
import { registerStart } from './runtime/start.ts';
import { registerTrust } from './trust/trust.command.ts';

/** Every command of `mandate`, each in the folder of its feature. */
export function registerCommands(program: Command): void {
  // A command and those below it may both take --json; each takes what stands behind its own name.
  program.enablePositionalOptions();
  registerStart(program);
  registerDatabase(program);
  registerAuth(program);
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
