import { AuthError } from './auth.errors.ts';

export const MIN_PASSWORD_LENGTH = 12;
/** What is left must be this long once everything is taken out that a guesser tries first. */
const MIN_UNGUESSABLE = 6;
const MIN_DIFFERENT = 5;

/** Beginnings of the lists of stolen passwords, and what people at such a registry would think of. */
const COMMON = [
  ...['password', 'passw0rd', 'p@ssw0rd', 'p@ssword', 'passwd', 'administrator', 'admin', 'root', 'welcome'],
  ...['letmein', 'iloveyou', 'woaini', 'wodemima', 'mima', 'changeme', 'secret', 'login', 'master', 'guest'],
  ...['qwertyuiop', 'qwerty', 'asdfghjkl', 'asdfgh', 'zxcvbnm', '1qaz2wsx', '1q2w3e4r', 'qazwsx', 'a1b2c3'],
  ...['mandate', 'mingquan', 'registry', 'dengji', 'zhengfu', 'zhengwu', 'beijing', 'china', 'zhongguo'],
  ...['密码', '明权', '登记簿', '管理员', '政府'],
];
const YEAR = /(19|20)\d\d(0[1-9]|1[0-2])?(0[1-9]|[12]\d|3[01])?/g;

/**
 * The password as it is hashed and compared: one form of letters that look the same, whichever keyboard they came from.
 * NIST SP 800-63B-4, 3.1.1.2
 */
export function normalizedPassword(password: string): string {
  return password.normalize('NFKC');
}

/**
 * Long enough and not among the first that a guesser tries. No rule says which kinds of characters it has to have: such
 * rules give «Password1!» (NIST SP 800-63B-4, 3.1.1.2).
 * @throws AuthError `weak-password`
 */
export function requireStrongPassword(
  password: string,
  owner: { readonly login: string; readonly displayName: string },
): void {
  const text = normalizedPassword(password);
  if ([...text].length < MIN_PASSWORD_LENGTH)
    throw new AuthError(
      'weak-password',
      `密码至少需要 ${MIN_PASSWORD_LENGTH.toString()} 个字符，例如几个不相干的词。`,
    );
  const lower = text.toLowerCase();
  const names = [owner.login, owner.displayName.normalize('NFKC').toLowerCase()];
  for (const name of names) {
    // A name of one or two letters is in any sentence.
    if ((name.length > 2 || /\p{Script=Han}{2}/u.test(name)) && lower.includes(name))
      throw new AuthError('weak-password', '密码不能含有账号或显示名。');
  }
  if (new Set(lower).size < MIN_DIFFERENT || unguessable(lower) < MIN_UNGUESSABLE)
    throw new AuthError('weak-password', '这个密码太常见，很容易被猜到。请换一个，例如几个不相干的词。');
}

/** Characters that are left without common words, years, rows of the alphabet and repetitions. */
function unguessable(text: string): number {
  const words = COMMON.reduce((left, word) => left.replaceAll(word, ''), text).replace(YEAR, '');
  // «abcabcabc» is worth its «abc».
  const once = words.replace(/(.+?)\1+/gu, '$1');
  let count = 0;
  let before = Number.NaN;
  for (const character of once) {
    const code = character.codePointAt(0) ?? 0;
    if (Math.abs(code - before) > 1) count += 1;
    before = code;
  }
  return count;
}
