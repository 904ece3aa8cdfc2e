import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export const REPOSITORY = join(import.meta.dirname, '../..');

/** every lib of the house, by its folder */
const LIBS = readdirSync(join(REPOSITORY, 'libs'), { withFileTypes: true }).flatMap((found) =>
  found.isDirectory() ? found.name : [],
);

const RULES = [
  '.ci',
  '.dependency-cruiser.mjs',
  '.dependency-cruiser.folders.mjs',
  'eslint.config.mjs',
  'eslint.one-connection.mjs',
  'package.json',
  'tsconfig.json',
  'tsconfig.lint.json',
];
const PROJECTS = ['libs', 'apps/registry', 'test', 'site'];

/** An empty house with the rules of this one, in a temporary folder: a place where rules can be broken. */
export class HouseCopy {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async build(files: Readonly<Record<string, string>>): Promise<HouseCopy> {
    const house = new HouseCopy(await mkdtemp(join(tmpdir(), 'mandate-house-')));
    for (const rule of RULES) await cp(join(REPOSITORY, rule), join(house.root, rule), { recursive: true });
    for (const project of PROJECTS) {
      for (const name of ['tsconfig.json', 'package.json']) {
        // Not every project has both.
        await cp(join(REPOSITORY, project, name), join(house.root, project, name)).catch(() => undefined);
      }
    }
    await house.linkPackages();
    for (const lib of LIBS) {
      await cp(join(REPOSITORY, 'libs', lib, 'package.json'), join(house.root, 'libs', lib, 'package.json'));
      await house.write(`libs/${lib}/src/index.ts`, `export const ${lib.replaceAll('-', '')} = 1;\n`);
    }
    for (const [path, text] of Object.entries(files)) await house.write(path, text);
    return house;
  }

  /** Runs a script of a package of the repository in the copy; the exit code is the caller's affair. */
  async run(script: string, ...args: readonly string[]): Promise<string> {
    const options = { cwd: this.root, maxBuffer: 64 * 1024 * 1024 };
    const command = [join(REPOSITORY, 'node_modules', script), ...args];
    try {
      return (await promisify(execFile)(process.execPath, command, options)).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      if (stdout) return stdout;
      throw new Error(`${script}: ${stderr ?? ''}`, { cause: error });
    }
  }

  /** `npm run check` for some of its checks, as at a developer's desk. @returns exit code and what was said */
  async check(...checks: readonly string[]): Promise<{ code: number; said: string }> {
    const { CI: _, ...env } = process.env;
    return new Promise((resolve) => {
      const command = [join(this.root, '.ci/check.mjs'), ...checks];
      execFile(process.execPath, command, { cwd: this.root, env }, (error, said) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), said });
      });
    });
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), text);
  }

  /** Every installed package, but the libs of the copy in place of the repository's. */
  private async linkPackages(): Promise<void> {
    const own = join(this.root, 'node_modules');
    await mkdir(join(own, '@mandate'), { recursive: true });
    const installed = join(REPOSITORY, 'node_modules');
    for (const name of await readdir(installed)) {
      if (name.startsWith('.') || name === '@mandate') continue;
      await symlink(join(installed, name), join(own, name), 'junction');
    }
    for (const lib of LIBS) {
      await symlink(join(this.root, 'libs', lib), join(own, '@mandate', lib), 'junction');
    }
  }
}
