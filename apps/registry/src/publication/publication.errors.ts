/** What stops a publication. Whatever was published before stays as it is. */
export class PublicationError extends Error {
  override readonly name = 'PublicationError';
  readonly code:
    /** the published checkpoint is newer than the database's: a backup was restored */
    | 'rollback'
    /** the published checkpoint promises another tree than the database holds */
    | 'fork'
    /** the published checkpoint is not signed by the log's key */
    | 'foreign-checkpoint'
    /** an entry that is not what its register's schema says */
    | 'invalid-entry'
    | 'pages-failed';

  constructor(code: PublicationError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
