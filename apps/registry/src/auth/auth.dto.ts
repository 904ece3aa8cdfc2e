import { z } from 'zod';
import { line } from '../http/fields.ts';
import { ROLE_CODES } from './roles.ts';

export const SignInBody = z.strictObject({
  login: line(40, '请填写账号').meta({ description: '账号', example: 'shiyao' }),
  // Never trimmed: what it is, its owner decided.
  password: z.string().min(1, '请填写密码').max(200, '密码最多 200 个字').meta({ description: '密码' }),
});
export type SignInBody = z.infer<typeof SignInBody>;

export const SignedInAccount = z.strictObject({
  login: z.string(),
  displayName: z.string(),
  organ: z.string().nullable().meta({ description: '所代表机关的标识；null 为登记簿管理员' }),
  roles: z.array(z.enum(ROLE_CODES)).meta({ description: '角色', example: ['editor'] }),
});
export type SignedInAccount = z.infer<typeof SignedInAccount>;
