import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { type Answer, Answering } from '../http/representation.ts';
import { answerHistory, answerNegativeItems, answerRecords, detailBytes } from './list-answers.ts';
import { EXAMPLES } from './lists.examples.ts';
import {
  EditionDetail,
  EditionPage,
  EditionParams,
  EditionsQuery,
  ListItemParams,
  ListParams,
  MomentQuery,
  NegativeItemDetail,
  NegativeItemHistory,
  NegativeItemPage,
  NegativeItemsQuery,
  NegativeListDetail,
  NegativeListPage,
  PagingQuery,
  RecordsQuery,
  RegionDetail,
  RegionPage,
  RegionParams,
} from './lists.dto.ts';
import { ListReaderService } from './list-reader.service.ts';

@ApiTags('清单')
@Controller()
export class RegistersController {
  constructor(private readonly reader: ListReaderService) {}

  @Get('regions')
  @Public()
  @ApiSchemas({
    summary: '行政区划',
    query: RecordsQuery,
    response: RegionPage,
    example: EXAMPLES.regions,
    csv: true,
  })
  async regions(@Query({ schema: RecordsQuery }) query: RecordsQuery, @Answering() answer: Answer) {
    return answerRecords(answer, 'regions', await this.reader.records('region', query), [
      ['代码', 'code'],
      ['名称', 'name'],
      ['层级', 'level'],
      ['上级', 'parent'],
    ]);
  }

  @Get('regions/:code')
  @Public()
  @ApiSchemas({
    summary: '一个行政区划',
    params: RegionParams,
    query: MomentQuery,
    response: RegionDetail,
    example: EXAMPLES.region,
  })
  async region(
    @Param('code', { schema: RegionParams.code }) code: string,
    @Query({ schema: MomentQuery }) query: MomentQuery,
    @Answering() answer: Answer,
  ) {
    return answer.json(detailBytes('region', await this.reader.one('region', code, query)));
  }

  @Get('negative-lists')
  @Public()
  @ApiSchemas({
    summary: '负面清单',
    query: RecordsQuery,
    response: NegativeListPage,
    example: EXAMPLES.negativeLists,
    csv: true,
  })
  async negativeLists(@Query({ schema: RecordsQuery }) query: RecordsQuery, @Answering() answer: Answer) {
    return answerRecords(answer, 'lists', await this.reader.records('negative-list', query), [
      ['标识', 'key'],
      ['名称', 'name'],
      ['种类', 'kind'],
      ['发布机关', 'issuer'],
      ['备注', 'remarks'],
    ]);
  }

  @Get('negative-lists/:list')
  @Public()
  @ApiSchemas({
    summary: '一份负面清单',
    params: ListParams,
    query: MomentQuery,
    response: NegativeListDetail,
    example: EXAMPLES.negativeList,
  })
  async negativeList(
    @Param('list', { schema: ListParams.list }) list: string,
    @Query({ schema: MomentQuery }) query: MomentQuery,
    @Answering() answer: Answer,
  ) {
    return answer.json(detailBytes('list', await this.reader.one('negative-list', list, query)));
  }

  @Get('negative-lists/:list/items')
  @Public()
  @ApiSchemas({
    summary: '一份负面清单的事项，按编码排列',
    params: ListParams,
    query: NegativeItemsQuery,
    response: NegativeItemPage,
    example: EXAMPLES.negativeItems,
    csv: true,
  })
  async negativeItems(
    @Param('list', { schema: ListParams.list }) list: string,
    @Query({ schema: NegativeItemsQuery }) { chapter: category, ...query }: NegativeItemsQuery,
    @Answering() answer: Answer,
  ) {
    return answerNegativeItems(answer, await this.reader.negativeItems(list, { ...query, category }));
  }

  @Get('negative-lists/:list/items/:code')
  @Public()
  @ApiSchemas({
    summary: '负面清单的一个事项',
    params: ListItemParams,
    query: MomentQuery,
    response: NegativeItemDetail,
    example: EXAMPLES.negativeItem,
  })
  async negativeItem(
    @Param('list', { schema: ListItemParams.list }) list: string,
    @Param('code', { schema: ListItemParams.code }) code: string,
    @Query({ schema: MomentQuery }) query: MomentQuery,
    @Answering() answer: Answer,
  ) {
    return answer.json(
      detailBytes('item', await this.reader.one('negative-list-item', `${list}.${code}`, query)),
    );
  }

  @Get('negative-lists/:list/items/:code/history')
  @Public()
  @ApiSchemas({
    summary: '负面清单一个事项的全部条目，旧的在前',
    params: ListItemParams,
    query: PagingQuery,
    response: NegativeItemHistory,
    example: EXAMPLES.negativeItemHistory,
    csv: true,
  })
  async negativeItemHistory(
    @Param('list', { schema: ListItemParams.list }) list: string,
    @Param('code', { schema: ListItemParams.code }) code: string,
    @Query({ schema: PagingQuery }) query: PagingQuery,
    @Answering() answer: Answer,
  ) {
    const key = `${list}.${code}`;
    return answerHistory(answer, 'item', key, await this.reader.history('negative-list-item', key, query));
  }

  @Get('editions')
  @Public()
  @ApiSchemas({
    summary: '整体审定公布的清单版本',
    query: EditionsQuery,
    response: EditionPage,
    example: EXAMPLES.editions,
    csv: true,
  })
  async editions(
    @Query({ schema: EditionsQuery }) { list: owner, ...query }: EditionsQuery,
    @Answering() answer: Answer,
  ) {
    return answerRecords(answer, 'editions', await this.reader.records('edition', { ...query, owner }), [
      ['清单', 'list'],
      ['版本', 'number'],
      ['名称', 'name'],
      ['日期', 'date'],
      ['文号', 'document'],
      ['批准机关', 'approvedBy'],
      ['事项数', 'items'],
      ['摘要', 'digest'],
    ]);
  }

  @Get('editions/:list/:number')
  @Public()
  @ApiSchemas({
    summary: '一个清单版本',
    params: EditionParams,
    query: MomentQuery,
    response: EditionDetail,
    example: EXAMPLES.edition,
  })
  async edition(
    @Param('list', { schema: EditionParams.list }) list: string,
    @Param('number', { schema: EditionParams.number }) number: string,
    @Query({ schema: MomentQuery }) query: MomentQuery,
    @Answering() answer: Answer,
  ) {
    return answer.json(detailBytes('edition', await this.reader.one('edition', `${list}.${number}`, query)));
  }
}
