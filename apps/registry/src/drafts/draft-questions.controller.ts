import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { DRAFT_READERS } from './draft-access.ts';
import { parseNumber } from './change-number.ts';
import { DraftMissingService } from './draft-missing.service.ts';
import { DraftPairsService } from './draft-pairs.service.ts';
import { DraftReadingService } from './draft-reading.service.ts';
import { draftHead } from './draft-view.ts';
import {
  ChangeParams,
  ChangePlaced,
  ChangesQuery,
  DraftHead,
  DraftParams,
  MissingBody,
  MissingPage,
  PairBody,
  PairPage,
} from './drafts.dto.ts';

/** What a draft asks before it can be submitted: «is this the same power?», «what becomes of this one?» */
@ApiTags('清单草稿')
@Controller('drafts/:id')
export class DraftQuestionsController {
  constructor(
    private readonly source: DataSource,
    private readonly reading: DraftReadingService,
    private readonly pairs: DraftPairsService,
    private readonly missing: DraftMissingService,
  ) {}

  @Get('pairs')
  @Roles(...DRAFT_READERS)
  @ApiSchemas({
    summary: '是否同一事项：来源中的与清单现有的对照，待答复的在前',
    params: DraftParams,
    query: ChangesQuery,
    response: PairPage,
  })
  listPairs(
    @Param('id', { schema: DraftParams.id }) id: string,
    @Query({ schema: ChangesQuery }) { limit, cursor: after }: ChangesQuery,
    @Caller() account: Account,
  ) {
    return this.reading.askedPairs(this.source.manager, account, { id, after, limit });
  }

  @Post('pairs/:number')
  @Roles('editor')
  @HttpCode(200)
  @ApiSchemas({
    summary: '答复某一项是否清单现有的同一事项；也可指明未列出的一项',
    params: ChangeParams,
    body: PairBody,
    response: ChangePlaced,
  })
  answer(
    @Param('id', { schema: ChangeParams.id }) draft: string,
    @Param('number', { schema: ChangeParams.number }) number: string,
    @Body({ schema: PairBody }) body: PairBody,
    @Caller() account: Account,
  ) {
    return inTransaction(this.source, (tx) =>
      this.pairs.answer(tx, account, { draft, number: parseNumber(number), ...body }),
    );
  }

  @Get('missing')
  @Roles(...DRAFT_READERS)
  @ApiSchemas({
    summary: '清单现有而来源中没有的事项，和对它们的决定',
    params: DraftParams,
    query: ChangesQuery,
    response: MissingPage,
  })
  listMissing(
    @Param('id', { schema: DraftParams.id }) id: string,
    @Query({ schema: ChangesQuery }) { limit, cursor: after }: ChangesQuery,
    @Caller() account: Account,
  ) {
    return this.reading.missing(this.source.manager, account, { id, after, limit });
  }

  @Put('missing')
  @Roles('editor')
  @ApiSchemas({
    summary: '决定来源中没有的事项：取消、保留或划转，可一次决定多项',
    params: DraftParams,
    body: MissingBody,
    response: DraftHead,
  })
  async decide(
    @Param('id', { schema: DraftParams.id }) draft: string,
    @Body({ schema: MissingBody }) { version, keys, decision, reason, related }: MissingBody,
    @Caller() account: Account,
  ) {
    const choice = { is: decision, reason, related };
    return draftHead(
      await inTransaction(this.source, (tx) =>
        this.missing.decide(tx, account, { draft, version, keys, choice }),
      ),
    );
  }
}
