import type { NewDraft } from '@mandate/drafting';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { DRAFT_READERS, DRAFT_WORKERS } from './draft-access.ts';
import { DraftEditingService } from './draft-editing.service.ts';
import { DraftReadingService } from './draft-reading.service.ts';
import { draftHead } from './draft-view.ts';
import {
  CommentBody,
  DraftDetail,
  DraftHead,
  DraftPage,
  DraftParams,
  DraftsQuery,
  HeadingsEdit,
  NewDraftBody,
} from './drafts.dto.ts';
import { DraftsService } from './drafts.service.ts';

@ApiTags('清单草稿')
@Controller('drafts')
export class DraftsController {
  constructor(
    private readonly source: DataSource,
    private readonly drafts: DraftsService,
    private readonly editing: DraftEditingService,
    private readonly reading: DraftReadingService,
  ) {}

  @Post()
  @Roles('editor')
  @ApiSchemas({ summary: '起草对清单的改动', body: NewDraftBody, response: DraftHead, status: 201 })
  async create(@Body({ schema: NewDraftBody }) body: NewDraftBody, @Caller() account: Account) {
    return draftHead(
      // The value of a change is any JSON; the schema of its register judges it.
      await inTransaction(this.source, (tx) => this.drafts.create(tx, account, body as NewDraft)),
    );
  }

  @Get()
  @Roles(...DRAFT_READERS)
  @ApiSchemas({
    summary: '本机关的草稿，新的在前；审计和登记簿可看全部',
    query: DraftsQuery,
    response: DraftPage,
  })
  list(@Query({ schema: DraftsQuery }) query: DraftsQuery, @Caller() account: Account) {
    return this.reading.page(this.source.manager, account, query);
  }

  @Get(':id')
  @Roles(...DRAFT_READERS)
  @ApiSchemas({ summary: '一份草稿：经过、意见和改动的数目', params: DraftParams, response: DraftDetail })
  get(@Param('id', { schema: DraftParams.id }) id: string, @Caller() account: Account) {
    return this.reading.detail(this.source.manager, account, id);
  }

  @Put(':id')
  @Roles('editor')
  @ApiSchemas({
    summary: '修改标题、理由、文号、生效日期',
    params: DraftParams,
    body: HeadingsEdit,
    response: DraftHead,
  })
  async describe(
    @Param('id', { schema: DraftParams.id }) draft: string,
    @Body({ schema: HeadingsEdit }) { version, ...headings }: HeadingsEdit,
    @Caller() account: Account,
  ) {
    return draftHead(
      await inTransaction(this.source, (tx) =>
        this.editing.describe(tx, account, { draft, version, headings }),
      ),
    );
  }

  @Post(':id/comments')
  @Roles(...DRAFT_WORKERS)
  @HttpCode(204)
  @ApiSchemas({ summary: '写下意见', params: DraftParams, body: CommentBody, status: 204 })
  async comment(
    @Param('id', { schema: DraftParams.id }) draft: string,
    @Body({ schema: CommentBody }) body: CommentBody,
    @Caller() account: Account,
  ) {
    await inTransaction(this.source, (tx) => this.editing.comment(tx, account, { draft, ...body }));
  }
}
