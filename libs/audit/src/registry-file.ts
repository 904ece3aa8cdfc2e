import { encodeHex, sha256 } from '@mandate/encoding';
import {
  parseRegistryFile,
  PublishedFormatError,
  REGISTRY_PATH,
  type RegistryFile,
} from '@mandate/published';
import { DataIntegrityError, parsePublicKey } from '@mandate/signature';
import type { Findings } from './findings.ts';
import { readCanonical } from './json.ts';
import type { AuditSource } from './source.ts';

const MEMBERS = ['schema', 'name', 'publicUrl', 'rootKey', 'rootFingerprint', 'logs', 'asOf', 'sample'];

/**
 * What the registry says of itself; nothing of it is believed yet.
 * @param rootFingerprint what is known of the root from elsewhere
 */
export async function auditRegistryFile(
  source: AuditSource,
  rootFingerprint: string | undefined,
  findings: Findings,
): Promise<RegistryFile | undefined> {
  const bytes = await source.read(REGISTRY_PATH);
  findings.checked.files += 1;
  if (bytes === undefined) {
    findings.problem(REGISTRY_PATH, '没有这个文件：这里没有已发布的登记簿');
    return undefined;
  }
  const read = readCanonical(bytes);
  if ('fault' in read) {
    findings.problem(REGISTRY_PATH, read.fault);
    return undefined;
  }
  try {
    const registry = parseRegistryFile(bytes);
    if (`sha256:${encodeHex(sha256(parsePublicKey(registry.rootKey)))}` !== registry.rootFingerprint)
      findings.problem(REGISTRY_PATH, 'rootFingerprint 不是 rootKey 的指纹');
    if (rootFingerprint !== undefined && rootFingerprint !== registry.rootFingerprint)
      findings.problem(REGISTRY_PATH, '根密钥的指纹与给定的不同');
    for (const name of Object.keys(registry))
      if (!MEMBERS.includes(name))
        findings.pass(REGISTRY_PATH, `${name} 不为本程序所知（newer-format），没有判断`);
    return registry;
  } catch (error) {
    if (!(error instanceof PublishedFormatError || error instanceof DataIntegrityError)) throw error;
    // What everything else hangs on cannot be passed over.
    const newer = error.code === 'newer-format';
    findings.problem(
      REGISTRY_PATH,
      newer ? '格式比本程序新（newer-format）：请用较新的程序核查' : '不符合格式',
    );
    return undefined;
  }
}
