/** What an account may do, with the words officials use. An auditor reads everything and writes nothing. */
export const ROLES = {
  editor: '编辑',
  reviewer: '审核',
  publisher: '发布',
  auditor: '审计',
  issuer: '发证',
} as const;

export type Role = keyof typeof ROLES;

// Object.keys forgets the names; they are those of the table.
export const ROLE_CODES = Object.keys(ROLES) as [Role, ...Role[]];
