import { EventEmitter } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LogLevel } from '../config/config.ts';
import { createLog } from './logger.ts';
import { NestLogger } from './nest-logger.ts';

class Terminal extends Writable {
  text = '';
  constructor(readonly isTTY = false) {
    super();
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mandate log '));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const logOf = (logLevel: LogLevel, terminal: Terminal) =>
  createLog({ dataDir, logLevel, logDays: 200 }, 'api', terminal);
async function written(): Promise<string> {
  const folder = join(dataDir, 'logs');
  const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).join('');
}
const LINE = { event: 'request', method: 'GET', route: '/api/items', status: 200, durationMs: 12.4 };

describe('the log of a process', () => {
  test('is JSON, a line each, where nobody watches, and the same in the file', async () => {
    const terminal = new Terminal();
    logOf('info', terminal).logger.info(LINE);
    expect(JSON.parse(terminal.text)).toMatchObject({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      process: 'api',
      ...LINE,
    });
    expect(await written()).toBe(terminal.text);
  });

  test('is words in a terminal, JSON in the file', async () => {
    const terminal = new Terminal(true);
    logOf('info', terminal).logger.info(LINE);
    expect(terminal.text).toMatch(/^\d\d:\d\d:\d\d INFO {2}api {4}GET \/api\/items 200 12 ms\n$/);
    expect(JSON.parse(await written())).toMatchObject(LINE);
  });

  test.each<LogLevel>(['silent', 'error'])(
    'is quiet at level %s, while the file keeps every request',
    async (level) => {
      const terminal = new Terminal();
      logOf(level, terminal).logger.info(LINE);
      expect(terminal.text).toBe('');
      expect(await written()).toContain('/api/items');
    },
  );

  test('says more where more is asked for', async () => {
    const terminal = new Terminal();
    logOf('debug', terminal).logger.debug('detail');
    expect(terminal.text).toContain('detail');
    expect(await written()).toContain('detail');
  });

  test('does not repeat the message of an error by any way', async () => {
    const terminal = new Terminal();
    const { logger } = logOf('info', terminal);
    const error = new SyntaxError('张三');
    logger.error(error);
    logger.error(error, error.message);
    logger.error({ err: error, req: { url: '张三' }, res: { body: '张三' } }, error.message);
    logger.error({ err: error });
    logger.child({ reqId: '1' }).error({ err: error }, error.message);
    const nest = new NestLogger(logger);
    nest.error(error, 'http');
    nest.error('failed', `SyntaxError: 张三\n    at somewhere (file.ts:1:1)`, 'http');
    nest.warn('read "张三"', 'http');
    expect(terminal.text.trim().split('\n')).toHaveLength(8);
    expect(terminal.text).not.toContain('张三');
    expect(terminal.text).toContain('at somewhere');
  });

  test('goes on when its reader has gone', () => {
    const terminal = new Terminal();
    const { logger } = logOf('info', terminal);
    (terminal as EventEmitter).emit('error', Object.assign(new Error('broken pipe'), { code: 'EPIPE' }));
    expect(() => logger.info(LINE)).not.toThrow();
  });
});
