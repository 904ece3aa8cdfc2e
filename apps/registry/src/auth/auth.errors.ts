/** Sign-in or authority refused. The message is for the person at the screen. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code:
    | 'wrong-credentials'
    | 'locked'
    | 'not-signed-in'
    | 'not-your-organ'
    | 'missing-role'
    | 'account-not-found'
    | 'invalid-roles'
    | 'login-taken'
    | 'weak-password'
    | 'not-empty'
    | 'change-open'
    | 'change-not-found'
    | 'own-change'
    | 'invalid-account'
    | 'wrong-code'
    | 'not-a-demo'
    | 'cross-site';

  constructor(code: AuthError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
