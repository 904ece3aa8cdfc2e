import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { AuthorityItemSchema } from '../authority-item.ts';
import { NegativeListItemSchema } from '../negative-list.ts';
import { fieldName } from './fields.ts';

/** Every property of a schema with the key of what it is in, at any depth. */
function fieldsOf(schema: z.core.JSONSchema.BaseSchema, parent = ''): [parent: string, key: string][] {
  const items = schema.items;
  if (typeof items === 'object' && !Array.isArray(items)) return fieldsOf(items, parent);
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [
    [parent, key] as [string, string],
    ...(typeof inner === 'object' ? fieldsOf(inner, key) : []),
  ]);
}

const fields = [AuthorityItemSchema, NegativeListItemSchema].flatMap((schema) =>
  fieldsOf(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })),
);

test('every field of an item has its name in both languages', () => {
  expect(fields.length).toBeGreaterThan(60);
  // Where a step leads is told in one phrase, by the names of the steps.
  const nameless = fields.filter(([parent, key]) => parent !== 'next' && fieldName(parent, key).name === key);
  expect(nameless.map((path) => path.join('.'))).toEqual([]);
});
