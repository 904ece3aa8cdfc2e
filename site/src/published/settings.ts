import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { parseRegistryFile, REGISTRY_PATH } from '@mandate/published';
import { dayOf } from '../text/format.ts';
import { PublishedError } from './errors.ts';
import { parseAs } from './parse.ts';
import { remembered } from './reads.ts';

export interface Settings {
  /** folder with `log/` and `data/`, absolute */
  readonly publishedDir: string;
  /** address of the site, no slash at the end */
  readonly publicUrl: string;
  /** folder for the pages, absolute */
  readonly outDir: string;
  /** the day (`YYYY-MM-DD`, Asia/Shanghai) for which pages say what is in force; by default that of the newest entry */
  readonly day: string;
  /** what the pages of `outDir` were made of, so that the next build renders only what has changed; absolute */
  readonly stateDir: string | undefined;
  /** keeps the compiled site for the next build; absolute */
  readonly cacheDir: string | undefined;
}

/** Of this process, read once: pages ask for them many times each. @throws PublishedError `settings` */
export const getSettings = remembered((): Settings => parseSettings(process.env));

/** The only place that reads the environment. @throws PublishedError `settings`, naming every variable that is wrong */
export function parseSettings(env: NodeJS.ProcessEnv): Settings {
  const wrong: string[] = [];
  const publishedDir = folder(env, 'MANDATE_PUBLISHED_DIR', wrong);
  const outDir = folder(env, 'MANDATE_OUT_DIR', wrong);
  const stateDir = optionalFolder(env, 'MANDATE_STATE_DIR');
  const cacheDir = optionalFolder(env, 'MANDATE_CACHE_DIR');
  const publicUrl = (env['MANDATE_PUBLIC_URL'] ?? '').replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]+$/.test(publicUrl) || !URL.canParse(publicUrl)) {
    wrong.push('MANDATE_PUBLIC_URL (an http or https address without a path)');
  }
  const day = env['MANDATE_DAY'] ?? '';
  if (day !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(day)) wrong.push('MANDATE_DAY (YYYY-MM-DD)');
  if (wrong.length > 0) throw new PublishedError('settings', `set these variables: ${wrong.join(', ')}`);
  return {
    publishedDir,
    outDir,
    publicUrl,
    stateDir,
    cacheDir,
    get day() {
      return day === '' ? dayOfNewestEntry(publishedDir) : day;
    },
  };
}

const dayOfNewestEntry = remembered((publishedDir: string): string => {
  const path = REGISTRY_PATH;
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(publishedDir, path));
  } catch (cause) {
    throw new PublishedError('missing-file', `cannot read ${path}`, { cause });
  }
  const { asOf } = parseAs(path, bytes, parseRegistryFile);
  // An empty log has no entries, so none is in force on any day.
  return asOf === '' ? '0000-00-00' : dayOf(asOf);
});

function folder(env: NodeJS.ProcessEnv, name: string, wrong: string[]): string {
  const value = env[name] ?? '';
  if (value === '') wrong.push(`${name} (a folder)`);
  return absolute(env, value);
}

function optionalFolder(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name] ?? '';
  return value === '' ? undefined : absolute(env, value);
}

function absolute(env: NodeJS.ProcessEnv, path: string): string {
  // INIT_CWD: `npm run -w site` changes the folder under a relative path.
  return isAbsolute(path) ? path : resolve(env['INIT_CWD'] ?? '.', path);
}
