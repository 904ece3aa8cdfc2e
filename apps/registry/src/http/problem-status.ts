/** The one place where an error's code becomes an HTTP status. A coded error that is not here is a 500. */
const STATUS: Readonly<Record<string, number>> = {
  'AuthError.wrong-credentials': 401,
  'AuthError.not-signed-in': 401,
  'AuthError.locked': 429,
  'AuthError.not-your-organ': 403,
  'AuthError.cross-site': 403,
  'AuthError.login-taken': 409,
  'AuthError.weak-password': 422,
  'RequestError.invalid-request': 422,
  'CertificateError.type-not-found': 404,
  'CertificateError.name-taken': 409,
  'CertificateError.organ-not-found': 404,
  'CertificateError.certificate-not-found': 404,
  'CertificateError.item-absent': 409,
  'CertificateError.item-suspended': 409,
  'CertificateError.item-cancelled': 409,
  'CertificateError.item-of-another-organ': 409,
  'CertificateError.item-not-of-type': 409,
  'CertificateError.already-revoked': 409,
  'CertificateError.invalid-data': 422,
  'CertificateError.unprintable': 422,
  'ListsError.organ-not-found': 404,
  'ListsError.item-not-found': 404,
  'ListsError.invalid-cursor': 422,
  'RegistryLogError.not-sequenced': 404,
  'RegistryLogError.index-out-of-range': 404,
  'RegistryLogError.leaf-too-long': 422,
};

/** Status, code and title for the client, or undefined for an error nobody declared. */
export function problemStatus(error: unknown): { status: number; code: string; title: string } | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const status = STATUS[`${error.name}.${error.code}`];
  return status === undefined ? undefined : { status, code: error.code, title: error.message };
}
