import type { Readable } from 'node:stream';
import { IMPORT_LIMITS } from '@mandate/list-files';
import type { FastifyInstance } from 'fastify';
import { ImportError } from './imports.errors.ts';

export const UPLOAD_TYPES = [
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-excel',
  'text/csv',
  'application/octet-stream',
];

/**
 * Lets files come as the body itself. They stay unread until a handler asks for them, after the guards: nobody who is not
 * signed in makes the server hold one. A form of another site cannot send these types without asking first.
 */
export function registerUploadBodies(server: FastifyInstance): void {
  server.addContentTypeParser(UPLOAD_TYPES, (_request, payload, done) => {
    done(null, payload);
  });
}

/** Bytes of files that came and are not answered yet, of all requests of this process. */
let held = 0;

/**
 * What a request's file becomes, which is held so long and counted: many that come at once are refused before they fill the
 * memory of the server, and a large one is not refused for being large.
 * @throws ImportError `too-large` | `reading-busy` | `not-a-workbook` for a request without a file; what `work` throws
 */
export async function withUpload<T>(body: unknown, work: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  if (!isReadable(body))
    throw new ImportError(
      'not-a-workbook',
      '请把文件本身作为请求内容发送，内容类型为 xlsx、xls 或 text/csv。',
    );
  let size = 0;
  try {
    const bytes = await readUpload(body, (length) => {
      size += length;
      held += length;
      refuseTooMuch(size);
    });
    return await work(bytes);
  } finally {
    held -= size;
  }
}

function refuseTooMuch(size: number): void {
  const { uploadBytes, heldUploadBytes } = IMPORT_LIMITS;
  if (size > uploadBytes)
    throw new ImportError(
      'too-large',
      `文件超过 ${(uploadBytes / 2 ** 20).toString()} MB。请拆成几份，或由登记簿管理员用命令行导入。`,
    );
  if (held > heldUploadBytes)
    throw new ImportError('reading-busy', '同时上传的文件太多，这份还没有读取。请过几分钟再试。');
}

async function readUpload(body: Readable, take: (length: number) => void): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  // Not destroyed where the loop ends early: what still comes has to be read, or the connection waits for it for ever.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<unknown>) {
    // A request's body without an encoding gives buffers.
    const bytes = chunk as Buffer;
    take(bytes.length);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function isReadable(body: unknown): body is Readable {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
