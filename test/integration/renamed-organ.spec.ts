import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TRUST_LIST_PATH, type PublishedSource } from '@mandate/published';
import { keyFingerprint } from '@mandate/signature';
import { parseTrustList } from '@mandate/trust';
import { verifyDocument, type Verdict } from '@mandate/verification';
import { CertificatesService } from '../../apps/registry/src/certificates/certificates.service.ts';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { KeysService } from '../../apps/registry/src/keys/keys.service.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import {
  FOOD_PERMIT_DATA,
  issuerFor,
  MARKET,
  prepareFoodPermit,
  putChanges,
} from '../support/food-permit.ts';

const RENAMED = '示例市市场监督管理委员会';

let registry: TestRegistry;
beforeAll(async () => {
  registry = await openTestRegistry();
  await prepareFoodPermit(registry.app);
});
afterAll(() => registry.close());

async function issue(): Promise<Uint8Array> {
  const request = { ...FOOD_PERMIT_DATA, type: '食品经营许可证' };
  const issuer = await issuerFor(registry.app, MARKET.key);
  const identifier = await registry.app.get(IssueService).issue(request, issuer);
  return registry.app.get(CertificatesService).document(null, identifier);
}

const source = (): PublishedSource => ({
  read: async (path) => new Uint8Array(await readFile(join(publishedPaths(registry.dataDir).root, path))),
});

async function publishAndJudge(pdf: Uint8Array): Promise<Verdict> {
  await registry.app.get(PublicationService).publishData();
  const { publicKey } = await registry.app.get(KeysService).registryKey('root');
  const rootFingerprint = keyFingerprint(publicKey);
  const list = parseTrustList(await source().read(TRUST_LIST_PATH), rootFingerprint);
  expect(list.organs.some(({ key }) => key === MARKET.key)).toBe(true);
  return verifyDocument(pdf, { source: source(), rootFingerprint, now: new Date() });
}

test('a certificate issued under the earlier name of its organ is as valid after it was renamed', async () => {
  const before = await issue();
  expect((await publishAndJudge(before)).verdict).toBe('valid');

  await putChanges(registry.app, [
    {
      register: 'organ',
      key: MARKET.key,
      value: { schema: 'organ/1', key: MARKET.key, name: RENAMED, sample: true },
      effectiveDate: '2026-01-01',
      reason: '机关更名',
    },
  ]);
  const verdict = await publishAndJudge(before);
  expect(verdict.facts.filter(({ state }) => state !== 'holds')).toEqual([]);
  expect(verdict.verdict).toBe('valid');
  // It still says what it was issued under; the list says what the organ is called now.
  expect(verdict.certificate?.issuer.name).toBe(MARKET.name);
  expect(verdict.facts.find(({ name }) => name === 'issuer')?.evidence).toMatchObject({ name: RENAMED });

  const after = await publishAndJudge(await issue());
  expect(after.verdict).toBe('valid');
  expect(after.certificate?.issuer.name).toBe(RENAMED);
});
