import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { ImportMappingsService } from './import-mappings.service.ts';
import { MappingParams, Mappings } from './imports.dto.ts';

@ApiTags('清单导入')
@Controller('imports/mappings')
export class MappingsController {
  constructor(
    private readonly source: DataSource,
    private readonly mappings: ImportMappingsService,
  ) {}

  @Get()
  @Roles('editor')
  @ApiSchemas({ summary: '记住的列对应：导入时没有指明各列的，表头相同就照此读取', response: Mappings })
  async list(@Caller() account: Account) {
    const mappings = await this.mappings.list(account.organ ?? undefined);
    return {
      mappings: mappings.map(({ savedAt, ...mapping }) => ({ ...mapping, savedAt: savedAt.toISOString() })),
    };
  }

  @Delete(':organ/:signature')
  @Roles('editor')
  @HttpCode(204)
  @ApiSchemas({ summary: '忘掉一个列对应', params: MappingParams, status: 204 })
  async remove(
    @Param('organ', { schema: MappingParams.organ }) organ: string,
    @Param('signature', { schema: MappingParams.signature }) signature: string,
    @Caller() account: Account,
  ): Promise<void> {
    await inTransaction(this.source, (tx) => this.mappings.remove(tx, account, organ, signature));
  }
}
