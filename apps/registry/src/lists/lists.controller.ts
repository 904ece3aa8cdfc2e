import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { AsOfQuery, ItemDetail, ItemHistory, ItemPage, ItemsQuery, OrganList } from './lists.dto.ts';
import { ListReaderService } from './list-reader.service.ts';

@ApiTags('清单')
@Controller()
export class ListsController {
  constructor(private readonly reader: ListReaderService) {}

  @Get('organs')
  @Public()
  @ApiSchemas({ summary: '有清单的机关', query: AsOfQuery, response: OrganList })
  organs(@Query({ schema: AsOfQuery }) query: AsOfQuery) {
    return this.reader.organs(query.asOf);
  }

  @Get('items')
  @Public()
  @ApiSchemas({ summary: '权力事项，按标识排列', query: ItemsQuery, response: ItemPage })
  items(@Query({ schema: ItemsQuery }) query: ItemsQuery) {
    return this.reader.page(query);
  }

  @Get('items/:organ/:number')
  @Public()
  @ApiSchemas({ summary: '一个事项的全文', query: AsOfQuery, response: ItemDetail })
  item(
    @Param('organ') organ: string,
    @Param('number') number: string,
    @Query({ schema: AsOfQuery }) query: AsOfQuery,
  ) {
    return this.reader.item(organ, number, query.asOf);
  }

  @Get('items/:organ/:number/history')
  @Public()
  @ApiSchemas({ summary: '一个事项的全部条目，旧的在前', response: ItemHistory })
  history(@Param('organ') organ: string, @Param('number') number: string) {
    return this.reader.history(organ, number);
  }
}
