import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
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
  /** by name, every part of the address that has one */
  params?: Readonly<Record<string, z.ZodType>>;
  body?: z.ZodType;
  /** the body is a file of one of these types, and no JSON */
  file?: { readonly types: readonly string[]; readonly description: string };
  query?: z.ZodObject;
  response?: z.ZodType;
  status?: number;
  /** of the answer, and of the body */
  example?: unknown;
  bodyExample?: unknown;
  /** the answer is there as CSV too */
  csv?: boolean;
}): MethodDecorator {
  const { summary, params = {}, body, file, query, response, status = 200, example, csv = false } = options;
  const shape: Record<string, z.ZodType> = query?.shape ?? {};
  const queries = Object.entries(shape).map(([name, schema]) =>
    ApiQuery({
      name,
      required: !schema.safeParse(undefined).success,
      schema: openApiSchema(schema),
      ...descriptionOf(schema),
    }),
  );
  const inAddress = Object.entries(params).map(([name, schema]) =>
    ApiParam({ name, required: true, schema: openApiSchema(schema), ...descriptionOf(schema) }),
  );
  const forms = {
    ...(response === undefined ? {} : { 'application/json': described(response, example) }),
    ...(csv ? { 'text/csv': { schema: { type: 'string' as const } } } : {}),
  };
  return applyDecorators(
    ApiOperation({ summary }),
    ...(body === undefined ? [] : [ApiBodyOf(body, options.bodyExample)]),
    ...(file === undefined ? [] : ApiFile(file)),
    ...inAddress,
    ...queries,
    ApiResponse({
      status,
      description: summary,
      ...(Object.keys(forms).length === 0 ? {} : { content: forms }),
    }),
    ...(['4XX', 'default'] as const).map((status) =>
      ApiResponse({
        status,
        description: PROBLEM_DESCRIPTIONS[status],
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            example: PROBLEMS[status],
          },
        },
      }),
    ),
  );
}

/** The schema of every refusal, as a component of the API's description. */
export function problemSchema(): SchemaObject {
  return openApiSchema(ProblemSchema);
}

function ApiFile({
  types,
  description,
}: {
  readonly types: readonly string[];
  readonly description: string;
}): MethodDecorator[] {
  return [
    ApiConsumes(...types),
    ApiBody({ required: true, description, schema: { type: 'string', format: 'binary' } }),
  ];
}

function descriptionOf(schema: z.ZodType): { description?: string } {
  return schema.description === undefined ? {} : { description: schema.description };
}

function ApiBodyOf(body: z.ZodType, given: unknown): MethodDecorator {
  const { schema, example } = described(body, given);
  return ApiBody({ schema, ...(example === undefined ? {} : { examples: { 示例: { value: example } } }) });
}

const RefusedSheet = z.object({
  sheet: z.string(),
  headerRow: z.number().int().meta({ description: '表头的首行，从 1 起' }),
  columns: z.array(
    z.object({
      column: z.string().meta({ description: '列号', example: 'C' }),
      header: z.string().meta({ description: '表头的文字，去掉空白；没有为空' }),
      understoodAs: z.string().optional().meta({ description: '认作哪个字段；没有认出则无' }),
      samples: z.array(z.string()).max(3).meta({ description: '其中几个单元格，过长的截短' }),
    }),
  ),
  columnsLeftOut: z.number().int().optional().meta({ description: '太多而没有列出的列数' }),
  missing: z.array(z.string()).meta({ description: '清单要有而没有找到的字段' }),
});

const ProblemSchema = z
  .looseObject({
    status: z.number().int(),
    code: z.string().meta({ description: '供程序辨认的代码，不会改变' }),
    title: z.string().meta({ description: '给人看的说明和办法' }),
    instance: z.string().meta({ description: '这次请求的编号' }),
    fields: z
      .array(z.looseObject({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: '有误的各项；field 为参数名或请求内容里的位置，如 holder.name' }),
    sheets: z
      .array(RefusedSheet)
      .max(3)
      .optional()
      .meta({ description: 'POST /api/imports：没有认出清单的工作表和它们的表头，供人指明各列' }),
    suggestions: z
      .array(
        z.object({
          reads: z.enum(['likely', 'by-cells', 'as-headed']).meta({
            description: 'likely 看内容最像；两列像是写反时，by-cells 照内容读，as-headed 照表头读',
          }),
          options: z.array(
            z.object({
              option: z.enum(['column', 'category', 'splitBy', 'organ']),
              value: z.string().meta({ example: '名称=许可事项名称' }),
            }),
          ),
        }),
      )
      .optional()
      .meta({ description: 'POST /api/imports：连同哪些参数再发一次就能读取；有几种办法的由人选定一种' }),
    organs: z
      .array(z.object({ words: z.string(), items: z.number().int() }))
      .optional()
      .meta({ description: 'POST /api/imports：看不出是哪个机关的清单时，文件里写的机关和各有几项' }),
  })
  .meta({ description: 'RFC 9457 problem+json' });

const PROBLEM_DESCRIPTIONS = {
  '4XX': '请求有误或不被允许：RFC 9457 problem+json',
  default: '其他情形：RFC 9457 problem+json',
} as const;
const INSTANCE = '3c1b6f8e-3b0f-4a53-9a0c-0d6d7ad2c7f4';
const PROBLEMS = {
  '4XX': {
    status: 422,
    code: 'invalid-request',
    title: '请求内容有误，请按各项提示更正。',
    fields: [{ field: 'holder.name', message: '请填写持证主体名称' }],
    instance: INSTANCE,
  },
  default: {
    status: 404,
    code: 'item-not-found',
    title: '没有标识为 o-b3gccx6q3daf3yud.00009 的事项，或者当时还没有。',
    instance: INSTANCE,
  },
} as const;
