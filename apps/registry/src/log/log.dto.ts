import { LOG_NAMES } from '@mandate/published';
import { z } from 'zod';

export const LogParam = z.enum(LOG_NAMES, '日志名须为 lists 或 certificates').meta({ description: '日志' });
export const IndexParam = z.coerce
  .number('须为整数')
  .int('须为整数')
  .min(0)
  .max(2 ** 50)
  .meta({ description: '叶的序号，从 0 起' });
