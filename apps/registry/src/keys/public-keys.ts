import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openEd25519Key } from './ed25519-key.ts';
import { findFile } from './key-files.ts';
import { REGISTRY_KEYS, type RegistryKey } from './keys.service.ts';

/** SHA-256 of the registry's own public keys, of those whose files are there. Makes none. @param folder `<data>/keys` */
export async function publicKeyDigests(folder: string): Promise<Partial<Record<RegistryKey, string>>> {
  const digests: Partial<Record<RegistryKey, string>> = {};
  for (const name of REGISTRY_KEYS) {
    const path = join(folder, `${name}.pem`);
    if ((await findFile(path)) === undefined) continue;
    const { publicKey } = await openEd25519Key(path);
    digests[name] = createHash('sha256').update(publicKey).digest('hex');
  }
  return digests;
}
