import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LIST_HEAD_VERSION } from '@mandate/lists';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { ListProjectionRepository } from '../../apps/registry/src/lists/list-projection.repository.ts';
import {
  changedStatement,
  findStatement,
  pageStatement,
  type Statement,
} from '../../apps/registry/src/lists/list-versions.repository.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { fillVersions } from '../support/many-versions.ts';

const REGISTER = 'authority-item';
const VERSIONS = 10;
// Organs are as large in both.
const SMALL = { organs: 4, items: 2_000, versions: VERSIONS };
const LARGE = { organs: 200, items: 100_000, versions: VERSIONS };
const PAGE = { limit: 101 };

/** A node of a plan as EXPLAIN tells it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

interface Measured {
  /** pages of 8 kB that were looked at */
  readonly blocks: number;
  /** tables that were read from end to end */
  readonly scanned: readonly string[];
}

const ORGAN = 'o-zzzzzzzzzzzzzzzk';
let databases: TestDatabase[] = [];
let clients: { readonly small: pg.Client; readonly large: pg.Client };

async function open(shape: typeof SMALL): Promise<pg.Client> {
  const database = await createTestDatabase();
  databases.push(database);
  const client = new pg.Client(database.ownerUrl);
  await client.connect();
  await fillVersions(client, shape);
  return client;
}

beforeAll(async () => {
  clients = { small: await open(SMALL), large: await open(LARGE) };
});
afterAll(async () => {
  await clients.small.end();
  await clients.large.end();
  for (const database of databases) await database.drop();
  databases = [];
});

async function explain(client: pg.Client, { text, values }: Statement): Promise<Measured> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON, TIMING OFF) ${text}`,
    values,
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (plan === undefined) throw new Error('no plan');
  const nodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  return {
    blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
    scanned: nodes(plan).flatMap((node) =>
      node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? '') : [],
    ),
  };
}

const asOf = new Date('2020-05-15T00:00:00Z');
const inForceOn = '2020-05-15';
const month = { after: '2020-05-10', until: '2020-06-10' } as const;
const history: Statement = {
  text: `SELECT e.key, e.index, e.leaf, e.bytes
    FROM stored_entry e WHERE e.register = $1 AND e.key = $2 ORDER BY e.entry_id LIMIT 101 OFFSET 0`,
  values: [REGISTER, `${ORGAN}.00007`],
};

describe('at 100,000 items with 10 versions each, as at a fiftieth of it', () => {
  test('the lists are as large as that', async () => {
    const { rows } = await clients.large.query<{ keys: number; versions: number; newest: number }>(
      `SELECT count(DISTINCT key)::int AS keys, count(*)::int AS versions, count(*) FILTER (WHERE newest)::int AS newest
       FROM list_version WHERE register = 'authority-item'`,
    );
    expect(rows).toEqual([{ keys: LARGE.items, versions: LARGE.items * VERSIONS, newest: LARGE.items }]);
  });

  test('their projection is the one that the entries make', async () => {
    const state = async (): Promise<unknown> =>
      (
        await clients.small.query(
          `SELECT count(*), md5(string_agg(v::text, E'\n' ORDER BY entry_id)) FROM list_version v`,
        )
      ).rows;
    const before = await state();
    const source = await new DataSource({ type: 'postgres', url: databases[0]?.ownerUrl ?? '' }).initialize();
    await source.transaction((tx) => new ListProjectionRepository().rebuild(tx, LIST_HEAD_VERSION));
    await source.destroy();
    expect(await state()).toEqual(before);
  });

  test.each<[string, Statement]>([
    ['the first page', pageStatement(REGISTER, {}, {}, PAGE)],
    ['a page in the middle', pageStatement(REGISTER, {}, {}, { ...PAGE, after: `${ORGAN}.00020` })],
    ['a page of an organ', pageStatement(REGISTER, {}, { owner: ORGAN }, PAGE)],
    ['a page of a category', pageStatement(REGISTER, {}, { category: '07' }, PAGE)],
    [
      'a page of an organ and a category',
      pageStatement(REGISTER, {}, { owner: ORGAN, category: '07' }, PAGE),
    ],
    ['a page of what is suspended', pageStatement(REGISTER, {}, { state: 'suspended' }, PAGE)],
    ['a page of what nobody has', pageStatement(REGISTER, {}, { state: 'cancelled' }, PAGE)],
    ['a page of a level', pageStatement(REGISTER, {}, { level: '3' }, PAGE)],
    ['a page of an earlier day', pageStatement(REGISTER, { asOf }, {}, PAGE)],
    ['a page of what was in force', pageStatement(REGISTER, { inForceOn }, {}, PAGE)],
    ['a page of both', pageStatement(REGISTER, { asOf, inForceOn }, { owner: ORGAN }, PAGE)],
    ['a category on an earlier day', pageStatement(REGISTER, { asOf }, { category: '07' }, PAGE)],
    ['an item', findStatement(REGISTER, `${ORGAN}.00007`, {})],
    ['an item of an earlier day', findStatement(REGISTER, `${ORGAN}.00007`, { asOf })],
    ['an item in force on a day', findStatement(REGISTER, `${ORGAN}.00007`, { asOf, inForceOn })],
    ['the history of an item', history],
    [
      'what changed in an organ in a month',
      changedStatement(REGISTER, { by: 'effective_date', ...month }, ORGAN, PAGE),
    ],
    [
      'what changed in a month',
      changedStatement(REGISTER, { by: 'effective_date', ...month }, undefined, PAGE),
    ],
    [
      'what was listed in a month',
      changedStatement(
        REGISTER,
        { by: 'listed_at', after: new Date(month.after), until: new Date(month.until) },
        undefined,
        PAGE,
      ),
    ],
  ])('%s is found by index and reads no more than before', async (_, statement) => {
    const small = await explain(clients.small, statement);
    const large = await explain(clients.large, statement);
    expect(large.scanned).toEqual([]);
    // A tree of fifty times as many rows is a step deeper; and rows that lay on one page lie on several.
    expect(large.blocks).toBeLessThan(4 * small.blocks + 400);
  });
});
