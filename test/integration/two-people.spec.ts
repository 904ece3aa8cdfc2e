import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CertificateType, chinaDay, type SigningKey } from '@mandate/certificate';
import type { Draft } from '@mandate/drafting';
import forge from 'node-forge';
import { DataSource } from 'typeorm';
import { CertificateTypesService } from '../../apps/registry/src/certificates/certificate-types.service.ts';
import { CertificatesService } from '../../apps/registry/src/certificates/certificates.service.ts';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import { draftRecord } from '../../apps/registry/src/commands/record-draft.ts';
import { DraftEditingService } from '../../apps/registry/src/drafts/draft-editing.service.ts';
import { DraftOverrulesService } from '../../apps/registry/src/drafts/draft-overrules.service.ts';
import { DraftPublicationService } from '../../apps/registry/src/drafts/draft-publication.service.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import { EnrolmentService } from '../../apps/registry/src/trust/enrolment.service.ts';
import { TrustListService } from '../../apps/registry/src/trust/trust-list.service.ts';
import { DraftDesk, LATER, type Official } from '../support/drafts.ts';
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

  test('that is scheduled counts from its day: today’s certificate is of the type as it is today', async () => {
    await putItem(registry.app, foodPermitItem());
    const draft = await desk.tx(async (tx) => {
      const made = await registry.app.get(DraftsService).create(tx, who('keeper'), {
        scope: 'change',
        list: 'registry',
        title: '以后的有效期',
        reason: '测试',
        effectiveDate: LATER,
        changes: [
          {
            register: 'certificate-type',
            key: FOOD_PERMIT.code,
            value: { ...FOOD_PERMIT, validityYears: FOOD_PERMIT.validityYears + 5 },
            kind: 'changed',
          },
        ],
      });
      return registry.app.get(DraftStepsService).take(tx, who('keeper'), {
        step: 'submit',
        draft: made.id,
        version: made.version,
        comment: undefined,
      });
    });
    await through(draft);
    const issuer = await issuerFor(registry.app, MARKET.key);
    const identifier = await registry.app
      .get(IssueService)
      .issue({ ...FOOD_PERMIT_DATA, type: FOOD_PERMIT.name }, issuer);
    const { validUntil, issueDate } = await registry.app.get(CertificatesService).summary(null, identifier);
    expect(Number(validUntil.slice(0, 4)) - Number(issueDate.slice(0, 4))).toBeLessThanOrEqual(
      FOOD_PERMIT.validityYears,
    );
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

  test('that was revoked stays so when the demo starts again', async () => {
    await registry.app.get(EnrolmentService).bootstrap(MARKET.key);
    expect(await trusted()).toContain('"revokedAt":"2026-11-01T00:00:00Z"');
    await expect(issue(MARKET.key)).rejects.toMatchObject({ code: 'key-missing' });
  });

  test('is not replaced by another file with the same certificate', async () => {
    const folder = join(registry.dataDir, 'keys', 'organs');
    const path = join(folder, `${FARMING.key}.p12`);
    const enrolment = registry.app.get(EnrolmentService);
    const { sha256 } = await enrolment.importFile(FARMING.key, path);
    const kept = join(folder, `${FARMING.key}.${sha256.slice(0, 16)}.p12`);
    const before = await readFile(kept);
    // The same key and certificate, in a file of its own.
    const { encodePkcs12 } = await import('../../apps/registry/src/keys/pkcs12.ts');
    const password = await readFile(join(registry.dataDir, 'keys', 'demo-password'), 'utf8');
    const other = join(registry.dataDir, 'other.p12');
    await writeFile(other, encodePkcs12(openPkcs12(before, password), [], password));
    await expect(enrolment.importFile(FARMING.key, other)).rejects.toMatchObject({ code: 'key-present' });
    expect(await readFile(kept)).toEqual(before);
    await rm(kept);
  });

  test.each(['2026-99-99T99:99:99Z', '2026-02-30T00:00:00Z'])(
    'revoked at %s, which is no time, is refused before it stops every publication',
    async (revokedAt) => {
      const value = await registry.app.get(EnrolmentService).create(FARMING.key);
      await expect(keyDraft({ ...value, revokedAt })).rejects.toMatchObject({ code: 'invalid-change' });
    },
  );

  test('is refused where it is not what its certificate says', async () => {
    const value = await registry.app.get(EnrolmentService).create(FARMING.key);
    const other = Buffer.from('no certificate');
    for (const wrong of [
      { ...value, sha256: '0'.repeat(64) },
      { ...value, notAfter: '2099-01-01T00:00:00Z' },
      { ...value, organ: 'o-aaaaaaaaaaaaaaaa' },
      trailing(value),
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

/** The certificate with a byte behind it: the same one under another hash. */
function trailing(value: SigningKey): SigningKey {
  const der = Buffer.concat([Buffer.from(value.certificate, 'base64'), Buffer.of(0)]);
  return {
    ...value,
    certificate: der.toString('base64'),
    sha256: createHash('sha256').update(der).digest('hex'),
  };
}

function openPkcs12(bytes: Uint8Array, password: string) {
  const asn1 = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('binary')));
  const p12 = forge.pkcs12.pkcs12FromAsn1(asn1, password);
  const bags = (type: string) => p12.getBags({ bagType: type })[type] ?? [];
  const key = bags('1.2.840.113549.1.12.10.1.2')[0]?.key;
  const certificate = bags('1.2.840.113549.1.12.10.1.3')[0]?.cert;
  if (!key || !certificate) throw new Error('no key');
  return { privateKey: key, certificate };
}

describe('a draft of an organ’s list that changes the organ itself', () => {
  test('is moved on by the registry alone: the organ’s people neither word, submit, overrule nor approve it', async () => {
    const name = '示例市市场监督管理局';
    const draft = await desk.tx((tx) =>
      registry.app.get(DraftsService).create(tx, who('keeper'), {
        scope: 'change',
        list: MARKET.key,
        title: '更名',
        reason: '登记簿的理由',
        effectiveDate: LATER,
        changes: [
          {
            register: 'organ',
            key: MARKET.key,
            value: { schema: 'organ/1', key: MARKET.key, name, shortName: '市监', sample: true },
            kind: 'changed',
          },
        ],
      }),
    );
    const { id, version } = draft;
    const steps = registry.app.get(DraftStepsService);
    const take = (official: Official, step: 'submit' | 'approve' | 'reopen' | 'withdraw', at = version) =>
      desk.tx((tx) => steps.take(tx, who(official), { step, draft: id, version: at, comment: undefined }));
    const refused = { code: 'not-your-organ' };
    await expect(take('editor', 'submit')).rejects.toMatchObject(refused);
    await expect(take('editor', 'withdraw')).rejects.toMatchObject(refused);
    const describe = desk.tx((tx) =>
      registry.app.get(DraftEditingService).describe(tx, who('editor'), {
        draft: id,
        version,
        headings: { title: '更名', reason: '机关自己写的理由', effectiveDate: LATER },
      }),
    );
    await expect(describe).rejects.toMatchObject(refused);
    const submitted = await take('keeper', 'submit');
    await expect(take('reviewer', 'approve', submitted.version)).rejects.toMatchObject(refused);
    const overrule = desk.tx((tx) =>
      registry.app.get(DraftOverrulesService).give(tx, who('reviewer'), {
        draft: id,
        version: submitted.version,
        rule: 'error-value',
        reason: '机关自己的理由',
      }),
    );
    await expect(overrule).rejects.toMatchObject(refused);
    const approved = await take('second-keeper', 'approve', submitted.version);
    await expect(publish(approved, 'publisher')).rejects.toMatchObject(refused);
    await expect(take('editor', 'reopen', approved.version)).rejects.toMatchObject(refused);
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
