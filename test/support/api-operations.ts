/** A schema of the API's description, as far as tests look at it. */
export interface ApiSchema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ApiSchema;
  readonly items?: ApiSchema;
  readonly anyOf?: readonly ApiSchema[];
}

interface ApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: ApiSchema;
}

interface Content {
  readonly schema?: ApiSchema;
}

interface DescribedOperation {
  readonly parameters?: readonly ApiParameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, ApiSchema>> };
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of the API. */
export interface ApiOperation {
  /** `GET /api/drafts/{id}` */
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly parameters: readonly ApiParameter[];
  /** of a JSON body */
  readonly body: ApiSchema | undefined;
  /** of a body that is a file */
  readonly file: { readonly types: readonly string[]; readonly schema: ApiSchema } | undefined;
  readonly responses: DescribedOperation['responses'];
}

export function operationsOf(document: ApiDocument): readonly ApiOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([lower, { parameters = [], requestBody, responses }]) => {
      // OpenAPI writes methods in lower case.
      const method = lower.toUpperCase() as Method;
      const types = Object.keys(requestBody?.content ?? {});
      const [first = ''] = types;
      const schema = requestBody?.content[first]?.schema ?? {};
      const json = first === 'application/json';
      return {
        name: `${method} ${path}`,
        method,
        path,
        parameters,
        body: json ? schema : undefined,
        file: first !== '' && !json ? { types, schema } : undefined,
        responses,
      };
    }),
  );
}
