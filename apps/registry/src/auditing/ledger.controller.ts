import { Controller, Get, Header, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { type Answer, Answering, prefersCsv } from '../http/representation.ts';
import { LedgerPage, LedgerQuery } from './auditing.dto.ts';
import { actView, ledgerCsv } from './ledger-answer.ts';
import { LedgerReadingService } from './ledger-reading.service.ts';

@ApiTags('审计台账')
@Controller('ledger')
export class LedgerController {
  constructor(private readonly reading: LedgerReadingService) {}

  @Get()
  @Roles('auditor')
  @Header('cache-control', 'private, no-store')
  @ApiSchemas({
    summary: '审计台账，新的在前；只供登记簿的审计账号，查阅和导出也记入台账',
    query: LedgerQuery,
    response: LedgerPage,
    csv: true,
  })
  async page(
    @Query({ schema: LedgerQuery }) query: LedgerQuery,
    @Req() request: FastifyRequest,
    @Answering() answer: Answer,
    @Caller() account: Account,
  ) {
    const csv = prefersCsv(request.headers.accept);
    const { acts, next } = await this.reading.page(account, query, csv ? 'ledger.exported' : 'ledger.read');
    return answer.page({
      next,
      json: () => JSON.stringify({ acts: acts.map(actView), ...(next !== undefined && { next }) }),
      csv: () => ledgerCsv(acts),
    });
  }
}
