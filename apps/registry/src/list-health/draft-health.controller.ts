import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { FindingsPage, FindingsParams, FindingsQuery } from './draft-health.dto.ts';
import { DraftHealthService } from './draft-health.service.ts';

@ApiTags('清单草稿')
@Controller('drafts')
export class DraftHealthController {
  constructor(private readonly health: DraftHealthService) {}

  @Get(':id/findings')
  @Roles('editor', 'reviewer', 'publisher', 'auditor')
  @ApiSchemas({
    summary: '清单体检：草稿里值得看一看的地方',
    params: FindingsParams,
    query: FindingsQuery,
    response: FindingsPage,
  })
  findings(
    @Param('id', { schema: FindingsParams.id }) id: string,
    @Query({ schema: FindingsQuery }) query: FindingsQuery,
    @Caller() account: Account,
  ) {
    return this.health.page(account, id, query);
  }
}
