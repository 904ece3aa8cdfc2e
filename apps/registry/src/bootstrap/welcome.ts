import { relative } from 'node:path';
import { ROLES } from '../auth/roles.ts';
import { type Config, PROJECT_DIR } from '../config/config.ts';
import type { Prepared } from './prepared.ts';

const DEFAULT_PORT = 4180;

/** The one screen a person sees after `npm start`. */
export function welcome(config: Config, { accounts }: Prepared, tookMs: number): string {
  const url = `http://localhost:${config.port}`;
  const lines = [
    '',
    `明权 Mandate 已就绪（ready，${(tookMs / 1000).toFixed(1)} 秒）`,
    '',
    `  网站 site           ${url}/`,
    `  接口说明 API docs    ${url}/api/docs`,
    `  健康检查 health      ${url}/api/health/ready`,
    `  数据文件夹 data      ${config.dataDir}`,
    '',
    ...signInLines(accounts, url),
    '  先试试（try first）',
    ...firstSteps(config, accounts.length > 0, url),
    '',
    '  Ctrl-C 停止（stops everything）',
    '',
  ];
  return lines.join('\n');
}

function firstSteps(config: Config, demo: boolean, url: string): readonly string[] {
  const mandate = `${commandEnvironment(config)}npx mandate`;
  if (!demo) {
    return [
      `    1. ${mandate} account bootstrap --help`,
      `    2. ${mandate} import --dry-run 权责清单.xlsx`,
      `    3. ${mandate} import 权责清单.xlsx --as <login>`,
    ];
  }
  return [
    `    1. 在网站上搜索“食品经营”：${url}/search/`,
    `    2. ${mandate} issue --type 食品经营许可证 --data docs/examples/food-permit.json --out permit.pdf --as fazheng`,
    `    3. ${mandate} verify permit.pdf，或把文件拖到 ${url}/verify/`,
  ];
}

function signInLines(accounts: Prepared['accounts'], url: string): readonly string[] {
  if (accounts.length === 0) return [];
  return [
    `  登录（sign in：POST ${url}/api/session），账号仅用于演示（demo only）`,
    ...accounts.map(
      ({ login, password, roles, displayName }) =>
        `    ${login.padEnd(8)} ${password}   ${displayName}（${roles.map((role) => ROLES[role]).join('、')}）`,
    ),
    '',
  ];
}

/** What has to stand before `npx mandate` so that it means this registry. */
function commandEnvironment(config: Config): string {
  const folder = relative(PROJECT_DIR, config.dataDir);
  return [
    ...(config.port === DEFAULT_PORT ? [] : [`PORT=${config.port} `]),
    ...(folder === 'data' ? [] : [`MANDATE_DATA_DIR=${shellQuoted(config.dataDir)} `]),
  ].join('');
}

function shellQuoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
