import { exampleOf } from '../../apps/registry/src/http/example.ts';
import type { ApiOperation, ApiSchema } from './api-operations.ts';

export type Place = 'path' | 'query' | 'body';

/** One field of the requests of an operation: a parameter, or a place in the body. */
export interface RequestField {
  readonly place: Place;
  /** names from the outside in; a member of a list is '0', of a record its first name */
  readonly path: readonly string[];
  readonly schema: ApiSchema;
}

/** A request that the operation takes. */
export interface GoodRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Every field of an operation, however deep. @param record a name that a record of the body takes */
export function fieldsOf(operation: ApiOperation, record: string): readonly RequestField[] {
  const parameters = operation.parameters.flatMap(({ in: place, name, schema }): RequestField[] =>
    place === 'header' ? [] : [{ place, path: [name], schema }],
  );
  const body = operation.body === undefined ? [] : leavesOf(operation.body, [], record);
  return [...parameters, ...body.map((leaf): RequestField => ({ place: 'body', ...leaf }))];
}

function leavesOf(
  schema: ApiSchema,
  path: readonly string[],
  record: string,
): readonly Pick<RequestField, 'path' | 'schema'>[] {
  const { properties, items, additionalProperties } = schema;
  if (properties !== undefined)
    return Object.entries(properties).flatMap(([name, one]) => leavesOf(one, [...path, name], record));
  if (items !== undefined) return leavesOf(items, [...path, '0'], record);
  if (typeof additionalProperties === 'object')
    return leavesOf(additionalProperties, [...path, record], record);
  return [{ path, schema }];
}

/** The good request with one value in one field, what it stands in made up where it was not there. */
export function withValue(
  operation: ApiOperation,
  good: GoodRequest,
  { place, path }: RequestField,
  value: unknown,
): { readonly url: string; readonly body: unknown } {
  const [name = ''] = path;
  const params = { ...good.params, ...(place === 'path' && { [name]: String(value) }) };
  const query = { ...good.query, ...(place === 'query' && { [name]: String(value) }) };
  const body = place === 'body' ? put(good.body ?? {}, operation.body ?? {}, path, value) : good.body;
  return { url: addressOf(operation, { params, query }), body };
}

export function addressOf({ path, name }: ApiOperation, { params = {}, query = {} }: GoodRequest): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, part: string) => {
    const value = params[part];
    if (value === undefined) throw new Error(`${name} has no good ${part}`);
    return encodeURIComponent(value);
  });
  const search = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return search.length === 0 ? filled : `${filled}?${search.join('&')}`;
}

function put(into: unknown, schema: ApiSchema, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const inner = schema.properties?.[name] ?? schema.items ?? otherProperty(schema);
  if (schema.items !== undefined) {
    const list: readonly unknown[] = Array.isArray(into) ? into : [exampleOf(inner)];
    return list.map((one, at) => (at === Number(name) ? put(one, inner, rest, value) : one));
  }
  const object: Record<string, unknown> =
    typeof into === 'object' && into !== null ? { ...into } : { ...Object(exampleOf(schema)) };
  object[name] = put(object[name], inner, rest, value);
  return object;
}

function otherProperty({ additionalProperties }: ApiSchema): ApiSchema {
  return typeof additionalProperties === 'object' ? additionalProperties : {};
}
