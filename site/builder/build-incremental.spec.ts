import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuthorityItem } from '@mandate/lists';
import { PUBLIC_URL, runBuild, type BuildOutcome } from '../../test/support/built-site.ts';
import { writePublishedFolder, type Act } from '../../test/support/published-folder.ts';
import { ACTS, CULTURE, FOOD, itemKey, MARKET } from '../../test/support/sample-acts.ts';

let folder: string;
let out: string;
let state: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mandate-test-incremental-'));
  [out, state] = [join(folder, 'out'), join(folder, 'state')];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LATER = { time: '2025-09-01T02:00:00Z', reason: '调整' };
const NEW_ITEM = act(6, { ...FOOD, name: '新列入的事项' }, LATER);
const CHANGED = act(
  2,
  { ...FOOD, name: '对未取得许可从事食品经营活动的行政处罚', category: '02', remarks: '有改动' },
  LATER,
);
const CANCELLED = act(
  3,
  { ...FOOD, name: '特种设备安全监督检查', category: '06', state: 'cancelled' },
  LATER,
);
const SCHEDULED = act(
  4,
  { ...FOOD, name: '查封、扣押违法经营的食品（新名）', category: '03' },
  { ...LATER, effectiveDate: '2025-12-01' },
);
const NEW_ORGAN: Act = {
  register: 'organ',
  key: 'o-neworganneworgan',
  blob: { ...CULTURE, key: 'o-neworganneworgan', name: '示例市新设局' },
  ...LATER,
};
const OF_NEW_ORGAN: Act = {
  ...act(1, { ...FOOD, organ: 'o-neworganneworgan', name: '新设局的事项' }, LATER),
  key: 'o-neworganneworgan.00001',
};
const RENAMED: Act = {
  register: 'organ',
  key: MARKET.key,
  blob: { ...MARKET, name: '示例市市场监督管理委员会' },
  ...LATER,
};

const CHANGES = [NEW_ITEM, CHANGED, CANCELLED, SCHEDULED];
const ORGANS = [NEW_ORGAN, OF_NEW_ORGAN, RENAMED];

describe('a build over the one before', () => {
  test('makes the bytes of a full one after new, changed, cancelled and scheduled items, and touches no other file', async () => {
    await build(ACTS, '2025-10-01');
    const before = stamps();
    const { output } = await build([...ACTS, ...CHANGES], '2025-10-01');
    await expectSameAsFull([...ACTS, ...CHANGES], '2025-10-01');
    expect(item(4)).toContain('查封、扣押违法经营的食品<');
    const after = stamps();
    const untouched = Object.keys(before).filter((file) => before[file] === after[file]);
    // The page of an item that nothing happened to, its neighbours' and those of other organs.
    for (const file of [page(1), page(5), `items/${CULTURE.key}/00001/index.html`, 'verify/index.html']) {
      expect(untouched).toContain(file);
    }
    expect(untouched).not.toContain(page(2));
    expect(Number(/(\d+) rendered/.exec(output)?.[1])).toBeLessThan(Object.keys(after).length / 2);
  });

  test('renders nothing and touches nothing when nothing has changed', async () => {
    const before = stamps();
    const { output } = await build([...ACTS, ...CHANGES], '2025-10-02');
    expect(output).toContain(' 0 rendered');
    expect(stamps()).toEqual(before);
  });

  test('makes the bytes of a full one when a scheduled day has come, with no entry in between', async () => {
    await build([...ACTS, ...CHANGES], '2025-12-01');
    expect(item(4)).toContain('（新名）');
    await expectSameAsFull([...ACTS, ...CHANGES], '2025-12-01');
  });

  test('makes the bytes of a full one after a new organ and a renamed one', async () => {
    await build([...ACTS, ...CHANGES, ...ORGANS], '2025-12-01');
    expect(item(1)).toContain('示例市市场监督管理委员会');
    await expectSameAsFull([...ACTS, ...CHANGES, ...ORGANS], '2025-12-01');
  });

  test('makes the bytes of a full one when items, an organ and a day are taken back', async () => {
    await build(ACTS, '2025-10-01');
    expect(readdirSync(join(out, 'items'))).not.toContain('o-neworganneworgan');
    await expectSameAsFull(ACTS, '2025-10-01');
  });

  test.each([
    ['while pages are rendered', () => readdirSync(join(state, 'incoming')).length > 0],
    ['while files are replaced', () => existsSync(join(state, 'placing.json'))],
  ])(
    'killed %s leaves what the next build completes, also when it is to make what was there before',
    async (_when, stopWhen) => {
      for (;;) {
        const changed = await variables([...ACTS, ...CHANGES], '2025-10-01');
        const { code } = await runBuild(changed, { stopWhen, signal: 'SIGKILL' });
        const isKilled = code === null;
        if (!isKilled) expect(code).toBe(0);
        await build(ACTS, '2025-10-01');
        if (isKilled) break;
        // The moment is short: where others are at work too, this process may look only after it.
      }
      await expectSameAsFull(ACTS, '2025-10-01');
      expect(existsSync(join(state, 'placing.json'))).toBe(false);
    },
  );

  test('refuses pages of another address, untouched, with an exit code of its own', async () => {
    const before = stamps();
    const { code } = await runBuild({
      ...(await variables(ACTS, '2025-10-01')),
      MANDATE_PUBLIC_URL: 'https://elsewhere.example',
    });
    expect(code).toBe(2);
    expect(stamps()).toEqual(before);
  });
});

function act(number: number, blob: AuthorityItem, more: Partial<Act> & Pick<Act, 'time' | 'reason'>): Act {
  return { register: 'authority-item', key: itemKey(MARKET, number), blob, ...more };
}

function page(number: number): string {
  return `items/${MARKET.key}/${String(number).padStart(5, '0')}/index.html`;
}

function item(number: number): string {
  return readFileSync(join(out, page(number)), 'utf8');
}

async function publish(acts: readonly Act[]): Promise<string> {
  const published = mkdtempSync(join(folder, 'published-'));
  await writePublishedFolder(published, acts, { publicUrl: PUBLIC_URL });
  return published;
}

async function variables(acts: readonly Act[], day: string): Promise<Record<string, string>> {
  return {
    MANDATE_PUBLISHED_DIR: await publish(acts),
    MANDATE_PUBLIC_URL: PUBLIC_URL,
    MANDATE_DAY: day,
    MANDATE_OUT_DIR: out,
    MANDATE_STATE_DIR: state,
  };
}

async function build(
  acts: readonly Act[],
  day: string,
  more: Record<string, string> = {},
): Promise<BuildOutcome> {
  const outcome = await runBuild({ ...(await variables(acts, day)), ...more });
  if (outcome.code !== 0) throw new Error(outcome.output);
  return outcome;
}

const full = new Map<string, Record<string, string>>();

async function expectSameAsFull(acts: readonly Act[], day: string): Promise<void> {
  const id = `${acts.length} ${day}`;
  let expected = full.get(id);
  if (expected === undefined) {
    const folderOfAll = mkdtempSync(join(folder, 'full-'));
    await build(acts, day, { MANDATE_OUT_DIR: folderOfAll, MANDATE_STATE_DIR: '' });
    expected = digests(folderOfAll);
    full.set(id, expected);
  }
  expect(digests(out)).toEqual(expected);
}

function files(root: string): string[] {
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return found.map(({ parentPath, name }) => relative(root, join(parentPath, name))).sort();
}

function digests(root: string): Record<string, string> {
  return Object.fromEntries(
    files(root).map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex'),
    ]),
  );
}

/** Inode and time of each file: what differs was written, be it with the same bytes. */
function stamps(): Record<string, string> {
  return Object.fromEntries(
    files(out).map((file) => {
      const { ino, mtimeMs } = statSync(join(out, file));
      return [file, `${ino} ${mtimeMs}`];
    }),
  );
}
