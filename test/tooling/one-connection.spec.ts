import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HouseCopy } from './house-copy.ts';

const TYPEORM = `import { DataSource, type EntityManager, type Repository } from 'typeorm';\n`;
const TRANSACTION = `import { inTransaction } from '../database/transaction.ts';\n`;

/** What the breaches call; nothing here breaks the rule. */
const HOUSE = {
  'apps/registry/src/database/transaction.ts':
    `import type { DataSource, EntityManager } from 'typeorm';\n` +
    `export function inTransaction<T>(source: DataSource, work: (tx: EntityManager) => Promise<T>): Promise<T> {\n` +
    `  return source.transaction(work);\n}\n`,
  'apps/registry/src/log/log.service.ts':
    `import type { DataSource, EntityManager } from 'typeorm';\n` +
    `export class LogService {\n` +
    `  constructor(private readonly source: DataSource) {}\n` +
    `  async size(tx: EntityManager = this.source.manager): Promise<unknown> {\n    return tx.query('SELECT 1');\n  }\n` +
    `  async newest(): Promise<unknown> {\n    return this.source.query('SELECT 1');\n  }\n` +
    `  count(): number {\n    return 1;\n  }\n}\n`,
  // Has no source itself: what it is given has.
  'apps/registry/src/lists/lists.service.ts':
    `import type { LogService } from '../log/log.service.ts';\n` +
    `export class ListsService {\n  constructor(private readonly log: LogService) {}\n` +
    `  async all(): Promise<unknown> {\n    return this.log.newest();\n  }\n}\n`,
  'apps/registry/src/keys/keys.service.ts': `export class KeysService {\n  async key(): Promise<string> {\n    return 'key';\n  }\n}\n`,
};

/** A service with these members and this body of a method that is given a transaction. */
const service = (body: string, more = ''): string =>
  `import type { LogService } from '../log/log.service.ts';\n` +
  `import type { ListsService } from '../lists/lists.service.ts';\n` +
  `import type { KeysService } from '../keys/keys.service.ts';\n` +
  TYPEORM +
  TRANSACTION +
  `export class Service {\n` +
  `  constructor(\n    readonly source: DataSource,\n    readonly log: LogService,\n    readonly lists: ListsService,\n` +
  `    readonly keys: KeysService,\n    readonly rows: Repository<object>,\n    readonly manager: EntityManager,\n  ) {}\n` +
  `  ${body}\n${more}}\nexport const used = [inTransaction, DataSource];\n`;
const given = (body: string, more = ''): string =>
  service(
    `async act(tx: EntityManager): Promise<unknown> {\n    await tx.query('SELECT 1');\n    ${body}\n  }`,
    more,
  );

const BREACHES: Readonly<Record<string, string>> = {
  'the data source': given(`return this.source.query('SELECT 1');`),
  'the data source under another name': given(
    `const { source } = this;\n    return source.query('SELECT 1');`,
  ),
  'the data source of the transaction': given(`return tx.connection.query('SELECT 1');`),
  'the manager of the data source': given(`return this.log.size(this.source.manager);`),
  'a repository that was injected': given(`return this.rows.find();`),
  'a manager that was injected': given(`return this.manager.query('SELECT 1');`),
  'a second transaction': given(`return inTransaction(this.source, (inner) => inner.query('SELECT 1'));`),
  'a method of a service with a source': given(`return this.log.newest();`),
  'a forgotten transaction': given(`return this.log.size();`),
  'a service whose service has a source': given(`return this.lists.all();`),
  'a method of its own without the transaction': given(
    `return this.later();`,
    `  async later(): Promise<unknown> {\n    return this.source.query('SELECT 1');\n  }\n`,
  ),
  'a function within': given(`return Promise.all([1].map(() => this.log.newest()));`),
  'the work of a transaction that takes none': service(
    `async act(): Promise<unknown> {\n    return inTransaction(this.source, () => this.log.newest());\n  }`,
  ),
  'the work of a transaction': service(
    `async act(): Promise<unknown> {\n    return inTransaction(this.source, async (tx) => {\n` +
      `      await tx.query('SELECT 1');\n      return this.log.newest();\n    });\n  }`,
  ),
  'a transaction that begins past the door': service(
    `async act(): Promise<unknown> {\n    return this.source.transaction((tx) => tx.query('SELECT 1'));\n  }`,
  ),
  'a runner of its own': service(`act(): unknown {\n    return this.source.createQueryRunner();\n  }`),
};

const ALLOWED: Readonly<Record<string, string>> = {
  'the transaction passed on': given(`return this.log.size(tx);`),
  'the transaction in an object': given(
    `return this.both({ tx });`,
    `  async both({ tx }: { tx: EntityManager }): Promise<unknown> {\n    return tx.query('SELECT 1');\n  }\n`,
  ),
  'what answers at once': given(`return this.log.count();`),
  'what knows no database': given(`return this.keys.key();`),
  'a manager for who has no transaction': service(
    `async act(tx: EntityManager = this.source.manager): Promise<unknown> {\n    return tx.query('SELECT 1');\n  }`,
  ),
  'one after the other': service(
    `async act(): Promise<unknown> {\n    await inTransaction(this.source, (tx) => tx.query('SELECT 1'));\n    return this.log.newest();\n  }`,
  ),
};

const fileOf = (kind: string, n: number): string =>
  `apps/registry/src/organs/${kind}-${n.toString()}.service.ts`;

describe('no second connection', () => {
  const found = new Map<string, readonly string[]>();
  let house: HouseCopy;

  beforeAll(async () => {
    const files: Record<string, string> = { ...HOUSE };
    Object.values(BREACHES).forEach((code, n) => (files[fileOf('breach', n)] = code));
    Object.values(ALLOWED).forEach((code, n) => (files[fileOf('allowed', n)] = code));
    house = await HouseCopy.build(files);
    const output = await house.run('eslint/bin/eslint.js', '--format', 'json', 'apps');
    const results = JSON.parse(output) as { filePath: string; messages: { ruleId: string | null }[] }[];
    for (const { filePath, messages } of results) {
      const at = filePath.replaceAll('\\', '/');
      found.set(
        at.slice(at.indexOf('apps/registry/')),
        messages.map(({ ruleId }) => ruleId ?? 'fault'),
      );
    }
  });
  afterAll(() => house.remove());

  test.each(Object.keys(BREACHES))('%s is found', (name) => {
    const rules = found.get(fileOf('breach', Object.keys(BREACHES).indexOf(name)));
    expect(new Set(rules)).toEqual(new Set(['mandate/one-connection']));
  });

  test.each(Object.keys(ALLOWED))('%s is allowed', (name) => {
    expect(found.get(fileOf('allowed', Object.keys(ALLOWED).indexOf(name)))).toEqual([]);
  });

  test.each(Object.keys(HOUSE))('%s is allowed', (file) => {
    expect(found.get(file)).toEqual([]);
  });
});
