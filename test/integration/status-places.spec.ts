import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { skipLost } from '../../apps/registry/src/certificates/skip-lost.ts';
import {
  findFreePlace,
  placeBehindLoss,
  WINDOW,
} from '../../apps/registry/src/certificates/status-places.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const GIVEN = 14_800;

let database: TestDatabase;
let owner: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
  // As many certificates as fill nine tenths of the first window; what they say is nobody's concern here.
  await owner.query(
    `INSERT INTO log (name, origin, vkey) VALUES ('certificates', 'example.org/certificates', 'key')`,
  );
  await owner.query(
    `INSERT INTO entry (log, leaf, leaf_hash)
     SELECT 'certificates', l, sha256('\\x00'::bytea || l)
     FROM (SELECT n::text::bytea AS l FROM generate_series(1, $1::int) AS n) AS leaves`,
    [GIVEN],
  );
  await owner.query(
    `INSERT INTO certificate (identifier, number, type_code, organ, content, document, document_digest, mandate_entry,
       issue_entry, status_index, issued_at)
     SELECT id::text, id::text, 't', 'o', '', '', sha256(id::text::bytea), id, id, row_number() OVER () - 1, now() FROM entry`,
  );
});
afterAll(async () => {
  await owner.destroy();
  await database.drop();
});

test('a place that is given is free, and of the first window or, where that is nearly full, the next', async () => {
  for (let n = 0; n < 20; n += 1) {
    const place = (await findFreePlace(owner.manager)) ?? -1;
    expect(place).toBeGreaterThanOrEqual(GIVEN);
    expect(place).toBeLessThan(2 * WINDOW);
  }
});

test('behind a loss: the window that places were given from, one more, and as many as the lost ones may have filled', async () => {
  const behind = (from: number, lost: number) => placeBehindLoss(owner.manager, { from, lost });
  // The first is nearly full, so the second may have been begun, and the third after it.
  expect(await behind(0, 0)).toBe(3 * WINDOW);
  expect(await behind(0, 30_000)).toBe(5 * WINDOW);
  expect(await behind(4 * WINDOW, 0)).toBe(6 * WINDOW);
});

test('when every window is left behind there is no place any more, rather than one that was given', async () => {
  const loss = { cause: 'restored', source: 'test', lost: 1_000_000 } as const;
  expect((await skipLost(owner.manager, loss)).firstPlace).toBe(131_072);
  expect(await findFreePlace(owner.manager)).toBeUndefined();
});
