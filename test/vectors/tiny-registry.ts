import { issuerCode, type CertificateType } from '@mandate/certificate';
import {
  blobName,
  canonicalBytes,
  encodeBase64,
  encodeHex,
  sha256,
  utf8,
  type Json,
} from '@mandate/encoding';
import {
  editionDigest,
  organKey,
  type AuthorityItem,
  type Edition,
  type ListEntry,
  type NegativeList,
  type NegativeListItem,
  type Organ,
  type Region,
  type Register,
} from '@mandate/lists';
import { ed25519PublicKey, parseCertificate } from '@mandate/signature';
import {
  encodeVerifierKey,
  MemoryLog,
  signerFromSeed,
  verifierKey,
  type NoteSigner,
} from '@mandate/transparency-log';
import type { TestCertificate } from '../support/test-authority.ts';

// The content of the registry that the vectors are taken from: every register once, and an item that is changed for a
// day to come. Its keys are those of tests and are written beside it.

export const HOST = 'registry.example';
export const PUBLIC_URL = `https://${HOST}`;
export const ORGAN_NAME = '示例市市场监督管理局';
export const ORGAN = organKey({ name: ORGAN_NAME });
export const ITEM = `${ORGAN}.00001`;
export const NEGATIVE_LIST = 'n-market-access';

export const KEY_NAMES = ['root', 'status', 'qr', 'log-lists', 'log-certificates'] as const;
export type KeyName = (typeof KEY_NAMES)[number];

/** Secret, 32 bytes; known to everybody who reads this. */
export function testSeed(name: KeyName): Uint8Array {
  return sha256(utf8(`mandate test vector key, known to everybody: ${name}`));
}

export function testKey(name: KeyName): { privateKey: Uint8Array; publicKey: Uint8Array } {
  const privateKey = testSeed(name);
  return { privateKey, publicKey: ed25519PublicKey(privateKey) };
}

export interface TinyLog {
  readonly origin: string;
  readonly vkey: string;
  readonly signer: NoteSigner;
  readonly log: MemoryLog;
}

export function openLog(name: 'lists' | 'certificates'): TinyLog {
  const { privateKey, publicKey } = testKey(`log-${name}`);
  const origin = `${HOST}/${name}`;
  const key = verifierKey(origin, publicKey);
  const signer = signerFromSeed(key, privateKey);
  return { origin, vkey: encodeVerifierKey(key), signer, log: new MemoryLog(origin, signer) };
}

export const organ: Organ = {
  schema: 'organ/1',
  key: ORGAN,
  name: ORGAN_NAME,
  region: '659901',
  regionName: '示例市',
  level: '3',
  sample: true,
};

export const region: Region = {
  schema: 'region/1',
  code: '659901',
  name: '示例市',
  level: '3',
  parent: '650000',
  sample: true,
};

export const type: CertificateType = {
  schema: 'certificate-type/1',
  code: `${issuerCode(ORGAN)}001`,
  name: '食品经营许可证',
  mandate: { category: '01', itemNames: ['食品经营许可'] },
  faceFields: [{ name: 'KZ_JYCS', label: '经营场所', required: true, maxLength: 100 }],
  statement: '经审查，准予从事食品经营活动。',
  numberPrefix: 'JY',
  validityYears: 5,
  sample: true,
};

export const item: AuthorityItem = {
  schema: 'authority-item/1',
  organ: ORGAN,
  name: '食品经营许可',
  category: '01',
  state: 'in-force',
  codes: { base: '000131001000' },
  basisText: '【法律】《中华人民共和国食品安全法》第三十五条',
  bases: [
    {
      kind: 'law',
      title: '中华人民共和国食品安全法',
      articles: ['第三十五条'],
      text: '【法律】《中华人民共和国食品安全法》第三十五条',
    },
  ],
  levels: [{ level: '3', label: '市级' }],
  subItems: [],
  sample: true,
};

/** Takes effect on 2027-01-01. */
export const laterItem: AuthorityItem = { ...item, handlingOffice: '行政审批科' };

const negativeList: NegativeList = {
  schema: 'negative-list/1',
  key: NEGATIVE_LIST,
  name: '示例市场准入负面清单',
  kind: 'market-access',
  sample: true,
};

const negativeItem: NegativeListItem = {
  schema: 'negative-list-item/1',
  list: NEGATIVE_LIST,
  number: '1',
  code: '100004',
  chapter: 'permitted',
  section: 'F',
  name: '未获得许可，不得从事食品经营',
  measures: [{ text: '食品经营许可', authority: '市场监管部门', baseCodes: ['000131001000'] }],
  state: 'in-force',
  sample: true,
};

function signingKey(certificate: TestCertificate): Json {
  const { validFrom, validUntil } = parseCertificate(certificate.der);
  return {
    schema: 'signing-key/1',
    organ: ORGAN,
    sha256: encodeHex(sha256(certificate.der)),
    certificate: encodeBase64(certificate.der),
    notBefore: seconds(validFrom),
    notAfter: seconds(validUntil),
    sample: true,
  };
}

export interface Act {
  readonly entry: ListEntry;
  readonly blob: Json;
}

/** The first six before the certificate is issued, the others after. @param certificate of the organ's key */
export function listActs(certificate: TestCertificate): readonly Act[] {
  const act = (register: Register, key: string, blob: Json, more: Partial<ListEntry> = {}): Act => ({
    entry: {
      v: 1,
      register,
      key,
      time: '2026-01-05T01:00:00Z',
      effectiveDate: '2026-01-05',
      blob: blobName(canonicalBytes(blob)),
      reason: '首次列入',
      ...more,
    },
    blob,
  });
  const key = encodeHex(sha256(certificate.der));
  const later = { time: '2026-06-18T01:00:00Z', effectiveDate: '2026-06-18' };
  const edition: Edition = {
    schema: 'edition/1',
    list: ORGAN,
    number: '2026-1',
    name: '示例市市场监督管理局权责清单（2026年版）',
    date: '2026-06-18',
    document: '示政办发〔2026〕1号',
    items: 1,
    digest: editionDigest([{ key: ITEM, blob: blobName(canonicalBytes(laterItem)) }]),
    sample: true,
  };
  return [
    act('organ', ORGAN, organ),
    act('region', region.code, region),
    act('certificate-type', type.code, type),
    act('signing-key', key, signingKey(certificate), { organ: ORGAN }),
    act('authority-item', ITEM, item, { organ: ORGAN, kind: 'added' }),
    act('negative-list', NEGATIVE_LIST, negativeList),
    act('negative-list-item', `${NEGATIVE_LIST}.100004`, negativeItem, { ...later, kind: 'added' }),
    act('authority-item', ITEM, laterItem, {
      ...later,
      effectiveDate: '2027-01-01',
      reason: '明确承办机构',
      organ: ORGAN,
      kind: 'changed',
      document: '示政办发〔2026〕1号',
      edition: `${ORGAN}.2026-1`,
    }),
    act('edition', `${ORGAN}.2026-1`, edition, { ...later, reason: '公布2026年版', organ: ORGAN }),
  ];
}

export function seconds(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}
