import { describe, expect, test } from '@jest/globals';
import {
  defineInput,
  inputState,
  organInScope,
  recordingReads,
  recordRead,
  remembered,
  withOrganInScope,
  withoutRecording,
} from './reads.ts';

const namesOf = async (run: () => unknown): Promise<string[]> => [...(await recordingReads(run)).names];

describe('what a page read', () => {
  test('is named for each page, also when it was computed for another', async () => {
    let computed = 0;
    const read = remembered(() => {
      recordRead('file:a');
      return ++computed;
    });
    expect(await namesOf(read)).toEqual(['file:a']);
    expect(await namesOf(read)).toEqual(['file:a']);
    expect(computed).toBe(1);
  });

  test('includes what remembered functions within it read, by their argument', async () => {
    const inner = remembered((name: string) => recordRead(`file:${name}`));
    const outer = remembered(() => {
      inner('a');
      inner('b');
    });
    inner('a');
    expect(await namesOf(outer)).toEqual(['file:a', 'file:b']);
    expect(await namesOf(() => inner('b'))).toEqual(['file:b']);
  });

  test('leaves out what a reader names more closely itself', async () => {
    const whole = remembered(() => recordRead('file:all'));
    const run = (): void => {
      recordRead('item:1');
      withoutRecording(whole);
    };
    expect(await namesOf(run)).toEqual(['item:1']);
  });

  test('does not mix with another page after one that failed', async () => {
    const failing = remembered((): never => {
      recordRead('file:broken');
      throw new Error('broken');
    });
    await expect(recordingReads(failing)).rejects.toThrow('broken');
    expect(await namesOf(() => recordRead('file:b'))).toEqual(['file:b']);
  });

  test('is computed again when more arguments came than are kept', () => {
    const seen: string[] = [];
    const read = remembered((name: string) => seen.push(name), 2);
    for (const name of ['a', 'b', 'c', 'c', 'a']) read(name);
    expect(seen).toEqual(['a', 'b', 'c', 'a']);
  });
});

test('the digest of an input is asked for once, and is no read of the page that asks', async () => {
  let asked = 0;
  defineInput('test', (rest) => {
    asked += 1;
    recordRead('file:below');
    return { digest: rest };
  });
  expect(await namesOf(() => inputState('test:x:y'))).toEqual([]);
  expect(inputState('test:x:y')).toEqual({ digest: 'x:y' });
  expect(asked).toBe(1);
  expect(() => inputState('unknown:x')).toThrow('unknown');
});

test('an organ is in scope while its addresses are planned, and no longer when that failed', async () => {
  await expect(withOrganInScope('o-1', () => Promise.resolve(organInScope()))).resolves.toBe('o-1');
  await expect(withOrganInScope('o-1', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(organInScope()).toBeUndefined();
});
