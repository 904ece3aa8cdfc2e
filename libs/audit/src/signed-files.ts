import {
  LOG_NAMES,
  REGISTRY_PATH,
  type RegistryFile,
  REVOCATIONS_PATH,
  TRUST_LIST_PATH,
} from '@mandate/published';
import { parsePublicKey } from '@mandate/signature';
import {
  isFresh,
  parseTrustList,
  readStatusList,
  STATUS_LIST_BITS,
  type StatusList,
  StatusListError,
  type TrustList,
  TrustListError,
} from '@mandate/trust';
import type { AuditedEvents } from './entries.ts';
import type { Findings } from './findings.ts';
import { NEWER } from './item-content.ts';
import { readCanonical } from './json.ts';
import type { AuditedLists } from './records.ts';
import type { AuditSource } from './source.ts';
import { auditListedKeys } from './trusted-keys.ts';

interface Known {
  /** of the root that is believed */
  readonly fingerprint: string;
  /** undefined where the log could not be read */
  readonly lists: AuditedLists | undefined;
  readonly events: AuditedEvents | undefined;
  readonly now: Date;
}

/** Trust list and status list: signatures, that all three files say the same of keys and logs, and what the logs say. */
export async function auditSignedFiles(
  source: AuditSource,
  registry: RegistryFile,
  known: Known,
  findings: Findings,
): Promise<void> {
  const trust = await readTrustList(source, known.fingerprint, findings);
  if (trust === undefined) return;
  if (new Date(trust.nextUpdate) < known.now) findings.warn(`信任清单应在 ${trust.nextUpdate} 前更新`);
  for (const kind of LOG_NAMES) {
    const { origin, vkey } = registry.logs[kind];
    const named = trust.logs.some((log) => log.kind === kind && log.origin === origin && log.vkey === vkey);
    if (!named) findings.problem(REGISTRY_PATH, `日志 ${origin} 的公钥不在信任清单中`);
  }
  const same =
    trust.registry.name === registry.name &&
    trust.registry.publicUrl === registry.publicUrl &&
    trust.rootKey === registry.rootKey;
  if (!same) findings.problem(REGISTRY_PATH, '登记簿的名称、网址或根密钥与信任清单不同');
  if (known.lists !== undefined) auditListedKeys(trust, known.lists, registry.logs.lists.size, findings);
  await auditStatusList(source, trust, { ...known, published: registry.logs.certificates.size }, findings);
}

async function readTrustList(
  source: AuditSource,
  rootFingerprint: string,
  findings: Findings,
): Promise<TrustList | undefined> {
  const bytes = await source.read(TRUST_LIST_PATH);
  findings.checked.files += 1;
  try {
    if (bytes === undefined) throw new TrustListError('invalid', '没有这个文件');
    const trust = parseTrustList(bytes, rootFingerprint);
    const read = readCanonical(bytes);
    if ('fault' in read) findings.problem(TRUST_LIST_PATH, read.fault);
    return trust;
  } catch (error) {
    if (!(error instanceof TrustListError)) throw error;
    if (error.code === 'newer-format') findings.pass(TRUST_LIST_PATH, `${error.message}（newer-format）`);
    else findings.problem(TRUST_LIST_PATH, error.message);
    return undefined;
  }
}

const DAY_MS = 86_400_000;

async function auditStatusList(
  source: AuditSource,
  trust: TrustList,
  { events, published, now }: Known & { readonly published: number },
  findings: Findings,
): Promise<void> {
  const path = REVOCATIONS_PATH;
  const bytes = await source.read(path);
  findings.checked.files += 1;
  if (bytes === undefined) {
    findings.problem(path, '没有这个文件');
    return;
  }
  const lists = trust.keys.status.map(({ key }) => findStatusList(bytes, parsePublicKey(key)));
  if (lists.includes(NEWER)) {
    findings.pass(path, '状态列表的格式比本程序新（newer-format）');
    return;
  }
  const list = lists.find((one) => one !== undefined && one !== NEWER);
  if (list === undefined) {
    findings.problem(path, '状态列表的格式或签名不符');
    return;
  }
  const read = readCanonical(bytes);
  if ('fault' in read) findings.problem(path, read.fault);
  if (!isFresh(list, now)) findings.warn('状态列表已过期，或尚未生效：登记簿须持续发布新的状态列表');
  if (list.url !== `${trust.registry.publicUrl}/${path}`) findings.problem(path, 'id 不是这份列表的网址');
  // One that holds for years could be shown for years, whatever was revoked since.
  if (Date.parse(list.validUntil) - Date.parse(list.validFrom) > DAY_MS)
    findings.problem(path, '状态列表的有效期超过一日');
  auditStatusBits(list, events, published, findings);
}

/**
 * Places are secret, so only their number can be compared with the revocations of the log.
 * @param published size of the log when the list was published last: later events may wait for the next list
 */
function auditStatusBits(
  list: StatusList,
  events: AuditedEvents | undefined,
  published: number,
  findings: Findings,
): void {
  if (events === undefined) return;
  if (events.revoked === undefined) {
    findings.pass(REVOCATIONS_PATH, '证照日志中有比本程序新的事件（newer-format），没有核对位数');
    return;
  }
  let set = 0;
  for (let place = 0; place < STATUS_LIST_BITS; place += 1) if (list.isSet(place)) set += 1;
  const { size } = events.revoked;
  const due = [...events.revoked.values()].filter((index) => index < published).length;
  if (set < due) findings.problem(REVOCATIONS_PATH, `日志中有 ${due} 份证照被撤销，状态列表只有 ${set} 位`);
  // The bit is published at once, the event with the next checkpoint.
  else if (set > size)
    findings.warn(`状态列表有 ${set} 位，日志中只有 ${size} 份证照被撤销：有撤销尚未写入日志，或列表有误`);
}

/** Undefined for one that this key did not sign. */
function findStatusList(bytes: Uint8Array, key: Uint8Array): StatusList | typeof NEWER | undefined {
  try {
    return readStatusList(bytes, key);
  } catch (error) {
    if (error instanceof StatusListError) return error.code === 'newer-format' ? NEWER : undefined;
    throw error;
  }
}
