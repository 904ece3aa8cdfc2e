/** Sign-in or authority refused. The message is for the person at the screen. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code:
    | 'wrong-credentials'
    | 'wrong-password'
    | 'locked'
    | 'busy'
    | 'not-signed-in'
    | 'not-your-organ'
    | 'missing-role'
    | 'account-not-found'
    | 'session-not-found'
    | 'invalid-roles'
    | 'login-taken'
    | 'weak-password'
    | 'not-empty'
    | 'change-open'
    | 'change-not-found'
    | 'own-change'
    | 'invalid-account'
    | 'wrong-code'
    | 'already-disabled'
    | 'not-disabled'
    | 'last-of-registry'
    | 'not-a-demo'
    | 'cross-site';
  /** of `locked` and `busy`: when it may be tried again */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: AuthError['code'], message: string, retryAfterSeconds?: number) {
    super(message);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
