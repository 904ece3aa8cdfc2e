import { blobName, type Json } from '@mandate/encoding';
import type { Register } from '@mandate/lists';
import { blobPath } from '@mandate/published';
import type { AuditedEntries } from './entries.ts';
import type { Findings } from './findings.ts';
import { type ItemContent, readItem } from './item-content.ts';
import { isNewer, readCanonical, textOf } from './json.ts';
import type { AuditSource } from './source.ts';

/** Contents of the blobs that are published, by name; whose name is in neither has none any more. */
export interface AuditedBlobs {
  readonly items: ReadonlyMap<string, ItemContent>;
  /** of every other register, whole */
  readonly values: ReadonlyMap<string, Json>;
}

/** Every blob that an entry names and that is there: its hash, and what the records need of it. */
export async function auditBlobs(
  source: AuditSource,
  { entries, otherBlobs }: AuditedEntries,
  findings: Findings,
): Promise<AuditedBlobs> {
  const items = new Map<string, ItemContent>();
  const values = new Map<string, Json>();
  let missing = 0;
  const registers = new Map<string, Register | undefined>(otherBlobs.map((blob) => [blob, undefined]));
  for (const { blob, register } of entries) registers.set(blob, register);
  for (const [name, register] of registers) {
    const path = blobPath(name);
    const bytes = await source.read(path);
    if (bytes === undefined) {
      missing += 1;
      continue;
    }
    findings.checked.blobs += 1;
    if (blobName(bytes) !== name) {
      findings.problem(path, '内容的哈希与文件名不同');
      continue;
    }
    const read = readCanonical(bytes);
    if ('fault' in read) {
      findings.problem(path, read.fault);
      continue;
    }
    const { value } = read;
    if (register !== undefined) noteSchema(path, register, value, findings);
    // An item is large and there are many: only what the records say of it is kept.
    if (register !== 'authority-item') {
      values.set(name, value);
      continue;
    }
    const item = readItem(value);
    if (item === undefined) findings.problem(path, '不是事项的内容');
    else items.set(name, item);
  }
  if (missing > 0) findings.warn(`${missing} 个条目所指的内容没有公布（已撤下，或被删除）`);
  return { items, values };
}

function noteSchema(path: string, register: Register, value: Json, findings: Findings): void {
  const schema = textOf(value, 'schema');
  if (isNewer(schema, register))
    findings.pass(path, `内容的格式 ${String(schema)} 比本程序新（newer-format）`);
  else if (schema !== `${register}/1`) findings.problem(path, `不是登记册 ${register} 的内容`);
}
