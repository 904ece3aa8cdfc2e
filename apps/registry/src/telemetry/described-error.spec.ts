import { describe, expect, test } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { describeError } from './described-error.ts';

const SECRET = '张三丰 110101199003071234';
const written = (error: unknown) => JSON.stringify(describeError(error));

describe('an error in the log', () => {
  test('says of what kind it is and where it happened', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatchObject({
      type: 'TypeError',
      message: 'x is not a function',
      stack: expect.stringMatching(/at .*described-error\.spec\.ts/),
    });
  });

  test('of the database keeps place and code, no value and no parameter', () => {
    const driver = Object.assign(new Error(`invalid input syntax for type date: "${SECRET}"`), {
      severity: 'ERROR',
      code: '22007',
      detail: `Key (name)=(${SECRET}) already exists.`,
      table: 'certificate',
      constraint: 'certificate_pk',
    });
    const error = new QueryFailedError('INSERT INTO certificate VALUES ($1)', [SECRET], driver);
    expect(written(error)).not.toContain(SECRET);
    expect(describeError(error)).toMatchObject({
      type: 'QueryFailedError',
      code: '22007',
      database: { table: 'certificate', constraint: 'certificate_pk' },
    });
  });

  test.each([
    ['a parser', () => JSON.parse(`{"a": ${SECRET}`) as unknown],
    ['an address', () => new URL(`nothing ${SECRET}`)],
    [
      'a message with a quotation',
      () => {
        throw new Error(`没有“${SECRET}”，也没有 "${SECRET}" 和 '${SECRET}`);
      },
    ],
    [
      'its cause',
      () => {
        throw new Error('outer', { cause: new SyntaxError(SECRET) });
      },
    ],
    [
      'its properties',
      () => {
        throw Object.assign(new Error('x'), { input: SECRET, parameters: [SECRET] });
      },
    ],
  ])('does not repeat what was sent: %s', (_name, act) => {
    let caught: unknown;
    try {
      act();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeDefined();
    expect(written(caught)).not.toContain('张三丰');
    expect(written(caught)).not.toContain('110101199003071234');
  });

  test('that is no error is told by its type alone', () => {
    expect(describeError(SECRET)).toBe('string');
  });
});
