import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { createTestServer, type TestServer } from '../support/application.ts';
import { type ApiDocument, operationsOf } from '../support/api-operations.ts';
import { routesOf } from '../support/routes.ts';

let server: TestServer;
let document: ApiDocument;

beforeAll(async () => {
  server = await createTestServer();
  document = (await server.app.inject('/api/openapi.json')).json();
});
afterAll(() => server.close());

/** The pages and files, the description itself, and what watches the registry. */
const UNDESCRIBED = /^GET (\*|\/metrics|\/api\/docs\b.*|\/api\/openapi\.(json|yaml))$/;

test('every route that the server answers is described, and none that it does not', () => {
  const routes = routesOf(server.app)
    .filter((route) => !UNDESCRIBED.test(route))
    .map((route) => route.replace(/:(\w+)/g, '{$1}'));
  expect(routes.length).toBeGreaterThan(40);
  expect(operationsOf(document).map(({ name }) => name)).toEqual(expect.arrayContaining(routes));
  expect(operationsOf(document)).toHaveLength(new Set(routes).size);
});

test('every handler holds its body, its query and each part of its address to a schema', () => {
  const KINDS: Readonly<Record<string, string>> = { 3: 'body', 4: 'query', 5: 'param' };
  const scanner = new MetadataScanner();
  const controllers = [...server.app.get(ModulesContainer).values()].flatMap(({ controllers }) => [
    ...controllers.values(),
  ]);
  const taken = controllers.flatMap(({ metatype }) => {
    if (metatype === null || typeof metatype !== 'function') return [];
    // Nest types a controller as any function; its prototype holds the handlers.
    return scanner.getAllMethodNames(metatype.prototype as object).flatMap((method) => {
      // What @Body, @Query and @Param noted: `kind:place` → argument.
      const noted = (Reflect.getMetadata('__routeArguments__', metatype, method) ?? {}) as Record<
        string,
        { data?: unknown; schema?: unknown }
      >;
      return Object.entries(noted).flatMap(([place, { data, schema }]) => {
        const kind = KINDS[place.split(':', 1)[0] ?? ''];
        return kind === undefined
          ? []
          : [{ what: `${metatype.name}.${method} ${kind} ${String(data)}`, held: schema !== undefined }];
      });
    });
  });
  expect(taken.length).toBeGreaterThan(60);
  expect(taken.filter(({ held }) => !held).map(({ what }) => what)).toEqual([]);
});

/** All that they ask is said by their address. */
const WITHOUT_BODY: ReadonlySet<string> = new Set([
  'POST /api/accounts/{login}/reset',
  'POST /api/accounts/{login}/enabling',
  'POST /api/account-changes/{id}/approval',
  'POST /api/account-changes/{id}/rejection',
]);

describe('every operation says', () => {
  const lacking = (
    lacks: (operation: ReturnType<typeof operationsOf>[number]) => boolean,
  ): readonly string[] => operationsOf(document).flatMap((one) => (lacks(one) ? [one.name] : []));

  test('each part of its address, with a schema', () => {
    expect(
      lacking(({ path, parameters }) =>
        [...path.matchAll(/\{(\w+)\}/g)].some(
          ([, name]) =>
            !parameters.some(
              (one) => one.in === 'path' && one.name === name && one.schema.type !== undefined,
            ),
        ),
      ),
    ).toEqual([]);
  });

  test('each parameter once, with a schema that says more than its type', () => {
    expect(
      lacking(
        ({ parameters }) =>
          new Set(parameters.map((one) => `${one.in} ${one.name}`)).size !== parameters.length ||
          parameters.some(({ schema }) => Object.keys(schema).filter((word) => word !== 'type').length === 0),
      ),
    ).toEqual([]);
  });

  test('its body, where it has one: a closed object, or a file of a named type', () => {
    expect(
      lacking(({ name, method, body, file }) => {
        if (file !== undefined) return !file.types.length || file.schema.format !== 'binary';
        if (body !== undefined) return body.type !== 'object' || body.additionalProperties !== false;
        return ['POST', 'PUT', 'PATCH'].includes(method) && !WITHOUT_BODY.has(name);
      }),
    ).toEqual([]);
    expect(operationsOf(document).filter(({ file }) => file !== undefined)).toEqual([
      expect.objectContaining({
        name: 'POST /api/imports',
        file: expect.objectContaining({ types: expect.arrayContaining(['text/csv']) }),
      }),
    ]);
  });

  test('what a refusal looks like, by the name of its schema', () => {
    const problem = { $ref: '#/components/schemas/Problem' };
    expect(
      lacking(({ responses }) =>
        ['4XX', 'default'].some(
          (status) =>
            JSON.stringify(responses[status]?.content?.['application/problem+json']?.schema) !==
            JSON.stringify(problem),
        ),
      ),
    ).toEqual([]);
    expect(document.components.schemas['Problem']).toMatchObject({
      type: 'object',
      required: ['status', 'code', 'title', 'instance'],
    });
  });
});
