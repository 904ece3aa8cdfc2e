import { isAbsolute, resolve } from 'node:path';
import { PublishedError } from './errors.ts';

export interface Settings {
  /** folder with `log/` and `data/`, absolute */
  readonly publishedDir: string;
  /** address of the site, no slash at the end */
  readonly publicUrl: string;
  /** folder for the pages, absolute */
  readonly outDir: string;
}

/** The only place that reads the environment. @throws PublishedError `settings`, naming every variable that is wrong */
export function getSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const wrong: string[] = [];
  const publishedDir = folder(env, 'MANDATE_PUBLISHED_DIR', wrong);
  const outDir = folder(env, 'MANDATE_OUT_DIR', wrong);
  const publicUrl = (env['MANDATE_PUBLIC_URL'] ?? '').replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]+$/.test(publicUrl) || !URL.canParse(publicUrl)) {
    wrong.push('MANDATE_PUBLIC_URL (an http or https address without a path)');
  }
  if (wrong.length > 0) throw new PublishedError('settings', `set these variables: ${wrong.join(', ')}`);
  return { publishedDir, outDir, publicUrl };
}

function folder(env: NodeJS.ProcessEnv, name: string, wrong: string[]): string {
  const value = env[name] ?? '';
  if (value === '') wrong.push(`${name} (a folder)`);
  // INIT_CWD: `npm run -w site` changes the folder under a relative path.
  return isAbsolute(value) ? value : resolve(env['INIT_CWD'] ?? '.', value);
}
