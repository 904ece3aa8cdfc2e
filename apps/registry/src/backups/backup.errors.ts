/** What a backup, a restoration or a recovery refuses. The message names the file and says what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code:
    /** the folder holds a whole backup already, or something that is none of ours */
    | 'folder-in-use'
    /** the backup would lie in the folder that it is of */
    | 'inside-data-folder'
    /** another backup of this registry is under way */
    | 'backup-running'
    /** it was cut off: there is no manifest, which is written last */
    | 'incomplete-backup'
    /** a file is not as it was written */
    | 'damaged-backup'
    /** made by a newer program */
    | 'newer-backup'
    /** the database or the data folder to restore into is in use */
    | 'target-in-use'
    /** keys of the registry are neither in the backup nor in the data folder */
    | 'keys-missing'
    /** keys in the data folder are not those the registry had */
    | 'wrong-keys'
    /** the published files cannot be continued from */
    | 'not-recoverable';

  constructor(code: BackupError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
