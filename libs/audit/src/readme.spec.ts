import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AuditedRegistry } from '../../../test/support/audited-registry.ts';
import { auditPublished, fetchAuditSource, type AuditReport } from './index.ts';

const NOW = Date.parse('2026-06-20T02:00:00Z');

const server = createServer(({ url = '' }, response) => {
  const bytes = files.get(url.slice(1));
  response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
});
let files: Map<string, Uint8Array>;
let address: string;

beforeAll(async () => {
  ({ files } = await AuditedRegistry.publish());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  address = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe('the example of the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

  test('audits a registry by its address', async () => {
    const { report, printed } = await run(readme);
    expect(report).toMatchObject({ ok: true, source: address, unjudged: [] });
    expect(report.checked.files).toBeGreaterThan(15);
    expect(printed).toEqual([]);
  });

  test('prints the file that is wrong', async () => {
    files.set('data/organs.json', new TextEncoder().encode('{"organs":[]}'));
    expect((await run(readme)).printed[0]).toMatch(/^data\/organs\.json 与由日志条目得出的不同/);
  });

  test('stands in at most 60 lines', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(60);
  });
});

async function run(readme: string): Promise<{ report: AuditReport; printed: string[] }> {
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const printed: string[] = [];
  const names = {
    auditPublished,
    fetchAuditSource: () => fetchAuditSource(address),
    rootFingerprint: (
      JSON.parse(String(Buffer.from(files.get('data/registry.json') ?? []))) as { rootFingerprint: string }
    ).rootFingerprint,
    // The lists of the sample are good for a day.
    Date: class extends Date {
      constructor() {
        super(NOW);
      }
    },
    console: { log: (...words: string[]) => printed.push(words.join(' ')) },
  };
  const body = `return (async () => {\n${example}\nreturn report;\n})();`;
  // The example as it stands in the README, which is ours.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const program = new Function(...Object.keys(names), body) as (...args: unknown[]) => Promise<AuditReport>;
  return { report: await program(...Object.values(names)), printed };
}
