export interface InvalidField {
  /** e.g. `face.KZ_JYCS` */
  readonly field: string;
  readonly message: string;
}

/** A request whose body or query does not follow its schema. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code = 'invalid-request';
  readonly fields: readonly InvalidField[];

  constructor(fields: readonly InvalidField[]) {
    super('请求内容有误，请按各项提示更正。');
    this.fields = fields;
  }
}
