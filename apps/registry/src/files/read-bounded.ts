import { open, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A file that is none, that lies elsewhere than it is asked for, or that is longer than it may be. */
export class BoundedReadError extends Error {
  override readonly name = 'BoundedReadError';
  readonly code: 'not-a-file' | 'outside' | 'too-large';

  constructor(code: BoundedReadError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * A file of a folder that somebody else may have filled: a pipe or a device, which would be read for ever, is refused before
 * it is opened, a link that leads out of the folder is not followed, and no more is read than allowed, whatever the file
 * says of its size.
 * @param path below the folder, with `/`
 * @throws BoundedReadError, and what the system says: ENOENT …
 */
export async function readBounded(folder: string, path: string, maximumBytes: number): Promise<Uint8Array> {
  const root = await realpath(folder);
  const file = await realpath(join(root, path));
  if (!file.startsWith(root.endsWith(sep) ? root : root + sep))
    throw new BoundedReadError('outside', `${path} leads out of the folder`);
  return readFileBounded(file, maximumBytes);
}

/**
 * A file that somebody named, at most so long: no pipe and no device, which would be read for ever.
 * @throws BoundedReadError `not-a-file` | `too-large`, and what the system says
 */
export async function readFileBounded(path: string, maximumBytes: number): Promise<Uint8Array> {
  if (!(await stat(path)).isFile()) throw new BoundedReadError('not-a-file', `${path} is no file`);
  const handle = await open(path, 'r');
  try {
    // One byte more than it is said to have: a file that ends there is told from one that goes on.
    let bytes = new Uint8Array(Math.min((await handle.stat()).size, maximumBytes) + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (length > maximumBytes)
        throw new BoundedReadError('too-large', `${path}: more than ${maximumBytes.toString()} bytes`);
      if (bytesRead === 0) return bytes.subarray(0, length);
      if (length === bytes.length) bytes = grow(bytes, Math.min(2 * length + 4_096, maximumBytes + 1));
    }
  } finally {
    await handle.close();
  }
}

/** What grows while it is read, or does not say its size (a file of /proc). */
function grow(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}
