import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { checkListenAddress, localUrl } from './listen-address.ts';

describe('the address to listen on', () => {
  test.each([4190, 6000, 10_080])('refuses port %i, which no browser opens', async (port) => {
    await expect(checkListenAddress('127.0.0.1', port)).rejects.toMatchObject({
      code: 'port-blocked',
      message: expect.stringContaining('PORT=4180'),
    });
  });

  test('takes a free port and refuses a taken one', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => occupant.once('listening', resolve));
    const address = occupant.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(checkListenAddress('127.0.0.1', port)).rejects.toMatchObject({ code: 'port-taken' });
    await new Promise((resolve) => occupant.close(resolve));
    await expect(checkListenAddress('127.0.0.1', port)).resolves.toBeUndefined();
  });

  test('is reached at this machine’s own address when it listens everywhere', () => {
    expect(localUrl('0.0.0.0', 80)).toBe('http://127.0.0.1:80');
    expect(localUrl('::', 80)).toBe('http://[::1]:80');
  });
});
