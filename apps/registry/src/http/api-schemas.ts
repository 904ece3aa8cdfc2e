import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { exampleOf } from './example.ts';

type SchemaObject = Parameters<typeof ApiResponse>[0] extends infer Options
  ? Options extends { schema: infer Schema }
    ? Schema
    : never
  : never;

/** A zod schema as OpenAPI 3.0 reads it. */
function openApiSchema(schema: z.ZodType): SchemaObject {
  // zod writes the dialect that was asked for; its own type only says "some JSON schema".
  return z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    unrepresentable: 'any',
    io: 'input',
  }) as SchemaObject;
}

/** The schema with an example: the one that is given, else one made up where that can be done. */
function described(schema: z.ZodType, given: unknown): { schema: SchemaObject; example?: unknown } {
  const described = openApiSchema(schema);
  const example = given ?? exampleOf(described);
  return schema.safeParse(example).success ? { schema: described, example } : { schema: described };
}

/** Documents a handler from the same zod schemas that validate it. */
export function ApiSchemas(options: {
  summary: string;
  body?: z.ZodType;
  query?: z.ZodObject;
  response?: z.ZodType;
  status?: number;
  /** of the answer, and of the body */
  example?: unknown;
  bodyExample?: unknown;
  /** the answer is there as CSV too */
  csv?: boolean;
}): MethodDecorator {
  const { summary, body, query, response, status = 200, example, bodyExample, csv = false } = options;
  const shape: Record<string, z.ZodType> = query?.shape ?? {};
  const queries = Object.entries(shape).map(([name, schema]) =>
    ApiQuery({ name, required: !schema.safeParse(undefined).success, schema: openApiSchema(schema) }),
  );
  const forms = {
    ...(response === undefined ? {} : { 'application/json': described(response, example) }),
    ...(csv ? { 'text/csv': { schema: { type: 'string' as const } } } : {}),
  };
  return applyDecorators(
    ApiOperation({ summary }),
    ...(body === undefined ? [] : [ApiBodyOf(body, bodyExample)]),
    ...queries,
    ApiResponse({
      status,
      description: summary,
      ...(Object.keys(forms).length === 0 ? {} : { content: forms }),
    }),
    ApiResponse({
      status: 'default',
      description: 'RFC 9457 problem+json',
      content: { 'application/problem+json': described(ProblemSchema, PROBLEM) },
    }),
  );
}

function ApiBodyOf(body: z.ZodType, given: unknown): MethodDecorator {
  const { schema, example } = described(body, given);
  return ApiBody({ schema, ...(example === undefined ? {} : { examples: { 示例: { value: example } } }) });
}

const ProblemSchema = z.looseObject({
  status: z.number().int(),
  code: z.string(),
  title: z.string(),
  instance: z.string(),
});
const PROBLEM = {
  status: 404,
  code: 'item-not-found',
  title: '没有标识为 o-b3gccx6q3daf3yud.00009 的事项，或者当时还没有。',
  instance: '3c1b6f8e-3b0f-4a53-9a0c-0d6d7ad2c7f4',
};
