import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { type Answer, Answering } from '../http/representation.ts';
import { ComparisonService } from './comparison.service.ts';
import { answerComparison } from './list-answers.ts';
import { EXAMPLES } from './lists.examples.ts';
import {
  CompareItemsQuery,
  CompareQuery,
  Comparison,
  DaysQuery,
  ItemParams,
  ListItemParams,
  ListParams,
} from './lists.dto.ts';

@ApiTags('比较')
@Controller('compare')
export class ComparisonController {
  constructor(private readonly comparison: ComparisonService) {}

  @Get('items')
  @Public()
  @ApiSchemas({
    summary: '两天之间，一个机关或全部机关的清单有何不同',
    query: CompareItemsQuery,
    response: Comparison,
    example: EXAMPLES.comparison,
    csv: true,
  })
  async items(@Query({ schema: CompareItemsQuery }) query: CompareItemsQuery, @Answering() answer: Answer) {
    return answerComparison(answer, await this.comparison.compareAll('authority-item', query.organ, query));
  }

  @Get('items/:organ/:number')
  @Public()
  @ApiSchemas({
    summary: '两天之间，一个事项有何不同',
    params: ItemParams,
    query: DaysQuery,
    response: Comparison,
    example: EXAMPLES.comparison,
    csv: true,
  })
  async item(
    @Param('organ', { schema: ItemParams.organ }) organ: string,
    @Param('number', { schema: ItemParams.number }) number: string,
    @Query({ schema: DaysQuery }) days: DaysQuery,
    @Answering() answer: Answer,
  ) {
    const key = `${organ}.${number}`;
    return answerComparison(answer, await this.comparison.compareItem('authority-item', key, days));
  }

  @Get('negative-lists/:list')
  @Public()
  @ApiSchemas({
    summary: '两天之间，一份负面清单有何不同',
    params: ListParams,
    query: CompareQuery,
    response: Comparison,
    example: EXAMPLES.negativeComparison,
    csv: true,
  })
  async negativeList(
    @Param('list', { schema: ListParams.list }) list: string,
    @Query({ schema: CompareQuery }) query: CompareQuery,
    @Answering() answer: Answer,
  ) {
    return answerComparison(answer, await this.comparison.compareAll('negative-list-item', list, query));
  }

  @Get('negative-lists/:list/items/:code')
  @Public()
  @ApiSchemas({
    summary: '两天之间，负面清单的一个事项有何不同',
    params: ListItemParams,
    query: DaysQuery,
    response: Comparison,
    example: EXAMPLES.negativeComparison,
    csv: true,
  })
  async negativeItem(
    @Param('list', { schema: ListItemParams.list }) list: string,
    @Param('code', { schema: ListItemParams.code }) code: string,
    @Query({ schema: DaysQuery }) days: DaysQuery,
    @Answering() answer: Answer,
  ) {
    const key = `${list}.${code}`;
    return answerComparison(answer, await this.comparison.compareItem('negative-list-item', key, days));
  }
}
