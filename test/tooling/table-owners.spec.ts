import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { REPOSITORY } from './house-copy.ts';

/** The one feature that names a table in its SQL. Whoever else needs what is in it asks that feature's service. */
const OWNERS: Readonly<Record<string, string>> = {
  account: 'auth',
  account_change: 'auth',
  act: 'ledger',
  act_link: 'ledger',
  unchained_act: 'ledger',
  ledger_head: 'ledger',
  session: 'auth',
  sign_in_counter: 'auth',
  sign_in_place: 'auth',
  log: 'log',
  blob: 'log',
  entry: 'log',
  log_leaf: 'log',
  log_hash: 'log',
  checkpoint: 'log',
  unsequenced_entry: 'log',
  list_version: 'lists',
  list_projection: 'lists',
  draft: 'drafts',
  draft_change: 'drafts',
  draft_event: 'drafts',
  draft_entry: 'drafts',
  draft_overrule: 'drafts',
  import_source: 'imports',
  import_mapping: 'imports',
  certificate: 'certificates',
  revocation: 'certificates',
  continuation: 'certificates',
  lost_revocation: 'certificates',
};

/** The crossings: views by which a feature lets others read, in statements that must stay one statement. */
const VIEWS: Readonly<
  Record<string, { readonly owner: string; readonly readers: readonly string[]; readonly why: string }>
> = {
  stored_entry: {
    owner: 'log',
    readers: ['lists'],
    why: 'a page of a list is found by its versions and read with entry, place and content, at 100,000 items too',
  },
  account_name: {
    owner: 'auth',
    readers: ['drafts'],
    why: 'every row of a draft, of its changes and of its trail names who it was',
  },
};

interface Crossing {
  readonly file: string;
  readonly table: string;
}

/** Words behind FROM, JOIN, INTO and UPDATE in the texts of a source that are no function and no subquery. */
function tablesOf(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      // What is filled in stands as ?, so that a table that is chosen at run time is seen as one that nobody owns.
      const text = ts.isTemplateExpression(node)
        ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('?')
        : node.text;
      if (/\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN)\b/.test(text)) found.push(...wordsOf(text));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

function wordsOf(sql: string): string[] {
  const text = sql.replace(/--.*$/gm, '').replace(/\b(FOR|DO)\s+UPDATE\b|\bDISTINCT\s+FROM\b/g, '');
  const names = text.matchAll(
    /\b(?:(?:INTO|UPDATE)\s+("?[a-z_]+"?|\?)|(?:FROM|JOIN)\s+(?:LATERAL\s+|ONLY\s+)?("?[a-z_]+"?|\?)(?!\s*\(|[\w.]))/g,
  );
  return [...names].map(([, written = '', read = written]) => read.replaceAll('"', ''));
}

const SOURCES = globSync('apps/registry/{src,sample}/**/*.ts', { cwd: REPOSITORY })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.spec.ts'));
const read = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');
const roomOf = (file: string): string => file.split('/')[3] ?? '';

function crossingsOf(file: string, source: string): Crossing[] {
  const room = roomOf(file);
  // The catalogue and the list of migrations are the database's own.
  if (room === 'database') return [];
  return tablesOf(source)
    .filter(
      (table) =>
        OWNERS[table] !== room && VIEWS[table]?.owner !== room && !VIEWS[table]?.readers.includes(room),
    )
    .map((table) => ({ file, table }));
}

describe('the owners of the tables', () => {
  test('are said of every table and view that the migrations make, and of no other', () => {
    const migrations = globSync('migrations/*.ts', { cwd: REPOSITORY }).map(read).join('\n');
    const made = [...migrations.matchAll(/CREATE (?:TABLE|VIEW) ([a-z_]+)/g)].map(([, name]) => name);
    expect(made.sort()).toEqual([...Object.keys(OWNERS), ...Object.keys(VIEWS)].sort());
  });

  test('alone name them: no feature’s SQL touches a table of another', () => {
    expect(SOURCES.length).toBeGreaterThan(150);
    // SQLite's own schema table of a lock file is no table of this database.
    const crossings = SOURCES.flatMap((file) => crossingsOf(file, read(file))).filter(
      ({ table }) => table !== 'sqlite_schema',
    );
    expect(crossings).toEqual([]);
  });

  test('keep the entity of their table', () => {
    for (const file of SOURCES.filter((name) => name.endsWith('.entity.ts'))) {
      for (const [, table = ''] of read(file).matchAll(/@Entity\(\{ name: '([a-z_]+)'/g)) {
        expect([file, OWNERS[table]]).toEqual([file, roomOf(file)]);
      }
    }
  });

  test('use every crossing that is named', () => {
    const used = new Set(
      SOURCES.flatMap((file) => tablesOf(read(file)).map((table) => `${table} ${roomOf(file)}`)),
    );
    const named = Object.entries(VIEWS).flatMap(([view, { readers }]) =>
      readers.map((reader) => `${view} ${reader}`),
    );
    expect(named.filter((crossing) => !used.has(crossing))).toEqual([]);
  });

  test.each([
    ['SELECT 1 FROM entry e', 'entry'],
    ['SELECT 1 FROM list_version v\n  LEFT JOIN log_leaf l ON true', 'log_leaf'],
    ['INSERT INTO blob (hash) VALUES ($1)', 'blob'],
    ['UPDATE account SET roles = $1', 'account'],
    ['DELETE FROM certificate WHERE true', 'certificate'],
    ['WITH x AS (SELECT FROM checkpoint) SELECT 1', 'checkpoint'],
  ])('%s is seen in the lists', (sql, table) => {
    const file = 'apps/registry/src/lists/a.service.ts';
    expect(crossingsOf(file, `tx.query(${JSON.stringify(sql)})`)).toEqual([{ file, table }]);
    expect(crossingsOf(file, `tx.query(\`${sql} \${x}\`)`)).toEqual([{ file, table }]);
  });

  test('a table that is chosen at run time is nobody’s', () => {
    const file = 'apps/registry/src/lists/a.service.ts';
    expect(crossingsOf(file, 'tx.query(`SELECT 1 FROM ${table} t`)')).toEqual([{ file, table: '?' }]);
  });

  test('functions, subqueries, row locks and comparisons are no tables', () => {
    const file = 'apps/registry/src/lists/a.service.ts';
    const sql =
      'SELECT 1 FROM unnest($1::text[]) w JOIN (SELECT 1) q ON w IS DISTINCT FROM q CROSS JOIN LATERAL f(w) FOR UPDATE';
    expect(crossingsOf(file, `tx.query('${sql}')`)).toEqual([]);
  });
});
