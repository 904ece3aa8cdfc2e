import { describe, expect, test } from '@jest/globals';
import { normalizedPassword, requireStrongPassword } from './password-rules.ts';

const OWNER = { login: 'zhang.san', displayName: '编办张三' };
const choose = (password: string, owner = OWNER) => requireStrongPassword(password, owner);

describe('a password', () => {
  test.each([
    ['a few words', 'horse battery staple'],
    ['Chinese words', '今天的云像一条很长的鱼啊'],
    ['random letters', 'k8vq-m3xz-77tp'],
    ['a common word among others', 'my password is a riddle'],
    ['no digit, no capital, no sign', 'quietriverstone'],
  ])('may be %s', (_what, password) => {
    expect(() => choose(password)).not.toThrow();
  });

  test.each([
    ['shorter than twelve', 'k8vq-m3xz-7'],
    ['of twelve emoji halves that are six', '😀🐟🌊🍵🎈🚲'],
    ['a common word with what everybody adds', 'Password2024!'],
    ['two common words', 'adminpassword'],
    ['a row of the keyboard', 'qwertyuiop12'],
    ['a row of the alphabet', 'abcdefghijklm'],
    ['a row of digits', '1234567890123'],
    ['digits downwards', '9876543210987'],
    ['one unit again and again', 'xk7xk7xk7xk7'],
    ['a few letters only', 'aabbaabbbbaa'],
    ['the registry’s name and the year', 'mingquan2026'],
    ['a common word in full-width letters', 'ｐａｓｓｗｏｒｄ１２３'],
    ['the login and more', 'zhang.san-and-his-dog'],
    ['the name and more', '我是编办张三没有别人了吗'],
  ])('is refused that is %s', (_what, password) => {
    expect(() => choose(password)).toThrow(expect.objectContaining({ code: 'weak-password' }));
  });

  test('may hold a login of two letters, which are in any sentence', () => {
    expect(() => choose('the river is so cold', { login: 'he', displayName: '何' })).not.toThrow();
  });

  test('is the same from a keyboard of full width', () => {
    expect(normalizedPassword('ａｂｃ　１２３')).toBe('abc 123');
  });
});
