import { StandardSchemaValidationPipe } from '@nestjs/common';
import { RequestError } from './http.errors.ts';

/** Holds every body and query to the zod schema of its handler. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new RequestError(
      issues.map(({ path = [], message }) => ({
        field: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
        message,
      })),
    ),
});
