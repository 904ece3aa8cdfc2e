// Runs after `npm ci` and `npm install`: takes out of packages what nobody here ever reads. Packages are taken as they are
// published, and some bring far more than what they are there for. Whoever installs without scripts keeps it, harmlessly.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Weights that certificates are drawn with, the same that documents.service.ts names. No package holds these files alone, and
 * others of the family are other bytes: certificates would change.
 */
const FONTS = {
  'noto-sans-sc': ['400Regular'],
  'noto-serif-sc': ['400Regular', '700Bold'],
  // of the tests
  'noto-naskh-arabic': ['400Regular'],
  'noto-serif-tibetan': ['400Regular'],
};

const modules = join(process.cwd(), 'node_modules');
// Headers for who compiles extensions: nothing here is compiled at install.
for (const name of names(modules).filter((one) => /^node-(bin-)?(linux|darwin|win)-/.test(one)))
  remove(join(modules, name, 'include'));
for (const [family, kept] of Object.entries(FONTS)) {
  const folder = join(modules, '@expo-google-fonts', family);
  for (const name of names(folder))
    if (/^\d{3}[A-Z]/.test(name) && !kept.includes(name)) remove(join(folder, name));
}
removeMaps(modules);

/** Source maps of other people's packages: they would be read for the stack of an error, and their sources are not there. */
function removeMaps(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // Links lead to the house's own libs.
    if (entry.isDirectory() && entry.name !== '.cache') removeMaps(path);
    else if (entry.isFile() && /\.[cm]?[jt]s\.map$/.test(entry.name)) remove(path);
  }
}

function names(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function remove(path) {
  rmSync(path, { recursive: true, force: true });
}
