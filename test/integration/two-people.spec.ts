import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CertificateType, chinaDay, type SigningKey } from '@mandate/certificate';
import type { Draft } from '@mandate/drafting';
import { DataSource } from 'typeorm';
import { CertificateTypesService } from '../../apps/registry/src/certificates/certificate-types.service.ts';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import { draftRecord } from '../../apps/registry/src/commands/record-draft.ts';
import { DraftPublicationService } from '../../apps/registry/src/drafts/draft-publication.service.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import { EnrolmentService } from '../../apps/registry/src/trust/enrolment.service.ts';
import { TrustListService } from '../../apps/registry/src/trust/trust-list.service.ts';
import { DraftDesk, type Official } from '../support/drafts.ts';
import {
  FARMING,
  FOOD_PERMIT,
  FOOD_PERMIT_DATA,
  foodPermitItem,
  issuerFor,
  MARKET,
  prepareFoodPermit,
  putItem,
} from '../support/food-permit.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

let registry: TestRegistry;
let desk: DraftDesk;

beforeAll(async () => {
  registry = await openTestRegistry();
  await prepareFoodPermit(registry.app);
  desk = await DraftDesk.open(registry.app);
});
afterAll(() => registry.close());

const manager = () => registry.app.get(DataSource).manager;
const who = (official: Official) => desk.who(official);
const typeDraft = (type: CertificateType, by: Official = 'keeper') =>
  draftRecord(registry.app, who(by), {
    register: 'certificate-type',
    key: type.code,
    value: type,
    title: `证照类型“${type.name}”`,
    reason: '测试',
  });
const keyDraft = (value: SigningKey, by: Official = 'keeper') =>
  draftRecord(registry.app, who(by), {
    register: 'signing-key',
    key: value.sha256,
    value,
    title: '签章密钥',
    reason: '测试',
  });
const approve = ({ id, version }: Draft, by: Official) =>
  desk.tx((tx) =>
    registry.app
      .get(DraftStepsService)
      .take(tx, who(by), { step: 'approve', draft: id, version, comment: undefined }),
  );
const publish = ({ id, version }: Draft, by: Official) =>
  desk.tx((tx) => registry.app.get(DraftPublicationService).publish(tx, who(by), { draft: id, version }));
const through = async (draft: Draft) => publish(await approve(draft, 'second-keeper'), 'second-keeper');
const types = async () =>
  (await registry.app.get(CertificateTypesService).list(manager())).map(({ type }) => type.name);
const TYPE: CertificateType = { ...FOOD_PERMIT, code: '11100000000013338W902', name: '小餐饮登记证' };

describe('a certificate type', () => {
  test('is listed when a second person has approved it, and not before', async () => {
    const draft = await typeDraft(TYPE);
    expect(draft.state).toBe('submitted');
    expect(await types()).not.toContain(TYPE.name);
    await expect(approve(draft, 'keeper')).rejects.toMatchObject({ code: 'own-draft' });
    await through(draft);
    expect(await types()).toContain(TYPE.name);
    await expect(typeDraft(TYPE)).rejects.toMatchObject({ code: 'nothing-changed' });
  });

  test('has a name of its own, also against one that another draft brought meanwhile', async () => {
    const code = '11100000000013338W903';
    await expect(typeDraft({ ...TYPE, code })).rejects.toMatchObject({ code: 'invalid-change' });
    const early = await typeDraft({ ...TYPE, code, name: '食品摊贩登记证' });
    const late = await typeDraft({ ...TYPE, code: '11100000000013338W904', name: '食品摊贩登记证' });
    await through(early);
    await expect(through(late)).rejects.toMatchObject({ code: 'invalid-change' });
  });

  test('is the registry’s: an organ’s editor drafts none', async () => {
    const type = { ...TYPE, code: '11100000000013338W905', name: '别的证' };
    await expect(typeDraft(type, 'editor')).rejects.toMatchObject({ name: 'AuthError' });
  });
});

describe('a signing key', () => {
  const trusted = async (): Promise<string> =>
    Buffer.from((await registry.app.get(TrustListService).file(manager(), new Date())).bytes).toString();
  const issue = async (organ: string) =>
    registry.app
      .get(IssueService)
      .issue({ ...FOOD_PERMIT_DATA, type: FOOD_PERMIT.name }, await issuerFor(registry.app, organ));

  test('that is only a file signs nothing and is in no trust list, its authority neither', async () => {
    // A registry of its own, whose authority nothing listed needs.
    const fresh = await openTestRegistry();
    const { app } = fresh;
    await prepareFoodPermit(app, { keys: false });
    const value = await app.get(EnrolmentService).create(MARKET.key);
    expect(await readdir(join(fresh.dataDir, 'keys', 'organs'))).toEqual([`${MARKET.key}.p12`]);
    const { bytes } = await app.get(TrustListService).file(app.get(DataSource).manager, new Date());
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({ organs: [], authorities: [] });
    const issuing = app
      .get(IssueService)
      .issue({ ...FOOD_PERMIT_DATA, type: FOOD_PERMIT.name }, await issuerFor(app, MARKET.key));
    await expect(issuing).rejects.toMatchObject({ code: 'key-missing' });
    expect(value.organ).toBe(MARKET.key);
    await fresh.close();
  });

  test('that is revoked by two people signs nothing more', async () => {
    await putItem(registry.app, foodPermitItem());
    await expect(issue(MARKET.key)).resolves.toEqual(expect.any(String));
    const value = await registry.app.get(EnrolmentService).create(MARKET.key);
    const revoked = await keyDraft({ ...value, revokedAt: '2026-11-01T00:00:00Z', revocationReason: '遗失' });
    await expect(issue(MARKET.key)).resolves.toEqual(expect.any(String));
    await through(revoked);
    expect(await trusted()).toContain('"revokedAt":"2026-11-01T00:00:00Z"');
    await expect(issue(MARKET.key)).rejects.toMatchObject({ code: 'key-missing' });
  });

  test('is refused where it is not what its certificate says', async () => {
    const value = await registry.app.get(EnrolmentService).create(FARMING.key);
    const other = Buffer.from('no certificate');
    for (const wrong of [
      { ...value, sha256: '0'.repeat(64) },
      { ...value, notAfter: '2099-01-01T00:00:00Z' },
      { ...value, organ: 'o-aaaaaaaaaaaaaaaa' },
      {
        ...value,
        certificate: other.toString('base64'),
        sha256: createHash('sha256').update(other).digest('hex'),
      },
    ])
      await expect(keyDraft(wrong)).rejects.toMatchObject({
        code: expect.stringMatching(/^(invalid-change|organ-not-found)$/),
      });
  });
});

describe('what nobody has approved', () => {
  test('leaves no entry: the lists are as long as before', async () => {
    const count = () => manager().query('SELECT count(*) FROM stored_entry');
    const before: unknown = await count();
    const draft = await typeDraft({ ...TYPE, name: '改名的证' });
    await expect(publish(draft, 'second-keeper')).rejects.toMatchObject({ code: 'wrong-state' });
    await desk.tx((tx) => registry.app.get(DraftsService).get(tx, who('keeper'), draft.id));
    expect(await count()).toEqual(before);
    expect(chinaDay(new Date())).toBe(draft.effectiveDate);
  });
});
