import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { DraftDeskService, draftHead } from './draft-desk.service.ts';
import { DraftEditingService } from './draft-editing.service.ts';
import type { NewDraft } from './draft.ts';
import {
  CommentBody,
  DraftDetail,
  DraftHead,
  DraftPage,
  DraftsQuery,
  HeadingsEdit,
  NewDraftBody,
  Publication,
  PublicationBody,
  StepBody,
} from './drafts.dto.ts';
import { DraftsService } from './drafts.service.ts';

@ApiTags('清单草稿')
@Controller('drafts')
export class DraftsController {
  constructor(
    private readonly source: DataSource,
    private readonly drafts: DraftsService,
    private readonly editing: DraftEditingService,
    private readonly desk: DraftDeskService,
  ) {}

  @Post()
  @Roles('editor')
  @ApiSchemas({ summary: '起草对清单的改动', body: NewDraftBody, response: DraftHead, status: 201 })
  async create(@Body({ schema: NewDraftBody }) body: NewDraftBody, @Caller() account: Account) {
    // The value of a change is any JSON; the schema of its register judges it.
    const draft = body as NewDraft;
    return draftHead(await inTransaction(this.source, (tx) => this.drafts.create(tx, account, draft)));
  }

  @Get()
  @Roles('editor', 'reviewer', 'publisher', 'auditor')
  @ApiSchemas({
    summary: '本机关的草稿，新的在前；审计和登记簿可看全部',
    query: DraftsQuery,
    response: DraftPage,
  })
  list(@Query({ schema: DraftsQuery }) query: DraftsQuery, @Caller() account: Account) {
    return this.desk.page(account, query);
  }

  @Get(':id')
  @Roles('editor', 'reviewer', 'publisher', 'auditor')
  @ApiSchemas({ summary: '一份草稿：经过、意见和改动的数目', response: DraftDetail })
  get(@Param('id') id: string, @Caller() account: Account) {
    return this.desk.detail(account, id);
  }

  @Put(':id')
  @Roles('editor')
  @ApiSchemas({ summary: '修改标题、理由、文号、生效日期', body: HeadingsEdit, response: DraftHead })
  async describe(
    @Param('id') id: string,
    @Body({ schema: HeadingsEdit }) { version, ...headings }: HeadingsEdit,
    @Caller() account: Account,
  ) {
    return draftHead(
      await inTransaction(this.source, (tx) => this.editing.describe(tx, account, id, version, headings)),
    );
  }

  @Post(':id/comments')
  @Roles('editor', 'reviewer', 'publisher')
  @HttpCode(204)
  @ApiSchemas({ summary: '写下意见', body: CommentBody, status: 204 })
  async comment(
    @Param('id') id: string,
    @Body({ schema: CommentBody }) { comment, change }: CommentBody,
    @Caller() account: Account,
  ) {
    await inTransaction(this.source, (tx) => this.editing.comment(tx, account, id, comment, change));
  }

  @Post(':id/submission')
  @Roles('editor')
  @HttpCode(200)
  @ApiSchemas({ summary: '提交审核', body: StepBody, response: DraftHead })
  submit(@Param('id') id: string, @Body({ schema: StepBody }) body: StepBody, @Caller() account: Account) {
    return this.desk.step(account, id, 'submit', body);
  }

  @Post(':id/reopening')
  @Roles('editor')
  @HttpCode(200)
  @ApiSchemas({ summary: '取回修改；已有的通过随之失效', body: StepBody, response: DraftHead })
  reopen(@Param('id') id: string, @Body({ schema: StepBody }) body: StepBody, @Caller() account: Account) {
    return this.desk.step(account, id, 'reopen', body);
  }

  @Post(':id/withdrawal')
  @Roles('editor')
  @HttpCode(200)
  @ApiSchemas({ summary: '撤回，不再办理', body: StepBody, response: DraftHead })
  withdraw(@Param('id') id: string, @Body({ schema: StepBody }) body: StepBody, @Caller() account: Account) {
    return this.desk.step(account, id, 'withdraw', body);
  }

  @Post(':id/approval')
  @Roles('reviewer')
  @HttpCode(200)
  @ApiSchemas({ summary: '由没有参与起草的人通过', body: StepBody, response: DraftHead })
  approve(@Param('id') id: string, @Body({ schema: StepBody }) body: StepBody, @Caller() account: Account) {
    return this.desk.step(account, id, 'approve', body);
  }

  @Post(':id/rejection')
  @Roles('reviewer')
  @HttpCode(200)
  @ApiSchemas({ summary: '退回，写明理由', body: StepBody, response: DraftHead })
  reject(@Param('id') id: string, @Body({ schema: StepBody }) body: StepBody, @Caller() account: Account) {
    return this.desk.step(account, id, 'reject', body);
  }

  @Post(':id/publication')
  @Roles('publisher')
  @ApiSchemas({
    summary: '发布：写入清单，自生效日期起生效',
    body: PublicationBody,
    response: Publication,
    status: 201,
  })
  publish(
    @Param('id') id: string,
    @Body({ schema: PublicationBody }) body: PublicationBody,
    @Caller() account: Account,
  ) {
    return this.desk.publish(account, id, body);
  }
}
