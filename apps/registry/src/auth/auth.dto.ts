import { z } from 'zod';
import { ROLE_CODES } from './roles.ts';

export const SignInBody = z.strictObject({
  login: z.string().min(1).max(40).meta({ description: '账号', example: 'shiyao' }),
  password: z.string().min(1).max(200).meta({ description: '密码' }),
});
export type SignInBody = z.infer<typeof SignInBody>;

export const SignedInAccount = z.strictObject({
  login: z.string(),
  displayName: z.string(),
  organ: z.string().nullable().meta({ description: '所代表机关的标识；null 为登记簿管理员' }),
  roles: z.array(z.enum(ROLE_CODES)).meta({ description: '角色', example: ['editor'] }),
});
export type SignedInAccount = z.infer<typeof SignedInAccount>;
