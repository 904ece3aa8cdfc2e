import type { INestApplicationContext } from '@nestjs/common';
import type { CertificateType } from '@mandate/certificate';
import { type AuthorityItem, organKey } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import { type ListChange, ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import type { Issuer } from '../../apps/registry/src/certificates/issuer.ts';
import { EnrolmentService } from '../../apps/registry/src/trust/enrolment.service.ts';

export const MARKET = { name: '示例市市场监督管理局', key: organKey({ name: '示例市市场监督管理局' }) };
export const FARMING = { name: '示例市农业农村局', key: organKey({ name: '示例市农业农村局' }) };
export const PERMIT_KEY = `${MARKET.key}.00001`;

export const FOOD_PERMIT: CertificateType = {
  schema: 'certificate-type/1',
  code: '11100000000013338W901',
  name: '食品经营许可证',
  mandate: { category: '01', itemNames: ['食品经营许可'] },
  faceFields: [
    { name: 'KZ_JYCS', label: '经营场所', required: true, maxLength: 120 },
    { name: 'KZ_ZTYT', label: '主体业态', required: false, maxLength: 60 },
  ],
  numberPrefix: 'JY',
  validityYears: 5,
  sample: true,
};

export const FOOD_PERMIT_DATA = {
  holder: { name: '示例市好味道餐饮店', code: '11100000000013338W', codeType: '001' as const },
  face: { KZ_JYCS: '示例市示例区示例路 1 号', KZ_ZTYT: '餐饮服务经营者' },
};

export function foodPermitItem(changes: Partial<AuthorityItem> = {}): AuthorityItem {
  return {
    schema: 'authority-item/1',
    organ: MARKET.key,
    name: '食品经营许可',
    category: '01',
    state: 'in-force',
    bases: [],
    levels: [],
    subItems: [],
    sample: true,
    ...changes,
  };
}

/** Puts into the lists and sequences. */
export async function putChanges(
  app: INestApplicationContext,
  changes: readonly ListChange[],
): Promise<void> {
  await inTransaction(app.get(DataSource), (tx) => app.get(ListsService).put(tx, changes));
  await app.get(LogService).sequence('lists');
}

/** The permit item says `item` from `effectiveDate` on. */
export async function putItem(
  app: INestApplicationContext,
  item: AuthorityItem,
  effectiveDate = '2025-01-01',
  key = PERMIT_KEY,
): Promise<void> {
  await putChanges(app, [
    { register: 'authority-item', key, value: item, effectiveDate, reason: '测试', organ: item.organ },
  ]);
}

/** Two organs, the food permit type, its power in force for the market organ, keys for both. */
export async function prepareFoodPermit(
  app: INestApplicationContext,
  { keys = true }: { keys?: boolean } = {},
): Promise<void> {
  const organ = ({ key, name }: typeof MARKET): ListChange => ({
    register: 'organ',
    key,
    value: { schema: 'organ/1', key, name, sample: true },
    effectiveDate: '2025-01-01',
    reason: '登记机关',
  });
  await putChanges(app, [
    organ(MARKET),
    organ(FARMING),
    {
      register: 'certificate-type',
      key: FOOD_PERMIT.code,
      value: FOOD_PERMIT,
      effectiveDate: '2025-01-01',
      reason: '登记证照类型',
    },
  ]);
  await putItem(app, foodPermitItem());
  if (!keys) return;
  await app.get(EnrolmentService).bootstrap(MARKET.key);
  await app.get(EnrolmentService).bootstrap(FARMING.key);
}

/** An official who issues for the organ; the same one each time. */
export async function issuerFor(app: INestApplicationContext, organ: string): Promise<Issuer> {
  const auth = app.get(AuthService);
  const login = `issuer-${organ.toLowerCase()}`;
  const known = (await auth.accounts()).find((account) => account.login === login);
  const made = {
    login,
    displayName: '发证岗',
    organ,
    roles: ['issuer'] as const,
    password: 'long enough for us',
  };
  const { id } = known ?? (await auth.createAccount({ ...made, demo: false }));
  return { organ, account: id };
}
