import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { HealthAnswer } from '../http/health-answer.ts';
import { HealthService } from './health.service.ts';

/** Health says of places and addresses nothing: anybody may ask. */
@ApiTags('健康')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Public()
  @ApiSchemas({ summary: '进程在运行', response: HealthAnswer })
  live(): HealthAnswer {
    return this.health.live();
  }

  @Get('ready')
  @Public()
  @ApiSchemas({
    summary: '可以处理请求；checks 说明各部分的情况，不能处理时状态码为 503',
    response: HealthAnswer,
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthAnswer> {
    return answer(reply, await this.health.ready());
  }

  @Get('startup')
  @Public()
  @ApiSchemas({ summary: '启动已完成：曾经可以处理请求', response: HealthAnswer })
  async startup(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthAnswer> {
    return answer(reply, await this.health.startup());
  }
}

function answer(reply: FastifyReply, health: HealthAnswer): HealthAnswer {
  void reply.header('cache-control', 'no-store');
  if (health.status === 'unavailable') void reply.header('retry-after', '5');
  void reply.status(health.status === 'unavailable' ? 503 : 200);
  return health;
}
