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

/** @throws ImportError `too-large` | `not-a-workbook` for a request without a file */
export async function readUpload(body: unknown): Promise<Uint8Array> {
  const { uploadBytes } = IMPORT_LIMITS;
  if (!isReadable(body))
    throw new ImportError(
      'not-a-workbook',
      '请把文件本身作为请求内容发送，内容类型为 xlsx、xls 或 text/csv。',
    );
  const chunks: Buffer[] = [];
  let size = 0;
  // Not destroyed where the loop ends early: what still comes has to be read, or the connection waits for it for ever.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<unknown>) {
    // A request's body without an encoding gives buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > uploadBytes)
      throw new ImportError(
        'too-large',
        `文件超过 ${(uploadBytes / 2 ** 20).toString()} MB。请拆成几份，或由登记簿管理员用命令行导入。`,
      );
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function isReadable(body: unknown): body is Readable {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
