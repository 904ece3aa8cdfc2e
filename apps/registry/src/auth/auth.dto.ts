import { z } from 'zod';
import { key, line } from '../http/fields.ts';
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

const NewPassword = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: '新密码，至少 12 个字符，不能是常见的，不能含有账号' });
const Login = z.string().meta({ description: '账号', example: 'shiyao' });

/** Of addresses below /api/accounts, /api/account and /api/account-changes. */
export const AccountParams = { login: key('账号', 40) };
export const SessionParams = { id: key('会话的标识', 40) };
export const ChangeParams = { id: key('账号变更的标识', 40) };

export const PasswordBody = z.strictObject({
  current: z.string().min(1).max(200).meta({ description: '现在的密码' }),
  next: NewPassword,
});
export type PasswordBody = z.infer<typeof PasswordBody>;

const CodeHalf = key('启用码的一半', 40);
export const ActivationBody = z.strictObject({
  login: line(40, '请填写账号').meta({ description: '账号', example: 'shiyao' }),
  codes: z.tuple([CodeHalf, CodeHalf]).meta({
    description: '启用码的两半：申请人给的和批准人给的',
    example: ['b1946ac92492d2347c62', '591785b794601e212b26'],
  }),
  password: NewPassword,
});
export type ActivationBody = z.infer<typeof ActivationBody>;

export const OpenSession = z.strictObject({
  id: z.uuid(),
  startedAt: z.iso.datetime(),
  usedAt: z.iso.datetime().meta({ description: '最后一次使用，精确到几分钟' }),
  expiresAt: z.iso.datetime(),
  network: z
    .string()
    .meta({ description: '登录时的地址；IPv6 只记网段，命令行为 console', example: '192.0.2.7' }),
  way: z.string().nullable().meta({ description: '登录的途径', example: 'http' }),
  current: z.boolean().meta({ description: '就是这次请求所用的会话' }),
});
export const OpenSessions = z.strictObject({ sessions: z.array(OpenSession) });
export type OpenSessions = z.infer<typeof OpenSessions>;

export const EndedSessions = z.strictObject({ ended: z.number().int() });

export const ListedAccounts = z.strictObject({
  accounts: z.array(
    z.strictObject({
      ...SignedInAccount.shape,
      demo: z.boolean(),
      disabledAt: z.iso.datetime().nullable(),
      activated: z.boolean().meta({ description: '本人已设定密码' }),
    }),
  ),
});
export type ListedAccounts = z.infer<typeof ListedAccounts>;

export const DisablingBody = z.strictObject({
  reason: line(200, '请填写理由').meta({ description: '停用的理由，记入台账', example: '调离' }),
});
export type DisablingBody = z.infer<typeof DisablingBody>;

export const UnlockingBody = z.strictObject({
  address: z
    .union([z.ipv4(), z.ipv6()])
    .optional()
    .meta({ description: '同时解除对这个地址的限制', example: '192.0.2.7' }),
});
export type UnlockingBody = z.infer<typeof UnlockingBody>;

export const RequestedChange = z.strictObject({ change: z.uuid(), login: Login });

export const RequestedReset = z.strictObject({
  ...RequestedChange.shape,
  code: z.string().meta({ description: '启用码的前一半，请交给账号本人' }),
});

export const OpenChanges = z.strictObject({
  changes: z.array(
    z.strictObject({
      id: z.uuid(),
      kind: z.enum(['create', 'roles', 'reset', 'enable']),
      login: Login,
      organ: z.string().nullable(),
      roles: z.array(z.enum(ROLE_CODES)),
      requestedAt: z.iso.datetime(),
    }),
  ),
});
export type OpenChanges = z.infer<typeof OpenChanges>;

export const ApprovedChange = z.strictObject({
  login: Login,
  roles: z.array(z.enum(ROLE_CODES)),
  code: z.string().optional().meta({ description: '启用码的后一半，请交给账号本人' }),
});
