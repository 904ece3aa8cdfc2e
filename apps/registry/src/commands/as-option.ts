/** Who acts: the same in every command that writes. */
export const AS_OPTION = '--as <login>';
export const AS_HELP = '以哪个账号办理；演示之外须先 mandate sign-in，或在终端输入密码';
