import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PROGRAM_VERSION } from '../config/config.ts';
import { problemSchema } from './api-schemas.ts';

/** What `registerEntityTags` reads of every request that reads. */
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header' as const,
  required: false,
  description: '上次回答的 ETag；内容没有变化时回答 304',
  schema: { type: 'string' as const, example: '"4bFy0Ho3h0rX9kq5mU2cVw1d0aA"' },
};

/** The API's description (OpenAPI), from the schemas by which each handler is held. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('明权 Mandate API')
    .setDescription(
      '权责清单与电子证照登记簿。公开的读取不需登录；起草、审核、发证等需登录。\n\n' +
        '任何字段都不能含有控制字符（多行文字中的换行和制表符除外）、半个字符（不成对的代理码位）、改变文字方向的符号、零宽等看不见的字符；' +
        '日期须是 1900 至 2199 年间真实存在的一天。不符合的请求一律以 4xx 拒绝，并在 fields 里写明是哪一项。',
    )
    .setVersion(PROGRAM_VERSION)
    .setOpenAPIVersion('3.0.3')
    .addCookieAuth('mandate_session')
    .build();
  const description = SwaggerModule.createDocument(app, head);
  for (const { get: read } of Object.values(description.paths)) {
    if (read === undefined) continue;
    read.parameters = [...(read.parameters ?? []), IF_NONE_MATCH];
    read.responses['304'] = { description: '与客户端已有的相同（If-None-Match）' };
  }
  return {
    ...description,
    components: {
      ...description.components,
      schemas: { ...description.components?.schemas, Problem: problemSchema() },
    },
  };
}
