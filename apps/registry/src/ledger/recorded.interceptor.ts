import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  Logger,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';
import { inActFlow } from './act-flow.ts';
import { requireRecorded } from './unrecorded.ts';

const UNRECORDED = 'mandate:unrecorded';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A handler that writes nothing although its method could, and why. */
export const Unrecorded = (reason: string): MethodDecorator => SetMetadata(UNRECORDED, reason);

// Whoever is not signed in signs out without an act; who is leaves one.
const ELSEWHERE: ReadonlySet<string> = new Set(['DELETE /api/session']);

/** No request that could write is answered well without an act in the ledger. */
@Injectable()
export class RecordedInterceptor implements NestInterceptor {
  private readonly logger = new Logger('ledger');

  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { method, routeOptions } = http.getRequest<FastifyRequest>();
    const route = `${method} ${routeOptions.url ?? ''}`;
    const reason = this.reflector.get<string | undefined>(UNRECORDED, context.getHandler());
    if (SAFE_METHODS.has(method) || ELSEWHERE.has(route) || reason !== undefined) return next.handle();
    return new Observable((subscriber) => {
      const { result, recorded } = inActFlow(() =>
        next
          .handle()
          .pipe(
            tap({
              complete: () => {
                if (http.getResponse<FastifyReply>().statusCode >= 300) return;
                requireRecorded(recorded(), route, this.logger);
              },
            }),
          )
          .subscribe(subscriber),
      );
      return () => result.unsubscribe();
    });
  }
}
