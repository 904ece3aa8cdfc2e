import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Public } from '../auth/access.ts';
import { pendingMigrations } from '../database/migrate.ts';
import { ApiSchemas } from '../http/api-schemas.ts';

const Readiness = z.strictObject({
  status: z.enum(['ok', 'unavailable']),
  problems: z.array(z.string()).meta({ description: '不可用的原因' }),
});

@ApiTags('健康')
@Controller('health')
export class ReadinessController {
  constructor(private readonly source: DataSource) {}

  @Get('live')
  @Public()
  @ApiSchemas({ summary: '进程在运行', response: Readiness })
  live() {
    return { status: 'ok', problems: [] };
  }

  @Get('ready')
  @Public()
  @ApiSchemas({ summary: '可以处理请求：数据库可达且结构最新', response: Readiness })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const problems = await this.problems();
    void reply.status(problems.length === 0 ? 200 : 503);
    return { status: problems.length === 0 ? 'ok' : 'unavailable', problems };
  }

  private async problems(): Promise<readonly string[]> {
    try {
      const pending = await pendingMigrations(this.source);
      return pending.length === 0
        ? []
        : [`数据库结构不是最新，请先运行 mandate migrate：${pending.join(', ')}`];
    } catch {
      return ['数据库不可达'];
    }
  }
}
