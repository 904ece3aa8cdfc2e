import type { Command } from 'commander';
import { registerAuth } from './auth/auth.command.ts';
import { registerCertificateTypes } from './certificates/certificate-types.command.ts';
import { registerCertificates } from './certificates/certificates.command.ts';
import { registerVerify } from './certificates/verify.command.ts';
import { registerDatabase } from './database/database.command.ts';
import { registerImport } from './imports/imports.command.ts';
import { registerLog } from './log/log.command.ts';
import { registerOrgans } from './organs/organs.command.ts';
import { registerPublication } from './publication/publication.command.ts';
import { registerStart } from './runtime/start.ts';
import { registerTrust } from './trust/trust.command.ts';

/** Every command of `mandate`, each in the folder of its feature. */
export function registerCommands(program: Command): void {
  registerStart(program);
  registerDatabase(program);
  registerAuth(program);
  registerTrust(program);
  registerCertificateTypes(program);
  registerCertificates(program);
  registerVerify(program);
  registerImport(program);
  registerOrgans(program);
  registerPublication(program);
  registerLog(program);
}
