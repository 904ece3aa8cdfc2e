import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { LogName } from '@mandate/published';
import { Public } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { IndexParam, LogParam } from './log.dto.ts';
import { LogService } from './log.service.ts';

@ApiTags('透明日志')
@Controller('log/:log')
export class LogController {
  constructor(private readonly logs: LogService) {}

  @Get('checkpoint')
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  @ApiSchemas({ summary: '最新检查点（C2SP tlog-checkpoint，签名笔记）', params: { log: LogParam } })
  async checkpoint(@Param('log', { schema: LogParam }) log: LogName) {
    return (await this.logs.latestCheckpoint(log)).note;
  }

  @Get('proof/:index')
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-cache')
  @ApiSchemas({
    summary: '某一条目在最新检查点下的收录证明（C2SP tlog-proof）',
    params: { log: LogParam, index: IndexParam },
  })
  proof(
    @Param('log', { schema: LogParam }) log: LogName,
    @Param('index', { schema: IndexParam }) index: number,
  ) {
    return this.logs.proofOf(log, index);
  }
}
