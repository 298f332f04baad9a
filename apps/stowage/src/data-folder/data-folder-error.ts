/** The data folder can't be used. The message is one line, names the folder and says what to do. */
export class DataFolderError extends Error {
  override name = 'DataFolderError';

  constructor(
    readonly folder: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
