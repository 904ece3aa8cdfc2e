import { createServer } from 'node:net';
import { RuntimeError } from './runtime.errors.ts';
import { systemCode } from '../files/system-code.ts';

/** Tries the address before anything is started. @throws RuntimeError `port-taken` | `port-blocked` */
export async function checkListenAddress(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  }).catch((cause: unknown) => {
    throw new RuntimeError('port-taken', reasonOf(systemCode(cause), host, port), { cause });
  });
  // Nobody listens there now, so nobody is asked.
  if (await isBlockedByBrowsers(port)) {
    throw new RuntimeError(
      'port-blocked',
      `浏览器不允许访问端口 ${port}（它留给别的协议）。请用 PORT 指定另一个端口，例如：PORT=4180 npm start\n` +
        `Browsers refuse port ${port}. Set PORT to another one: PORT=4180 npm start`,
    );
  }
}

/** Ports of other protocols that no browser opens (WHATWG Fetch, "bad port"): fetch knows the list and refuses at once. */
async function isBlockedByBrowsers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(500),
    });
    return false;
  } catch (error) {
    // Not by instanceof: in a vm context the error is of another realm.
    const cause: unknown =
      typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
    return typeof cause === 'object' && cause !== null && 'message' in cause && cause.message === 'bad port';
  }
}

function reasonOf(code: string | undefined, host: string, port: number): string {
  const suggestion = `PORT=${port === 65_535 ? 4180 : port + 1} npm start`;
  switch (code) {
    case 'EADDRINUSE':
      return (
        `端口 ${port} 已被占用（明权可能已经在运行）。请用 PORT 指定另一个端口，例如：${suggestion}\n` +
        `Port ${port} is taken, perhaps by a running Mandate. Set PORT to another one: ${suggestion}`
      );
    case 'EACCES':
      return (
        `没有权限监听端口 ${port}。请用 PORT 指定 1024 以上的端口，例如：PORT=4180 npm start\n` +
        `Not allowed to listen on port ${port}. Set PORT to one above 1024.`
      );
    default:
      return (
        `不能监听 ${host}:${port}（${code ?? '原因不明'}）。请检查 PORT 与 MANDATE_LISTEN。\n` +
        `Cannot listen on ${host}:${port}. Check PORT and MANDATE_LISTEN.`
      );
  }
}

/** Where this machine itself reaches a server that listens on the host. */
export function localUrl(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
