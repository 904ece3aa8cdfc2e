import type { ClientBase } from 'pg';

export interface TableShape {
  readonly name: string;
  /** without those that the database works out itself */
  readonly columns: readonly string[];
}

export interface SequenceState {
  readonly name: string;
  /** the last number it gave, as text: it is a bigint; null before the first */
  readonly last: string | null;
}

/** Every table but the list of migrations, each behind those that its foreign keys point to. */
export async function readTableShapes(client: ClientBase): Promise<readonly TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(`
    SELECT c.relname AS name,
      (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
      (SELECT coalesce(array_agg(DISTINCT f.relname::text), '{}') FROM pg_constraint k
       JOIN pg_class f ON f.oid = k.confrelid
       WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS needs
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'migrations'
    ORDER BY c.relname COLLATE "C"`);
  const placed = new Map<string, TableShape>();
  while (placed.size < rows.length) {
    const next = rows.filter(
      ({ name, needs }) => !placed.has(name) && needs.every((need) => placed.has(need)),
    );
    if (next.length === 0)
      throw new Error('tables point to each other in a circle: none can be filled first');
    for (const { name, columns } of next) placed.set(name, { name, columns });
  }
  return [...placed.values()];
}

/** @throws Error where this role may not read one: a number could be given twice */
export async function readSequences(client: ClientBase): Promise<readonly SequenceState[]> {
  const { rows } = await client.query<{ name: string; last: string | null; readable: boolean }>(`
    SELECT s.sequencename AS name, s.last_value::text AS last,
      has_sequence_privilege(format('%I.%I', s.schemaname, s.sequencename), 'USAGE, SELECT') AS readable
    FROM pg_sequences s WHERE s.schemaname = 'public' ORDER BY s.sequencename COLLATE "C"`);
  const hidden = rows.filter(({ readable }) => !readable).map(({ name }) => name);
  if (hidden.length > 0) throw new Error(`no right to read the sequences ${hidden.join(', ')}`);
  return rows.map(({ name, last }) => ({ name, last }));
}

/** Names in SQL; they come from the catalogue or from a manifest, and both are somebody else's. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function columnsOf({ columns }: TableShape): string {
  return columns.map(quoted).join(', ');
}
