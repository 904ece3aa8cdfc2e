import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CertificateEventSchema, CertificateSchema, subjectCommitment } from '@mandate/certificate';
import { encodeHex, fromUtf8, parseJson, utf8 } from '@mandate/encoding';
import { readSignedPdf } from '@mandate/signature';
import { hashLeaf, verifyTlogProof } from '@mandate/transparency-log';
import { parseStaple } from '@mandate/trust';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CertificatesService } from '../../apps/registry/src/certificates/certificates.service.ts';
import { DocumentsService } from '../../apps/registry/src/certificates/documents.service.ts';
import {
  IssueTransactionsService,
  MandateChanged,
} from '../../apps/registry/src/certificates/issue-transactions.service.ts';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import { RevokeService } from '../../apps/registry/src/certificates/revoke.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import {
  FARMING,
  FOOD_PERMIT_DATA,
  foodPermitItem,
  issuerFor,
  MARKET,
  PERMIT_KEY,
  prepareFoodPermit,
  putItem,
} from '../support/food-permit.ts';

describe('issuing certificates', () => {
  let registry: TestRegistry;
  let app: INestApplicationContext;
  const request = { ...FOOD_PERMIT_DATA, type: '食品经营许可证' };
  const issue = async ({
    organ = MARKET.key,
    ...changes
  }: Partial<typeof request & { organ: string; item: string; validFrom: string }> = {}) =>
    app.get(IssueService).issue({ ...request, ...changes }, await issuerFor(app, organ));
  const counts = async () => {
    const [row] = await app
      .get(DataSource)
      .query<[{ certificates: string; events: string }]>(
        `SELECT (SELECT count(*) FROM certificate) AS certificates, (SELECT count(*) FROM entry WHERE log = 'certificates') AS events`,
      );
    return row;
  };

  beforeAll(async () => {
    registry = await openTestRegistry();
    app = registry.app;
    await prepareFoodPermit(app);
  });
  afterAll(() => registry.close());

  test('issues under a power in force: signed, in the log, the power proven inside', async () => {
    const identifier = await issue();
    const signed = await readSignedPdf(await app.get(CertificatesService).document(null, identifier));
    const certificate = CertificateSchema.parse(parseJson(signed.attachment ?? new Uint8Array()));
    expect(certificate).toMatchObject({
      identifier,
      issuer: { organ: MARKET.key, name: MARKET.name },
      holder: FOOD_PERMIT_DATA.holder,
      mandate: { key: PERMIT_KEY, name: '食品经营许可', category: '01' },
      sample: true,
    });

    const log = app.get(LogService);
    const { manager } = app.get(DataSource);
    const entry = utf8(certificate.mandate.entry);
    verifyTlogProof(entry, certificate.mandate.proof, await log.identityOf(manager, 'lists'));

    const staple = parseStaple(signed.proof ?? new Uint8Array());
    verifyTlogProof(staple.leaf, staple.proof, await log.identityOf(manager, 'certificates'));
    expect(staple.event).toMatchObject({
      event: 'issue',
      subject: subjectCommitment(certificate.salt, identifier),
      document: encodeHex(signed.documentDigest),
      mandate: encodeHex(hashLeaf(entry)),
    });
    // The log tells nobody whose certificate it was.
    for (const secret of [identifier, certificate.holder.name, certificate.holder.code, certificate.number]) {
      expect(fromUtf8(staple.leaf)).not.toContain(secret);
    }
  });

  test.each([
    ['item-suspended', foodPermitItem({ state: 'suspended' })],
    ['item-cancelled', foodPermitItem({ state: 'cancelled' })],
    ['item-not-of-type', foodPermitItem({ name: '食品生产许可' })],
  ])('refuses with %s and leaves no trace', async (code, item) => {
    await putItem(app, item);
    const before = await counts();
    await expect(issue({ item: PERMIT_KEY })).rejects.toMatchObject({ name: 'CertificateError', code });
    expect(await counts()).toEqual(before);
    await putItem(app, foodPermitItem());
    await expect(issue()).resolves.toMatch(/^1\.2\.156\.3005\.2\./);
  });

  test('refuses a power that is listed but not yet in force', async () => {
    const key = `${FARMING.key}.00001`;
    await putItem(app, foodPermitItem({ organ: FARMING.key }), '2999-01-01', key);
    await expect(issue({ organ: FARMING.key })).rejects.toMatchObject({ code: 'item-absent' });
  });

  test('refuses a power of another organ, named or not', async () => {
    await expect(issue({ organ: FARMING.key, item: PERMIT_KEY })).rejects.toMatchObject({
      code: 'item-of-another-organ',
    });
    await expect(issue({ organ: FARMING.key })).rejects.toMatchObject({ code: 'item-absent' });
  });

  test('finds the power by its name however it is typed, and signs the characters that were meant', async () => {
    const identifier = await issue({
      item: '⾷品　经营许可',
      type: '⻝品经营许可证',
      holder: {
        ...FOOD_PERMIT_DATA.holder,
        name: '示例隆⻤⾷品店',
        code: FOOD_PERMIT_DATA.holder.code.replace('1', '１'),
      },
    });
    const signed = await readSignedPdf(await app.get(CertificatesService).document(null, identifier));
    expect(CertificateSchema.parse(parseJson(signed.attachment ?? new Uint8Array()))).toMatchObject({
      holder: { ...FOOD_PERMIT_DATA.holder, name: '示例隆鬼食品店' },
      type: { name: '食品经营许可证' },
      mandate: { key: PERMIT_KEY, name: '食品经营许可' },
    });
    await expect(issue({ item: '食品生产许可' })).rejects.toMatchObject({ code: 'item-absent' });
  });

  test('a power that is listed in look-alikes carries nothing, and whoever asks hears what to correct', async () => {
    await putItem(app, foodPermitItem({ name: '⾷品经营许可' }));
    const before = await counts();
    for (const changes of [{}, { item: '食品经营许可' }, { item: PERMIT_KEY }])
      await expect(issue(changes)).rejects.toMatchObject({
        code: 'item-not-of-type',
        message: expect.stringContaining(`更正清单事项 ${PERMIT_KEY} 的名称`),
      });
    expect(await counts()).toEqual(before);
    await putItem(app, foodPermitItem());
  });

  test('names every wrong field at once', async () => {
    const holder = { ...FOOD_PERMIT_DATA.holder, code: '11440300007542785T' };
    const refused = issue({ holder, face: { KZ_XXXX: '?' } as never });
    await expect(refused).rejects.toMatchObject({ code: 'invalid-data' });
    await expect(refused).rejects.toThrow(/KZ_XXXX[\s\S]*KZ_JYCS[\s\S]*holder\.code/);
  });

  test.each([
    ['holder.name', { holder: { ...FOOD_PERMIT_DATA.holder, name: '示例\u0000店' } }],
    ['holder.name', { holder: { ...FOOD_PERMIT_DATA.holder, name: '店例示\u202e' } }],
    ['holder.name', { holder: { ...FOOD_PERMIT_DATA.holder, name: '示例\ud840店' } }],
    ['holder.name', { holder: { ...FOOD_PERMIT_DATA.holder, name: '示例\u200d店' } }],
    ['holder.code', { holder: { ...FOOD_PERMIT_DATA.holder, code: '11100000000013338\u2066W' } }],
    ['KZ_JYCS', { face: { ...FOOD_PERMIT_DATA.face, KZ_JYCS: '路\u0007 1 号' } }],
  ])('signs no text that is not what is read: %s', async (field, changes) => {
    const before = await counts();
    await expect(issue(changes)).rejects.toMatchObject({
      code: 'invalid-data',
      message: expect.stringContaining(field),
    });
    expect(await counts()).toEqual(before);
  });

  test('the last look before a signature sees the names that come out of the lists', async () => {
    const { certificate, listedType, keys } = await app
      .get(DataSource)
      .transaction((tx) => app.get(IssueTransactionsService).prepare(tx, MARKET.key, request));
    const drawn = (changes: object) =>
      app
        .get(DocumentsService)
        .drawAndSign({ certificate: { ...certificate, ...changes }, type: listedType.type, keys });
    for (const changes of [
      { issuer: { ...certificate.issuer, name: '局\u202e场市' } },
      { type: { ...certificate.type, name: '食品\u200b经营许可证' } },
      { holder: { ...certificate.holder, name: '店\u0000' } },
    ])
      await expect(drawn(changes)).rejects.toMatchObject({
        code: 'unprintable',
        message: expect.stringContaining('未签发'),
      });
    await expect(drawn({})).resolves.toMatchObject({ pdf: expect.any(Uint8Array) });
  });

  test('refuses a character no font has before anything is issued', async () => {
    const before = await counts();
    const holder = { ...FOOD_PERMIT_DATA.holder, name: '示例\u{3134A}店' };
    await expect(issue({ holder })).rejects.toMatchObject({
      code: 'unprintable',
      message: expect.stringMatching(/U\+3134A[\s\S]*MANDATE_CERTIFICATE_FONTS/),
    });
    expect(await counts()).toEqual(before);
  });

  test('a power cancelled while the page is drawn carries nothing: no certificate slips through', async () => {
    const [issued, cancelled] = await Promise.allSettled([
      issue(),
      putItem(app, foodPermitItem({ state: 'cancelled' })),
    ]);
    expect(cancelled.status).toBe('fulfilled');
    const order = await app
      .get(DataSource)
      .query<{ issue: string; cancel: string }[]>(
        `SELECT max(issue_entry) AS issue, (SELECT max(id) FROM entry WHERE key = $1) AS cancel FROM certificate`,
        [PERMIT_KEY],
      );
    // Either it was issued before the cancellation, or it was refused.
    if (issued.status === 'fulfilled') expect(Number(order[0]?.issue)).toBeLessThan(Number(order[0]?.cancel));
    else expect(issued.reason).toMatchObject({ code: 'item-cancelled' });
    await putItem(app, foodPermitItem());
  });

  test.each([
    [
      'cancelled',
      foodPermitItem({ state: 'cancelled' }),
      expect.objectContaining({ code: 'item-cancelled' }),
    ],
    ['reworded', foodPermitItem({ remarks: '改了说明' }), expect.any(MandateChanged)],
  ])(
    'a signed page whose power was %s before it could be written is never written',
    async (_how, item, error) => {
      const transactions = app.get(IssueTransactionsService);
      const { manager } = app.get(DataSource);
      const prepared = await transactions.prepare(manager, MARKET.key, request);
      const signed = await app
        .get(DocumentsService)
        .drawAndSign({ ...prepared, type: prepared.listedType.type });
      const before = await counts();
      await putItem(app, item);
      const { account } = await issuerFor(app, MARKET.key);
      const commit = app
        .get(DataSource)
        .transaction((tx) => transactions.commit(tx, prepared, signed, account));
      await expect(commit).rejects.toEqual(error);
      expect(await counts()).toEqual(before);
      await putItem(app, foodPermitItem());
    },
  );

  test('many at the same moment: every number, identifier and leaf its own', async () => {
    const identifiers = await Promise.all(Array.from({ length: 6 }, () => issue()));
    expect(new Set(identifiers).size).toBe(6);
    const numbers = await app.get(DataSource).query<{ number: string }[]>('SELECT number FROM certificate');
    expect(new Set(numbers.map((row) => row.number)).size).toBe(numbers.length);
    const documents = await Promise.all(
      identifiers.map((one) => app.get(CertificatesService).document(null, one)),
    );
    const leaves = await Promise.all(
      documents.map(
        async (pdf) => parseStaple((await readSignedPdf(pdf)).proof ?? new Uint8Array()).event.subject,
      ),
    );
    expect(new Set(leaves).size).toBe(6);
  });

  test('revokes once, with an event in the log; another organ cannot', async () => {
    const identifier = await issue();
    const revoke = async (organ: string) =>
      app.get(RevokeService).revoke(identifier, 'withdrawn', await issuerFor(app, organ));
    await expect(revoke(FARMING.key)).rejects.toMatchObject({ code: 'certificate-not-found' });
    const twice = await Promise.allSettled([revoke(MARKET.key), revoke(MARKET.key)]);
    expect(twice.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(twice.find((one) => one.status === 'rejected')).toMatchObject({
      reason: { code: 'already-revoked' },
    });
    const { size } = await app.get(LogService).latestCheckpoint('certificates');
    const { leaf } = await app.get(LogService).entryAt('certificates', size - 1);
    expect(CertificateEventSchema.parse(parseJson(leaf))).toMatchObject({
      event: 'revoke',
      reason: 'withdrawn',
    });
    await expect(app.get(CertificatesService).summary(null, identifier)).resolves.toMatchObject({
      state: 'revoked',
    });
  });
});
