import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../auth/access.ts';
import { Config } from '../config/config.ts';
import { mayReadMetrics } from '../http/metrics-access.ts';
import { Measures } from '../telemetry/measures.ts';
import { RegistryMeasuresService } from './registry-measures.service.ts';

export const METRICS_PATH = 'metrics';

/** For Prometheus; see docs/operations/watching.md. */
@ApiExcludeController()
@Controller(METRICS_PATH)
export class MetricsController {
  constructor(
    private readonly config: Config,
    private readonly measures: Measures,
    private readonly registry: RegistryMeasuresService,
  ) {}

  /** Public to the guard of accounts: who may read it, it decides itself. For everybody else it is not there. */
  @Get()
  @Public()
  async read(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if (!mayReadMetrics(request, this.config)) throw new NotFoundException();
    await this.registry.refresh();
    void reply.headers({ 'content-type': this.measures.registry.contentType, 'cache-control': 'no-store' });
    return this.measures.registry.metrics();
  }
}
