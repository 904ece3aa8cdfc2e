import { z } from 'zod';
import { CertificateSummary, IssueData } from './certificate-data.ts';

export { CertificateSummary, RevokeBody } from './certificate-data.ts';

export const IssueBody = IssueData.extend({
  type: z.string().min(1).max(60).meta({ description: '证照类型的名称或代码', example: '食品经营许可证' }),
  item: z
    .string()
    .max(40)
    .optional()
    .meta({ description: '所依据的权力事项；不填则由系统在本机关清单中查找' }),
});
export type IssueBody = z.infer<typeof IssueBody>;

export const CertificatePage = z.strictObject({
  certificates: z.array(CertificateSummary),
  next: z.string().optional().meta({ description: '下一页的 cursor' }),
});

export const CertificateQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(120).optional(),
});
