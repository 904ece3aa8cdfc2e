import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

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

/** Documents a handler from the same zod schemas that validate it. */
export function ApiSchemas(options: {
  summary: string;
  body?: z.ZodType;
  query?: z.ZodObject;
  response?: z.ZodType;
  status?: number;
}): MethodDecorator {
  const { summary, body, query, response, status = 200 } = options;
  const shape: Record<string, z.ZodType> = query?.shape ?? {};
  const queries = Object.entries(shape).map(([name, schema]) =>
    ApiQuery({ name, required: !schema.safeParse(undefined).success, schema: openApiSchema(schema) }),
  );
  return applyDecorators(
    ApiOperation({ summary }),
    ...(body === undefined ? [] : [ApiBody({ schema: openApiSchema(body) })]),
    ...queries,
    ApiResponse({
      status,
      description: summary,
      ...(response === undefined ? {} : { schema: openApiSchema(response) }),
    }),
    ApiResponse({ status: 'default', description: 'RFC 9457 problem+json' }),
  );
}
