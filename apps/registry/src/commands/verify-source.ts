import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  fetchSource,
  limitsOf,
  parseRegistryFile,
  type PublishedSource,
  REGISTRY_PATH,
  SourceError,
} from '@mandate/published';
import { UsageError } from './usage-error.ts';
import { loadConfig } from '../config/config.ts';
import { BoundedReadError, readBounded } from '../files/read-bounded.ts';
import { publishedPaths } from '../publication/published-paths.ts';

const FINGERPRINT = /^sha256:[0-9a-f]{64}$/;

/** Nothing was published that could be asked. */
export class NothingPublished extends Error {
  override readonly name = 'NothingPublished';
  readonly code = 'nothing-published';
}

/**
 * Where to read, and whom to trust. For the registry's own folder its own root; for any other place the caller must name
 * the root: a fingerprint read from there would trust whoever wrote it.
 * @throws UsageError @throws NothingPublished
 */
export async function openPublished(options: {
  readonly from?: string;
  readonly root?: string;
}): Promise<{ source: PublishedSource; rootFingerprint: string }> {
  const { from, root } = options;
  if (root !== undefined && !FINGERPRINT.test(root))
    throw new UsageError('--root 须写作 sha256: 加 64 位小写十六进制数字，见登记簿网站首页或其 README。');
  if (from !== undefined) {
    if (root === undefined)
      throw new UsageError('读取别处公布的文件时，请用 --root 给出所信任的根密钥指纹（sha256:…）。');
    const source = /^https?:\/\//i.test(from) ? fetchSource(parseUrl(from)) : folderSource(from);
    return { source, rootFingerprint: root };
  }
  const folder = publishedPaths(loadConfig().dataDir).root;
  return { source: folderSource(folder), rootFingerprint: root ?? (await ownRoot(folder)) };
}

/** The published files in a folder, which need not be our own. */
export function folderSource(folder: string): PublishedSource {
  return {
    async read(path) {
      try {
        return await readBounded(folder, path, limitsOf(path).maximumBytes);
      } catch (error) {
        if (error instanceof BoundedReadError && error.code === 'too-large')
          throw new SourceError('too-large', error.message, { cause: error });
        throw error;
      }
    },
  };
}

async function ownRoot(folder: string): Promise<string> {
  try {
    return parseRegistryFile(await readFile(join(folder, REGISTRY_PATH))).rootFingerprint;
  } catch (cause) {
    throw new NothingPublished(
      '数据目录中还没有公布的文件：请先运行 npx mandate publish，或用 --from 和 --root 指明读取哪里。',
      { cause },
    );
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new UsageError(`--from 不是网址：${text}`);
  return url;
}
