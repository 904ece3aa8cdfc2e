import { LOG_NAMES } from '@mandate/published';
import { z } from 'zod';
import { wholeNumber } from '../http/fields.ts';

export const LogParam = z.enum(LOG_NAMES, '日志名须为 lists 或 certificates').meta({ description: '日志' });
export const IndexParam = wholeNumber(0, 2 ** 50).meta({ description: '叶的序号，从 0 起' });
