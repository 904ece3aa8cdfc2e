import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { type Answer, Answering } from '../http/representation.ts';
import { answerHistory, answerItems, answerRecords, detailBytes } from './list-answers.ts';
import { EXAMPLES } from './lists.examples.ts';
import {
  ItemDetail,
  ItemHistory,
  ItemPage,
  ItemParams,
  ItemsQuery,
  MomentQuery,
  OrganDetail,
  OrganHistory,
  OrganPage,
  OrganParams,
  PagingQuery,
  RecordsQuery,
} from './lists.dto.ts';
import { ListReaderService } from './list-reader.service.ts';

@ApiTags('清单')
@Controller()
export class ListsController {
  constructor(private readonly reader: ListReaderService) {}

  @Get('organs')
  @Public()
  @ApiSchemas({
    summary: '有清单的机关',
    query: RecordsQuery,
    response: OrganPage,
    example: EXAMPLES.organs,
    csv: true,
  })
  async organs(@Query({ schema: RecordsQuery }) query: RecordsQuery, @Answering() answer: Answer) {
    return answerRecords(answer, 'organs', await this.reader.records('organ', query), [
      ['标识', 'key'],
      ['名称', 'name'],
      ['简称', 'shortName'],
      ['统一社会信用代码', 'uscc'],
      ['行政区划', 'region'],
      ['地区', 'regionName'],
      ['层级', 'level'],
      ['上级', 'parent'],
    ]);
  }

  @Get('organs/:organ')
  @Public()
  @ApiSchemas({
    summary: '一个机关',
    params: OrganParams,
    query: MomentQuery,
    response: OrganDetail,
    example: EXAMPLES.organ,
  })
  async organ(
    @Param('organ', { schema: OrganParams.organ }) organ: string,
    @Query({ schema: MomentQuery }) query: MomentQuery,
    @Answering() answer: Answer,
  ) {
    return answer.json(detailBytes('organ', await this.reader.one('organ', organ, query)));
  }

  @Get('organs/:organ/history')
  @Public()
  @ApiSchemas({
    summary: '一个机关的全部条目（更名、合并、撤销），旧的在前',
    params: OrganParams,
    query: PagingQuery,
    response: OrganHistory,
    example: EXAMPLES.organHistory,
    csv: true,
  })
  async organHistory(
    @Param('organ', { schema: OrganParams.organ }) organ: string,
    @Query({ schema: PagingQuery }) query: PagingQuery,
    @Answering() answer: Answer,
  ) {
    return answerHistory(answer, 'organ', organ, await this.reader.history('organ', organ, query));
  }

  @Get('items')
  @Public()
  @ApiSchemas({
    summary: '权力事项，按标识排列',
    query: ItemsQuery,
    response: ItemPage,
    example: EXAMPLES.items,
    csv: true,
  })
  async items(@Query({ schema: ItemsQuery }) query: ItemsQuery, @Answering() answer: Answer) {
    return answerItems(answer, await this.reader.items(query));
  }

  @Get('items/:organ/:number')
  @Public()
  @ApiSchemas({
    summary: '一个事项的全文',
    params: ItemParams,
    query: MomentQuery,
    response: ItemDetail,
    example: EXAMPLES.item,
  })
  async item(
    @Param('organ', { schema: ItemParams.organ }) organ: string,
    @Param('number', { schema: ItemParams.number }) number: string,
    @Query({ schema: MomentQuery }) query: MomentQuery,
    @Answering() answer: Answer,
  ) {
    return answer.json(
      detailBytes('item', await this.reader.one('authority-item', `${organ}.${number}`, query)),
    );
  }

  @Get('items/:organ/:number/history')
  @Public()
  @ApiSchemas({
    summary: '一个事项的全部条目，旧的在前',
    params: ItemParams,
    query: PagingQuery,
    response: ItemHistory,
    example: EXAMPLES.itemHistory,
    csv: true,
  })
  async history(
    @Param('organ', { schema: ItemParams.organ }) organ: string,
    @Param('number', { schema: ItemParams.number }) number: string,
    @Query({ schema: PagingQuery }) query: PagingQuery,
    @Answering() answer: Answer,
  ) {
    const key = `${organ}.${number}`;
    return answerHistory(answer, 'item', key, await this.reader.history('authority-item', key, query));
  }
}
