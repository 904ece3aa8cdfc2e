import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isSource, PROJECT_DIR } from './folders.ts';

/** What the compiled pages are made of. The lock file names every package with its content. */
const SOURCES = ['site/src', 'site/public', 'site/builder', 'site/package.json', 'package-lock.json'];

/** Same sources, same pages. Hex. */
export function hashSources(): string {
  const libs = readdirSync(join(PROJECT_DIR, 'libs')).map((lib) => `libs/${lib}/src`);
  const hash = createHash('sha256').update(`node ${process.versions.node}\n`);
  for (const path of [...SOURCES, ...libs].flatMap(listFiles).filter(isSource).sort()) {
    const bytes = readFileSync(join(PROJECT_DIR, path));
    hash.update(`${path.split(sep).join('/')} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}

function listFiles(path: string): string[] {
  const root = join(PROJECT_DIR, path);
  const stat = statSync(root, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat ? [path] : [];
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return found.map(({ parentPath, name }) => relative(PROJECT_DIR, join(parentPath, name)));
}
