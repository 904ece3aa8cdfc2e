import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { lockExclusively } from '../../apps/registry/src/files/process-lock.ts';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
/** For a page or a browser that hangs; the half a minute that Playwright gives by itself is used up by a busy machine. */
const PATIENCE_MS = 300_000;
const run = promisify(execFile);

/** The system's Chromium, else the one that npm brought. */
export async function launchBrowser(): Promise<Browser> {
  const system = process.env['CHROMIUM_PATH'] ?? SYSTEM.find((path) => existsSync(path));
  // Not the package's own arguments: one process for everything does not live long, and web security is what is tested.
  const args = ['--no-sandbox', '--disable-gpu'];
  if (system !== undefined) return launch({ executablePath: system, args });
  const { executablePath, libraries } = await unpackBrowser();
  try {
    return await launch({ executablePath, args });
  } catch (error) {
    if (!String(error).includes('shared libraries')) throw error;
    // A machine without NSS: the package brings it, for whoever has none.
    return launch({ executablePath, args, env: { ...process.env, LD_LIBRARY_PATH: libraries } });
  }
}

async function launch(options: LaunchOptions): Promise<Browser> {
  const browser = await chromium.launch({ ...options, timeout: PATIENCE_MS });
  browser.on('context', (context) => {
    context.setDefaultTimeout(PATIENCE_MS);
  });
  return browser;
}

/**
 * Unpacks npm's Chromium into the folder of the Jest run. The package takes a file that is there for a whole one, so two
 * suites must not unpack at the same moment; and only a process of its own can be told where to.
 */
async function unpackBrowser(): Promise<{ executablePath: string; libraries: string }> {
  const folder = join(process.env['MANDATE_TEST_RUN_DIR'] ?? tmpdir(), 'mandate-chromium');
  await mkdir(folder, { recursive: true });
  const lock = await lockExclusively(join(folder, 'unpack.lock'), { timeoutMs: PATIENCE_MS });
  try {
    const script = `import c from '@sparticuz/chromium'; console.log(await c.executablePath());`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      // The runtime is named so that the libraries are unpacked too.
      env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
    });
    return { executablePath: stdout.trim(), libraries: join(folder, 'al2023', 'lib') };
  } finally {
    lock.release();
  }
}
