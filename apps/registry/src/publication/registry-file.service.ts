import { Injectable } from '@nestjs/common';
import { encodeBase64 } from '@mandate/encoding';
import {
  encodeRegistryFile,
  parseRegistryFile,
  PublishedFormatError,
  REGISTRY_PATH,
  type RegistryLog,
} from '@mandate/published';
import { encodePublicKey, keyFingerprint } from '@mandate/signature';
import { Config } from '../config/config.ts';
import { KeysService } from '../keys/keys.service.ts';
import type { PublishedLogState } from './log-files.service.ts';
import type { PublishedFolder } from './published-folder.ts';

/** Writes the file that names everything else. */
@Injectable()
export class RegistryFileService {
  constructor(
    private readonly keys: KeysService,
    private readonly config: Config,
  ) {}

  /** Comes last: that it names a size of the lists log says that every record of that size is there. */
  async publish(
    folder: PublishedFolder,
    state: {
      logs: { lists: PublishedLogState; certificates: PublishedLogState };
      asOf: string;
      sample: boolean;
    },
  ): Promise<void> {
    const { publicKey } = await this.keys.registryKey('root');
    const { logs, ...rest } = state;
    const bytes = encodeRegistryFile({
      name: this.config.registryName,
      publicUrl: this.config.publicUrl,
      rootKey: encodePublicKey(publicKey),
      rootFingerprint: keyFingerprint(publicKey),
      ...rest,
      logs: { lists: describeLog(logs.lists), certificates: describeLog(logs.certificates) },
    });
    await folder.write(REGISTRY_PATH, bytes);
  }
}

function describeLog({ root, ...log }: PublishedLogState): RegistryLog {
  return { ...log, root: encodeBase64(root) };
}

/** Size of the lists log that the records in the folder are complete for; 0 when that cannot be said. */
export async function publishedRecordsSize(folder: PublishedFolder): Promise<number> {
  const bytes = await folder.find(REGISTRY_PATH);
  if (bytes === undefined) return 0;
  try {
    return parseRegistryFile(bytes).logs.lists.size;
  } catch (error) {
    if (error instanceof PublishedFormatError) return 0;
    throw error;
  }
}
