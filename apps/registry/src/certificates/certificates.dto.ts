import { z } from 'zod';
import { key, line, wholeNumber } from '../http/fields.ts';
import { CertificateSummary, IssueData } from './certificate-data.ts';

export { CertificateSummary, RevokeBody } from './certificate-data.ts';

export const IssueBody = IssueData.extend({
  type: line(60).meta({ description: '证照类型的名称或代码', example: '食品经营许可证' }),
  item: line(2_000)
    .optional()
    .meta({ description: '所依据权力事项的标识或名称；不填则由系统在本机关清单中查找' }),
});
export type IssueBody = z.infer<typeof IssueBody>;

export const CertificatePage = z.strictObject({
  certificates: z.array(CertificateSummary),
  next: z.string().optional().meta({ description: '下一页的 cursor' }),
});

export const CertificateQuery = z.object({
  limit: wholeNumber(1, 100).default(50),
  cursor: key('上一页的 next').optional(),
});

export const CertificateParams = { identifier: key('证照标识') };
