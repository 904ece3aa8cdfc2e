import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { ListedFindingsPage, ListedFindingsQuery } from './listed-findings.dto.ts';
import { ListedFindingsService } from './listed-findings.service.ts';

@ApiTags('清单体检')
@Controller('lists/findings')
export class ListedFindingsController {
  constructor(
    private readonly source: DataSource,
    private readonly listed: ListedFindingsService,
  ) {}

  @Get()
  @Roles('editor', 'reviewer', 'publisher', 'auditor')
  @ApiSchemas({
    summary: '现行清单里应当改正的问题：哪个机关、哪一项、从何时起，是否已说明理由保留；机关账号只看本机关的',
    query: ListedFindingsQuery,
    response: ListedFindingsPage,
  })
  find(@Query({ schema: ListedFindingsQuery }) query: ListedFindingsQuery, @Caller() account: Account) {
    const own = account.roles.includes('auditor') ? undefined : (account.organ ?? undefined);
    if (own !== undefined && query.organ !== undefined && query.organ !== own) return { findings: [] };
    return this.listed.page(this.source.manager, { ...query, organ: own ?? query.organ });
  }
}
