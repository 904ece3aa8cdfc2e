import { beforeEach, describe, expect, test } from '@jest/globals';
import { ByteWriter } from '../codec/bytes.ts';
import { writeColumn } from '../codec/columns.ts';
import { encodeShard } from '../codec/shards.ts';
import { IndexFiles, type LoadFile } from './index-files.ts';
import { COLUMNS } from '../codec/manifest.ts';

const never = new AbortController().signal;
const utf8 = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function columns(): Uint8Array {
  const out = new ByteWriter();
  for (const _ of COLUMNS) writeColumn(out, [0]);
  return out.finish();
}

const FILES: Record<string, Uint8Array> = {
  'search/index/manifest.json': utf8({
    version: 1,
    digest: '',
    documents: 1,
    bits: { names: 0, readings: 0, exact: 0, text: 0 },
    sources: [['o-a', '局', '', 'o']],
    regions: [],
    levels: [''],
    sections: [''],
  }),
  'search/index/columns.bin': columns(),
  'search/index/names/0.bin': encodeShard(new Map([[7, [[0]]]])),
  'search/index/documents/0.json': utf8([['食品经营许可', '00001']]),
};

/** A web server that answers when it is told to. */
let asked: { path: string; signal: AbortSignal; answer: () => void; fail: () => void }[];
let slow: boolean;
const load: LoadFile = (path, signal) =>
  new Promise((resolve, reject) => {
    const answer = (): void => resolve(FILES[path] ?? new Uint8Array());
    asked.push({ path, signal, answer, fail: () => reject(new Error('offline')) });
    signal.addEventListener('abort', () => reject(new Error('stopped')));
    if (!slow) answer();
  });

let index: IndexFiles;
beforeEach(async () => {
  asked = [];
  slow = false;
  index = await IndexFiles.open(load, never);
  asked = [];
  slow = true;
});

describe('the files of the index', () => {
  test('are loaded once, however many ask at the same time', async () => {
    const both = Promise.all([index.lists('names', [7, 7], never), index.lists('names', [7], never)]);
    asked[0]?.answer();
    expect((await both)[0][1]?.[0]?.count).toBe(1);
    await index.lists('names', [7], never);
    expect(asked).toHaveLength(1);
  });

  test('that nobody waits for any more are stopped, and asked for anew later', async () => {
    const given = new AbortController();
    const lists = index.lists('names', [7], given.signal);
    given.abort();
    await expect(lists).rejects.toThrow();
    expect(asked[0]?.signal.aborted).toBe(true);
    const again = index.lists('names', [7], never);
    asked[1]?.answer();
    expect(await again).toHaveLength(1);
  });

  test('that somebody still waits for are not', async () => {
    const given = new AbortController();
    const one = index.lists('names', [7], given.signal);
    const other = index.lists('names', [7], never);
    given.abort();
    expect(asked[0]?.signal.aborted).toBe(false);
    asked[0]?.answer();
    await expect(one).rejects.toThrow();
    expect(await other).toHaveLength(1);
  });

  test('that could not be had are asked for again', async () => {
    const lists = index.lists('names', [7], never);
    asked[0]?.fail();
    await expect(lists).rejects.toThrow('offline');
    const again = index.lists('names', [7], never);
    asked[1]?.answer();
    expect(await again).toHaveLength(1);
  });

  test('a question that was given up before asks for nothing', async () => {
    await expect(index.names([0], AbortSignal.abort())).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  test.each([['not JSON'], ['{}'], ['[["a"]]'], ['[["a","../x"]]'], ['[7]']])(
    'names that nobody wrote are refused: %s',
    async (text) => {
      FILES['search/index/documents/0.json'] = new TextEncoder().encode(text);
      const names = index.names([0], never);
      asked[0]?.answer();
      await expect(names).rejects.toMatchObject({ name: 'SearchIndexError' });
    },
  );
});
