/** The parts of a JSON schema that an example follows from. */
interface Shape {
  readonly type?: unknown;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly enum?: unknown;
  readonly anyOf?: unknown;
  readonly oneOf?: unknown;
  readonly properties?: unknown;
  readonly required?: unknown;
  readonly items?: unknown;
  readonly minimum?: unknown;
  readonly format?: unknown;
  readonly minLength?: unknown;
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '3c1b6f8e-3b0f-4a53-9a0c-0d6d7ad2c7f4',
  date: '2026-01-31',
  'date-time': '2026-01-31T08:00:00Z',
  uri: 'https://example.org/',
};

/** A value of a schema, the smallest that shows what stands where. Text with a pattern may not be of it: let the schema decide. */
export function exampleOf(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const shape: Shape = schema;
  if (shape.example !== undefined) return shape.example;
  if (shape.default !== undefined) return shape.default;
  if (Array.isArray(shape.enum)) return shape.enum[0];
  for (const choice of [shape.anyOf, shape.oneOf]) if (Array.isArray(choice)) return exampleOf(choice[0]);
  switch (shape.type) {
    case 'object':
      return exampleOfObject(shape);
    case 'array':
      return [exampleOf(shape.items)];
    case 'integer':
    case 'number':
      return typeof shape.minimum === 'number' && shape.minimum > 0 ? shape.minimum : 1;
    case 'boolean':
      return true;
    case 'string':
      return (
        FORMATS[String(shape.format)] ??
        '示例'.repeat(Math.max(1, Math.ceil(Number(shape.minLength ?? 1) / 2)))
      );
    default:
      return undefined;
  }
}

function exampleOfObject({ properties, required }: Shape): Record<string, unknown> {
  const wanted = new Set(Array.isArray(required) ? required.map(String) : []);
  const fields = typeof properties === 'object' && properties !== null ? Object.entries(properties) : [];
  return Object.fromEntries(
    fields.filter(([name]) => wanted.has(name)).map(([name, of]) => [name, exampleOf(of)]),
  );
}
