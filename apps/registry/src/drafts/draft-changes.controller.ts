import type { NewDraftChange } from '@mandate/drafting';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { DRAFT_READERS } from './draft-access.ts';
import { parseNumber } from './change-number.ts';
import { DraftComparisonService } from './draft-comparison.service.ts';
import { DraftEditingService } from './draft-editing.service.ts';
import { draftHead } from './draft-view.ts';
import {
  CancelMissingBody,
  ChangeDetail,
  ChangeEdit,
  ChangePage,
  ChangeParams,
  ChangePlaced,
  ChangesQuery,
  Comparison,
  DraftHead,
  DraftParams,
  NewChangeBody,
  VersionQuery,
} from './drafts.dto.ts';
import { DraftsService } from './drafts.service.ts';

@ApiTags('清单草稿')
@Controller('drafts/:id')
export class DraftChangesController {
  constructor(
    private readonly source: DataSource,
    private readonly drafts: DraftsService,
    private readonly editing: DraftEditingService,
    private readonly comparison: DraftComparisonService,
  ) {}

  @Get('changes')
  @Roles(...DRAFT_READERS)
  @ApiSchemas({ summary: '草稿的各项改动', params: DraftParams, query: ChangesQuery, response: ChangePage })
  async list(
    @Param('id', { schema: DraftParams.id }) id: string,
    @Query({ schema: ChangesQuery }) { limit, cursor, doubtful }: ChangesQuery,
    @Caller() account: Account,
  ) {
    const tx = this.source.manager;
    await this.drafts.get(tx, account, id);
    const changes = await this.drafts.changes(tx, id, { after: cursor, limit: limit + 1, doubtful });
    return { changes: changes.slice(0, limit), ...nextOf(changes, limit) };
  }

  @Get('comparison')
  @Roles(...DRAFT_READERS)
  @ApiSchemas({
    summary: '与清单现有的逐字段对照',
    params: DraftParams,
    query: ChangesQuery,
    response: Comparison,
  })
  async compare(
    @Param('id', { schema: DraftParams.id }) id: string,
    @Query({ schema: ChangesQuery }) { limit, cursor, doubtful }: ChangesQuery,
    @Caller() account: Account,
  ) {
    const tx = this.source.manager;
    const draft = await this.drafts.get(tx, account, id);
    const changes = await this.comparison.compare(tx, draft, { after: cursor, limit: limit + 1, doubtful });
    return { changes: changes.slice(0, limit), ...nextOf(changes, limit) };
  }

  @Get('changes/:number')
  @Roles(...DRAFT_READERS)
  @ApiSchemas({ summary: '一项改动，与清单现有的对照', params: ChangeParams, response: ChangeDetail })
  async get(
    @Param('id', { schema: ChangeParams.id }) id: string,
    @Param('number', { schema: ChangeParams.number }) number: string,
    @Caller() account: Account,
  ) {
    const tx = this.source.manager;
    const draft = await this.drafts.get(tx, account, id);
    return this.comparison.one(tx, draft, parseNumber(number));
  }

  @Post('changes')
  @Roles('editor')
  @ApiSchemas({
    summary: '加入一项改动',
    params: DraftParams,
    body: NewChangeBody,
    response: ChangePlaced,
    status: 201,
  })
  add(
    @Param('id', { schema: DraftParams.id }) draft: string,
    @Body({ schema: NewChangeBody }) body: NewChangeBody,
    @Caller() account: Account,
  ) {
    return inTransaction(this.source, (tx) =>
      this.editing.add(tx, account, { draft, change: changeOf(body) }),
    );
  }

  @Put('changes/:number')
  @Roles('editor')
  @ApiSchemas({ summary: '修改一项改动', params: ChangeParams, body: ChangeEdit, response: ChangePlaced })
  edit(
    @Param('id', { schema: ChangeParams.id }) draft: string,
    @Param('number', { schema: ChangeParams.number }) number: string,
    @Body({ schema: ChangeEdit }) { version, ...body }: ChangeEdit,
    @Caller() account: Account,
  ) {
    return inTransaction(this.source, (tx) =>
      this.editing.edit(tx, account, {
        draft,
        number: parseNumber(number),
        version,
        change: changeOf(body),
      }),
    );
  }

  @Delete('changes/:number')
  @Roles('editor')
  @ApiSchemas({ summary: '移出一项改动', params: ChangeParams, query: VersionQuery, response: DraftHead })
  async remove(
    @Param('id', { schema: ChangeParams.id }) draft: string,
    @Param('number', { schema: ChangeParams.number }) number: string,
    @Query({ schema: VersionQuery }) { version }: VersionQuery,
    @Caller() account: Account,
  ) {
    return draftHead(
      await inTransaction(this.source, (tx) =>
        this.editing.remove(tx, account, { draft, number: parseNumber(number), version }),
      ),
    );
  }

  @Post('cancellations')
  @Roles('editor')
  @HttpCode(200)
  @ApiSchemas({
    summary: '确认来源中没有的事项确已取消：各加入一项取消',
    params: DraftParams,
    body: CancelMissingBody,
    response: DraftHead,
  })
  async cancelMissing(
    @Param('id', { schema: DraftParams.id }) draft: string,
    @Body({ schema: CancelMissingBody }) body: CancelMissingBody,
    @Caller() account: Account,
  ) {
    return draftHead(
      await inTransaction(this.source, (tx) => this.editing.cancelMissing(tx, account, { draft, ...body })),
    );
  }
}

function changeOf(body: NewChangeBody): NewDraftChange {
  // Its value is any JSON; the schema of the register judges it.
  return body as NewDraftChange;
}

function nextOf(found: readonly { number: number }[], limit: number): { next?: number } {
  const last = found[limit - 1];
  return found.length > limit && last !== undefined ? { next: last.number } : {};
}
