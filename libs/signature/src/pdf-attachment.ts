import { getDict, resolve, type PdfFile } from './pdf-file.ts';
import { StructureError, type PdfDict, type PdfStream, type PdfValue } from './pdf-values.ts';

const MAX_ATTACHMENT_BYTES = 4 * 1024 * 1024;

/**
 * The attached file of this name, inflated; undefined when nothing of that name is attached.
 * @throws StructureError for two of one name, a tree of names, a filter but Flate, or more than 4 MiB
 */
export async function findAttachment(
  file: PdfFile,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const catalog = getDict(file, file.trailer.entries.get('Root'), 'catalog');
  if (!catalog.entries.has('Names')) return undefined;
  const names = getDict(file, catalog.entries.get('Names'), 'names');
  if (!names.entries.has('EmbeddedFiles')) return undefined;
  const tree = getDict(file, names.entries.get('EmbeddedFiles'), 'embedded files');
  const list = resolve(file, tree.entries.get('Names'));
  if (list?.kind !== 'array' || tree.entries.size !== 1 || list.items.length % 2 !== 0)
    throw new StructureError('embedded files are not one flat list');
  const found = list.items
    .filter((_, index) => index % 2 === 1)
    .map((item) => getDict(file, item, 'file specification'))
    .filter((specification) => fileName(specification) === name);
  const [specification] = found;
  if (!specification) return undefined;
  if (found.length > 1) throw new StructureError(`two attachments named ${name}`);
  return inflate(getStream(file, specification));
}

/** Text strings of ISO 32000-1 §7.9.2.2: UTF-16BE behind its mark, else Latin. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return String.fromCharCode(...bytes.subarray(0, 4096));
  if (bytes.length % 2 !== 0) throw new StructureError('text of half a character');
  const units: number[] = [];
  for (let i = 2; i < bytes.length && i < 8192; i += 2)
    units.push(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  return String.fromCharCode(...units);
}

function fileName(specification: PdfDict): string | undefined {
  const [name, unicodeName] = ['F', 'UF'].map((key) => textOf(specification.entries.get(key)));
  // Which of the two is shown depends on the reader.
  if (name !== unicodeName) throw new StructureError('attachment with two names');
  return name;
}

function textOf(value: PdfValue | undefined): string | undefined {
  return value?.kind === 'string' ? decodeText(value.bytes) : undefined;
}

function getStream(file: PdfFile, specification: PdfDict): PdfStream {
  const embedded = getDict(file, specification.entries.get('EF'), 'embedded file');
  const streams = new Set([...embedded.entries.values()].map((value) => resolve(file, value)));
  const [stream] = streams;
  if (streams.size !== 1 || stream?.kind !== 'stream') throw new StructureError('not one embedded file');
  return stream;
}

async function inflate({ dict, data }: PdfStream): Promise<Uint8Array<ArrayBuffer>> {
  const filter = dict.entries.get('Filter');
  if (dict.entries.has('DecodeParms') || dict.entries.has('F'))
    throw new StructureError('stream from elsewhere');
  if (filter === undefined) return new Uint8Array(data);
  if (filter.kind !== 'name' || filter.value !== 'FlateDecode') throw new StructureError('unknown filter');
  const out = new Uint8Array(MAX_ATTACHMENT_BYTES);
  let length = 0;
  try {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate'));
    // By hand, so that a small file cannot become gigabytes in memory.
    for (let reader = stream.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) return out.slice(0, length);
      if (length + value.length > out.length) {
        await reader.cancel();
        throw new StructureError('attachment too large');
      }
      out.set(value, length);
      length += value.length;
    }
  } catch (cause) {
    if (cause instanceof StructureError) throw cause;
    throw new StructureError('attachment does not inflate', { cause });
  }
}
