import { halfWidth } from '@mandate/encoding';
import { isBaseCode, isBusinessCode, findImplementationCode } from '@mandate/codes';
import {
  type AuthorityItem,
  joinName,
  POWER_SOURCES,
  type PowerSource,
  simplifiedWords,
  withoutBlanks,
} from '@mandate/lists';
import type { Field } from './vocabulary/fields.ts';

export type ItemCodes = NonNullable<AuthorityItem['codes']>;
export type CodeField = Extract<
  Field,
  'baseCode' | 'implementationCode' | 'businessCode' | 'formerCode' | 'itemCode'
>;
export const CODE_FIELDS: readonly CodeField[] = [
  'baseCode',
  'implementationCode',
  'businessCode',
  'formerCode',
  'itemCode',
];
const MOST = 60;

/** What one column of codes says: a code by its form, or `other`, the code of another province or system, verbatim. */
export interface ReadCode {
  readonly as: keyof ItemCodes;
  readonly code: string;
  /** the column promises another form than the code has */
  readonly unlike: boolean;
}

/** A cell of a column of codes → which code it is; undefined for an empty cell and for one that no entry has room for. */
export function readCode(field: CodeField, text: string): ReadCode | undefined | 'too-long' {
  const plain = withoutBlanks(halfWidth(text)).toUpperCase();
  if (plain === '' || /^(?:无|無|\/|-+|—+|暂无|暫無)$/.test(plain)) return undefined;
  const verbatim = joinName(text);
  const other = (unlike: boolean): ReadCode | 'too-long' =>
    verbatim.length > MOST ? 'too-long' : { as: 'other', code: verbatim, unlike };
  const by = (fits: boolean, as: keyof ItemCodes, unlike: boolean): ReadCode | 'too-long' =>
    fits ? { as, code: plain, unlike: false } : other(unlike);
  switch (field) {
    case 'baseCode':
      return by(/^\d{12}$/.test(plain), 'base', true);
    case 'implementationCode':
      return by(/^[0-9A-Z]{31}$/.test(plain), 'implementation', true);
    case 'businessCode':
      return by(isBusinessCode(plain), 'business', true);
    case 'formerCode':
      return by(/^[\dA-Z.\-—]{1,40}$/.test(plain), 'former', false);
    case 'itemCode':
      if (isBaseCode(plain)) return by(true, 'base', false);
      if (isBusinessCode(plain)) return by(true, 'business', false);
      return by(findImplementationCode(plain) !== undefined, 'implementation', false);
  }
}

const STATES: readonly (readonly [RegExp, AuthorityItem['state']])[] = [
  [/^(?:在用|有效|正常|启用|现行|现行有效|使用中|已启用|已发布|发布|公开|已公开)$/, 'in-force'],
  [/^(?:暂停|已暂停|停用|已停用|暂停实施|暂停使用|挂起)$/, 'suspended'],
  [/^(?:取消|已取消|废止|已废止|失效|已失效|作废|已作废|注销|已注销|撤销|已撤销)$/, 'cancelled'],
];

/** 事项状态 → the state; undefined for words about something else, such as where a form stands in its office. */
export function findState(text: string): AuthorityItem['state'] | undefined {
  const word = simplifiedWords(withoutBlanks(text));
  return STATES.find(([words]) => words.test(word))?.[1];
}

export function findPowerSource(text: string): PowerSource | undefined {
  const word = simplifiedWords(withoutBlanks(text));
  // Object.entries widens the keys; those of POWER_SOURCES are the codes.
  return (Object.entries(POWER_SOURCES) as [PowerSource, string][]).find(([, name]) => name === word)?.[0];
}

export function findOrganNature(text: string): AuthorityItem['organNature'] | undefined {
  const word = simplifiedWords(withoutBlanks(text));
  if (/^法定(?:机关|行政机关|主体)$/.test(word)) return 'statutory';
  if (/^(?:法律法规)?授权(?:的)?组织$/.test(word)) return 'authorized';
  return /^(?:受)?委托(?:的)?(?:组织|机关)$/.test(word) ? 'entrusted' : undefined;
}
