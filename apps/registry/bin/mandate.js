#!/usr/bin/env node
// Runs the command line on the pinned Node, whatever Node the host has.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findPinnedNode, isNewEnough, oldestVersion } from './node-version.js';

const cli = new URL('../src/commands/cli.ts', import.meta.url);
const hooks = new URL('./typescript-hooks.js', import.meta.url);
const pinned = findPinnedNode();
const running = process.versions.node;

if (pinned === undefined && !isNewEnough(running)) {
  console.error(
    `明权需要 Node.js ${oldestVersion} 或更新的版本，现在是 ${running}，而随附的 Node.js 没有安装。\n` +
      `请重新执行 npm ci（不要加 --omit=optional），或安装较新的 Node.js。\n` +
      `Mandate needs Node.js ${oldestVersion} or newer; this is ${running}. Run npm ci without --omit=optional.`,
  );
  process.exitCode = 1;
} else if (pinned === undefined || pinned.version === running) {
  // `npm start` and `npx mandate` come here: npm puts the pinned Node first in PATH.
  await import(hooks.href);
  await import(cli.href);
} else {
  runOn(pinned.path);
}

function runOn(node) {
  const child = spawn(
    node,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      hooks.href,
      fileURLToPath(cli),
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit' },
  );
  // A terminal sends Ctrl-C to both; who is signalled alone passes it on. The program takes the pair for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    console.error(`无法启动随附的 Node.js（cannot run ${node}）：${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 1;
      return;
    }
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
