import { encodeHex } from '@mandate/encoding';
import { encodeCsv } from '@mandate/workbook';
import { type Action, ACTIONS } from '../ledger/actions.ts';
import type { ReadAct } from './ledger-reading.service.ts';

const WAYS: Readonly<Record<string, string>> = {
  http: '网络接口',
  'command-line': '命令行',
  start: '启动',
  worker: '后台任务',
};

export function actView({ number, at, login, action, subject, way, hostUser, detail, hash }: ReadAct) {
  return {
    number,
    at,
    ...(login !== null && { account: login }),
    action,
    name: nameOf(action),
    subject,
    ...(way !== null && { way }),
    ...(hostUser !== null && { hostUser }),
    ...(detail !== null && { detail }),
    hash: encodeHex(hash),
  };
}

const HEADINGS = [
  '序号',
  '时间（UTC）',
  '账号',
  '操作',
  '操作代码',
  '对象',
  '渠道',
  '本机用户',
  '详情',
  '链哈希',
];

/** One line an act. @param options.continued goes on with a text that has its headings */
export function ledgerCsv(acts: readonly ReadAct[], { continued = false } = {}): string {
  const csv = encodeCsv([
    ...(continued ? [] : [HEADINGS]),
    ...acts.map(({ number, at, login, action, subject, way, hostUser, detail, hash }) => [
      number,
      at,
      login ?? undefined,
      nameOf(action),
      action,
      subject,
      way === null ? undefined : (WAYS[way] ?? way),
      hostUser ?? undefined,
      detail === null ? undefined : JSON.stringify(detail),
      encodeHex(hash),
    ]),
  ]);
  return continued ? csv.replace(/^\ufeff/, '') : csv;
}

/** An action of a later version, or one that was written past this program, has no words here. */
function nameOf(action: string): string {
  return isAction(action) ? ACTIONS[action] : action;
}

function isAction(action: string): action is Action {
  return Object.hasOwn(ACTIONS, action);
}
