import { DRAFT_ACTIONS, type DraftAction } from '@mandate/drafting';

/** What an act can be, with the words of the ledger. Who adds one gives it a word; the first half says what it is about. */
export const ACTIONS = {
  'registry.bootstrapped': '首次启动',
  'database.migrated': '升级数据库结构',
  'registry.backed-up': '备份',
  'registry.restored': '由备份恢复',
  'registry.recovered': '由已发布文件续接',
  'session.started': '登录',
  'session.refused': '登录被拒绝',
  'session.ended': '退出登录',
  'session.revoked': '终止会话',
  'session.listed': '查看他人的会话',
  'account.requested': '申请账号变更',
  'account.approved': '批准账号变更',
  'account.rejected': '否决账号变更',
  'account.activated': '启用账号',
  'account.reset-requested': '申请重设密码',
  'account.reset-approved': '批准重设密码',
  'account.enable-requested': '申请恢复账号',
  'account.enabled': '恢复账号',
  'account.disabled': '停用账号',
  'account.unlocked': '解除登录限制',
  'account.password-changed': '修改密码',
  ...draftActions(),
  'import.accepted': '导入成为草稿',
  'import.compared': '试导入，没有写入',
  'import.refused': '导入被拒绝',
  'import.mapping-saved': '记住导入的列对应',
  'import.mapping-deleted': '忘掉导入的列对应',
  'certificate.issued': '签发证照',
  'certificate.revoked': '撤销证照',
  'certificate.listed': '查阅证照名单',
  'certificate.read': '查阅一份证照',
  'certificate.document-read': '取回证照文件',
  'key.created': '生成机关密钥',
  'key.imported': '装入机关密钥',
  'key.used': '登记簿密钥签名（合计）',
  'publication.published': '以命令发布',
  'ledger.read': '查阅台账',
  'ledger.exported': '导出台账',
  'ledger.verified': '核验台账',
} as const;
export type Action = keyof typeof ACTIONS;

// Object.keys forgets the names; they are those of the table.
export const ACTION_CODES = Object.keys(ACTIONS) as [Action, ...Action[]];

function draftActions(): Readonly<Record<`draft.${DraftAction}`, string>> {
  const named = Object.entries(DRAFT_ACTIONS).map(([action, { name }]) => [
    `draft.${action}`,
    `草稿：${name}`,
  ]);
  // Object.fromEntries forgets the names; they are those of the table of drafts.
  return Object.fromEntries(named) as Record<`draft.${DraftAction}`, string>;
}
