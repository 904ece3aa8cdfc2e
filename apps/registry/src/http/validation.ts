import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { RequestError } from './http.errors.ts';
import { findBadText } from './request-text.ts';

/** Holds every body, query and parameter of a path to the rule of what text is, and to the zod schema of its handler. */
@Injectable()
export class ValidationPipe implements PipeTransform<unknown, Promise<unknown>> {
  async transform(
    value: unknown,
    { type, data: parameter = '', schema }: ArgumentMetadata,
  ): Promise<unknown> {
    // What a decorator of our own makes of a request is no longer what was sent.
    if (type === 'custom') return value;
    const bad = findBadText(value, parameter);
    if (bad.length > 0) throw new RequestError(bad);
    if (schema === undefined) return value;
    const result = await schema['~standard'].validate(value);
    if (result.issues === undefined) return result.value;
    throw new RequestError(
      result.issues.map(({ path = [], message }) => ({
        field: [
          ...(parameter === '' ? [] : [parameter]),
          ...path.map((part) => String(typeof part === 'object' ? part.key : part)),
        ].join('.'),
        message,
      })),
    );
  }
}
