/**
 * The pages of a folder were made by other sources or for another address, or nothing tells of what they were made: all
 * of them have to be made anew, in a new folder.
 */
export class StaleFolderError extends Error {
  override readonly name = 'StaleFolderError';
}
