import { readingOptions } from '@mandate/list-files';
import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Account, Caller, Public, Roles } from '../auth/access.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { ImportAnswer, ImportQuery, TemplateParams, TemplateQuery } from './imports.dto.ts';
import { TEMPLATE_TYPES, TemplatesService } from './templates.service.ts';
import { UPLOAD_TYPES, withUpload } from './upload-bodies.ts';
import { UploadsService } from './uploads.service.ts';

@ApiTags('清单导入')
@Controller()
export class ImportsController {
  constructor(
    private readonly uploads: UploadsService,
    private readonly templates: TemplatesService,
  ) {}

  @Post('imports')
  @Roles('editor')
  @ApiSchemas({
    summary: '上传清单文件，成为待审核的草稿；模板填写有误时返回逐格的错误和标好错误的工作簿',
    query: ImportQuery,
    file: {
      types: UPLOAD_TYPES,
      description: '文件本身：.xlsx、.xls、.xlsb、.ods、CSV，或 Excel 存的网页、XML',
    },
    response: ImportAnswer,
    status: 201,
  })
  async upload(
    @Query({ schema: ImportQuery }) { file, column, category, splitBy, version, ...options }: ImportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() account: Account,
  ) {
    const reading = readingOptions({ columns: column, category, splitBy });
    const result = await withUpload(request.body, (bytes) =>
      this.uploads.take(account, { name: file, bytes }, { ...options, revision: version, reading }),
    );
    const drafts = 'lists' in result ? result.lists : [result];
    reply.status(drafts.some(({ draft }) => draft !== undefined) ? 201 : 200);
    return result;
  }

  @Get('templates/:list')
  @Public()
  @ApiProduces(...Object.values(TEMPLATE_TYPES))
  @ApiSchemas({
    summary: '清单模板：authority 或 negative 为空模板，机关或负面清单的标识为现有清单',
    params: TemplateParams,
    query: TemplateQuery,
  })
  async template(
    @Param('list', { schema: TemplateParams.list }) list: string,
    @Query({ schema: TemplateQuery }) { format }: TemplateQuery,
  ): Promise<StreamableFile> {
    const { name, bytes } = await this.templates.get(list, format);
    return new StreamableFile(bytes, {
      type: TEMPLATE_TYPES[format],
      disposition: `attachment; filename="list.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  }
}
