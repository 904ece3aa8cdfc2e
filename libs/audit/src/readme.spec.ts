import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AuditedRegistry } from '../../../test/support/audited-registry.ts';
import { runReadmeExample } from '../../../test/support/readme-example.ts';
import { auditPublished, fetchAuditSource, type AuditReport } from './index.ts';

const NOW = Date.parse('2026-06-20T02:00:00Z');

const server = createServer(({ url = '' }, response) => {
  const bytes = files.get(url.slice(1));
  response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
});
let files: Map<string, Uint8Array>;
let rootFingerprint: string;
let address: string;

beforeAll(async () => {
  const registry = await AuditedRegistry.publish();
  ({ files } = registry);
  ({ rootFingerprint } = await registry.about());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  address = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe('the example of the README', () => {
  test('audits a registry by its address', async () => {
    const { report, printed } = await run();
    expect(report).toMatchObject({ ok: true, source: address, unjudged: [] });
    expect(report.checked.files).toBeGreaterThan(15);
    expect(printed).toEqual([]);
  });

  test('prints the file that is wrong', async () => {
    files.set('data/organs.json', new TextEncoder().encode('{"organs":[]}'));
    expect((await run()).printed[0]).toMatch(/^data\/organs\.json 与由日志条目得出的不同/);
  });
});

async function run(): Promise<{ report: AuditReport; printed: string[] }> {
  const printed: string[] = [];
  const names = {
    auditPublished,
    fetchAuditSource: () => fetchAuditSource(address),
    rootFingerprint,
    // The lists of the sample are good for a day.
    Date: class extends Date {
      constructor() {
        super(NOW);
      }
    },
    console: { log: (...words: string[]) => printed.push(words.join(' ')) },
  };
  const report = (await runReadmeExample(import.meta.url, names, 'report')) as AuditReport;
  return { report, printed };
}
