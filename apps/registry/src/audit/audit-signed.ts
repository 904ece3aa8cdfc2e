import { encodeHex, sha256 } from '@mandate/encoding';
import {
  LOG_NAMES,
  parseRegistryFile,
  PublishedFormatError,
  REGISTRY_PATH,
  type RegistryFile,
  REVOCATIONS_PATH,
  TRUST_LIST_PATH,
} from '@mandate/published';
import { parsePublicKey, DataIntegrityError } from '@mandate/signature';
import {
  parseStatusList,
  parseTrustList,
  StatusListError,
  type TrustList,
  TrustListError,
} from '@mandate/trust';
import type { AuditSource } from './audit-source.ts';
import type { Findings } from './findings.ts';

/** What the registry says of itself; nothing of it is believed yet. */
export async function readRegistry(
  source: AuditSource,
  findings: Findings,
): Promise<RegistryFile | undefined> {
  const bytes = await source.read(REGISTRY_PATH);
  findings.checked.files += 1;
  if (bytes === undefined) {
    findings.problem(REGISTRY_PATH, '没有这个文件：这里没有已发布的登记簿');
    return undefined;
  }
  try {
    const registry = parseRegistryFile(bytes);
    if (`sha256:${encodeHex(sha256(parsePublicKey(registry.rootKey)))}` !== registry.rootFingerprint) {
      findings.problem(REGISTRY_PATH, 'rootFingerprint 不是 rootKey 的指纹');
    }
    return registry;
  } catch (error) {
    if (!(error instanceof PublishedFormatError || error instanceof DataIntegrityError)) throw error;
    findings.problem(REGISTRY_PATH, '不符合格式');
    return undefined;
  }
}

/** Trust list and status list: signatures, and that all three files say the same of keys and logs. */
export async function auditSigned(
  source: AuditSource,
  registry: RegistryFile,
  rootFingerprint: string,
  now: Date,
  findings: Findings,
): Promise<void> {
  const trust = await readTrustList(source, rootFingerprint, findings);
  if (trust === undefined) return;
  if (new Date(trust.nextUpdate) < now) findings.warn(`信任清单应在 ${trust.nextUpdate} 前更新`);
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
  await auditStatusList(source, trust, now, findings);
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
    return parseTrustList(bytes, rootFingerprint);
  } catch (error) {
    if (!(error instanceof TrustListError)) throw error;
    findings.problem(TRUST_LIST_PATH, error.message);
    return undefined;
  }
}

async function auditStatusList(
  source: AuditSource,
  trust: TrustList,
  now: Date,
  findings: Findings,
): Promise<void> {
  const bytes = await source.read(REVOCATIONS_PATH);
  findings.checked.files += 1;
  if (bytes === undefined) {
    findings.problem(REVOCATIONS_PATH, '没有这个文件');
    return;
  }
  const failures = trust.keys.status.map(({ key }) => statusFailure(bytes, parsePublicKey(key), now));
  if (failures.includes(undefined)) return;
  if (failures.includes('stale')) findings.warn('状态列表已过期，或尚未生效：登记簿须持续发布新的状态列表');
  else findings.problem(REVOCATIONS_PATH, '状态列表的格式或签名不符');
}

function statusFailure(bytes: Uint8Array, key: Uint8Array, now: Date): StatusListError['code'] | undefined {
  try {
    parseStatusList(bytes, key, now);
    return undefined;
  } catch (error) {
    if (error instanceof StatusListError) return error.code;
    throw error;
  }
}
