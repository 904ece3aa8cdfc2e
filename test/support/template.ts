import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Name of the migrated template: another one for other migrations, or for other rights given after them. */
export function templateName(
  migrations = join(ROOT, 'migrations'),
  runner = join(ROOT, 'apps/registry/src/database/migrate.ts'),
): string {
  const hash = createHash('sha256').update(readFileSync(runner));
  for (const name of readdirSync(migrations).sort()) {
    const text = readFileSync(join(migrations, name));
    hash.update(`\0${name}\0${text.length}\0`).update(text);
  }
  return `template_${hash.digest('hex').slice(0, 24)}`;
}
