import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Account, Caller, Roles } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import {
  CertificatePage,
  CertificateParams,
  CertificateQuery,
  CertificateSummary,
  IssueBody,
  RevokeBody,
} from './certificates.dto.ts';
import { CertificateReadingService } from './certificate-reading.service.ts';
import { CertificatesService, summaryOf } from './certificates.service.ts';
import { IssueService } from './issue.service.ts';
import { issuerOf } from './issuer.ts';
import { RevokeService } from './revoke.service.ts';

@ApiTags('证照')
@Controller('certificates')
export class CertificatesController {
  constructor(
    private readonly certificates: CertificatesService,
    private readonly reading: CertificateReadingService,
    private readonly issuing: IssueService,
    private readonly revoking: RevokeService,
  ) {}

  @Post()
  @Roles('issuer')
  @ApiSchemas({ summary: '以本机关名义签发证照', body: IssueBody, response: CertificateSummary, status: 201 })
  async issue(@Body({ schema: IssueBody }) body: IssueBody, @Caller() account: Account) {
    return summaryOf(await this.issuing.issueCertificate(body, issuerOf(account)), 'valid');
  }

  @Get()
  @Roles('issuer', 'auditor')
  @ApiSchemas({ summary: '本机关签发的证照，新的在前', query: CertificateQuery, response: CertificatePage })
  list(
    @Query({ schema: CertificateQuery }) query: { limit: number; cursor?: string },
    @Caller() account: Account,
  ) {
    return this.reading.page(account, query);
  }

  @Get(':identifier')
  @Roles('issuer', 'auditor')
  @ApiSchemas({ summary: '一份证照', params: CertificateParams, response: CertificateSummary })
  get(
    @Param('identifier', { schema: CertificateParams.identifier }) identifier: string,
    @Caller() account: Account,
  ) {
    return this.reading.summary(account, identifier);
  }

  @Get(':identifier/document')
  @Roles('issuer', 'auditor')
  @Header('cache-control', 'private, no-store')
  @ApiProduces('application/pdf')
  @ApiSchemas({ summary: '已签名的 PDF，附日志证明', params: CertificateParams })
  async document(
    @Param('identifier', { schema: CertificateParams.identifier }) identifier: string,
    @Caller() account: Account,
  ) {
    return new StreamableFile(await this.reading.document(account, identifier), { type: 'application/pdf' });
  }

  @Post(':identifier/revocation')
  @Roles('issuer')
  @HttpCode(204)
  @ApiSchemas({ summary: '吊销、注销或撤销证照', params: CertificateParams, body: RevokeBody, status: 204 })
  async revoke(
    @Param('identifier', { schema: CertificateParams.identifier }) identifier: string,
    @Body({ schema: RevokeBody }) body: RevokeBody,
    @Caller() account: Account,
  ) {
    await this.revoking.revoke(identifier, body.reason, issuerOf(account));
  }
}
