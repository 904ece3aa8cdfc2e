import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { DRAFT_READERS } from './draft-access.ts';
import { OverruleBody, OverruleGiven, OverruleParams, Overrules } from './draft-overrules.dto.ts';
import { DraftOverrulesService } from './draft-overrules.service.ts';
import { draftHead } from './draft-view.ts';
import { DraftHead, DraftParams, VersionQuery } from './drafts.dto.ts';
import { DraftsService } from './drafts.service.ts';

@ApiTags('清单草稿')
@Controller('drafts/:id/overrules')
export class DraftOverrulesController {
  constructor(
    private readonly source: DataSource,
    private readonly drafts: DraftsService,
    private readonly overrules: DraftOverrulesService,
  ) {}

  @Get()
  @Roles(...DRAFT_READERS)
  @ApiSchemas({
    summary: '说明理由予以保留的体检问题，新的在前',
    params: DraftParams,
    response: Overrules,
  })
  async list(@Param('id', { schema: DraftParams.id }) id: string, @Caller() account: Account) {
    const tx = this.source.manager;
    const standing = await this.overrules.standing(tx, await this.drafts.get(tx, account, id));
    return {
      overrules: standing.map(({ covers, at, change, ...overrule }) => ({
        ...overrule,
        ...(change !== undefined && { change }),
        count: covers.size,
        at: at.toISOString(),
      })),
    };
  }

  @Post()
  @Roles('reviewer')
  @ApiSchemas({
    summary: '审核人说明理由，保留应当改正的问题：一项改动里的，或者一条规则的全部；理由随条目公开',
    params: DraftParams,
    body: OverruleBody,
    response: OverruleGiven,
    status: 201,
  })
  async give(
    @Param('id', { schema: DraftParams.id }) draft: string,
    @Body({ schema: OverruleBody }) body: OverruleBody,
    @Caller() account: Account,
  ) {
    const given = await inTransaction(this.source, (tx) =>
      this.overrules.give(tx, account, { draft, ...body }),
    );
    return { id: given.id, count: given.count, draft: draftHead(given.draft) };
  }

  @Delete(':overrule')
  @Roles('reviewer')
  @ApiSchemas({
    summary: '收回一条保留：它所说的问题又须处理',
    params: OverruleParams,
    query: VersionQuery,
    response: DraftHead,
  })
  async end(
    @Param('id', { schema: OverruleParams.id }) draft: string,
    @Param('overrule', { schema: OverruleParams.overrule }) overrule: string,
    @Query({ schema: VersionQuery }) { version }: VersionQuery,
    @Caller() account: Account,
  ) {
    return draftHead(
      await inTransaction(this.source, (tx) => this.overrules.end(tx, account, { draft, version, overrule })),
    );
  }
}
