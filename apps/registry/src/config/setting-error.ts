import type { z } from 'zod';

/** What these say goes into no terminal and no log. */
const SECRET = /PASSWORD|SECRET|TOKEN|^DATABASE_/;
/** An address with the name and password of somebody. */
const CREDENTIALS = /\/\/[^/]*@/;
const SHOWN_LENGTH = 80;

/** Which setting is wrong, what was given, what is allowed: as a person reads it. */
export function settingError(
  issue: z.core.$ZodIssue,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const name = issue.path.join('.');
  const given = env[name];
  const said =
    given === undefined || SECRET.test(name) || CREDENTIALS.test(given)
      ? ''
      : `给的是“${given.length > SHOWN_LENGTH ? `${given.slice(0, SHOWN_LENGTH)}…` : given}”，`;
  return `${name}：${said}${allowed(issue, name)}。`;
}

function allowed(issue: z.core.$ZodIssue, name: string): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' || issue.expected === 'number' ? '须为整数' : '须为文字';
    case 'invalid_value':
      return `可用的有：${issue.values.map(String).join('、')}`;
    case 'too_small':
      return issue.origin === 'string'
        ? `至少 ${issue.minimum.toString()} 个字符`
        : `不能小于 ${issue.minimum.toString()}`;
    case 'too_big':
      return issue.origin === 'string'
        ? `至多 ${issue.maximum.toString()} 个字符`
        : `不能大于 ${issue.maximum.toString()}`;
    case 'invalid_format':
      return issue.format === 'url' ? `须为 ${schemes(name)}:// 开头的完整网址` : issue.message;
    default:
      return issue.message;
  }
}

function schemes(name: string): string {
  return name.startsWith('DATABASE') ? 'postgres' : 'http:// 或 https';
}
