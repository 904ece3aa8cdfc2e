export type DatabaseErrorCode =
  'busy' | 'database-unavailable' | 'timed-out' | 'outcome-unknown' | 'second-connection';

const MESSAGES: Readonly<Record<DatabaseErrorCode, string>> = {
  busy: '现在办理的人较多，没有轮到这一次；没有留下任何改动，请过几秒再试。',
  'database-unavailable': '数据库暂时无法连接，恢复后自动可用；请稍后再试。',
  'timed-out': '这一步用时过长，已中止，没有留下任何改动；请稍后再试。',
  'outcome-unknown': '提交时与数据库的连接中断，不能确定是否已经办成。请先查看结果，再决定是否重新办理。',
  'second-connection':
    'a request that holds a connection asked for a second one: with as many of them as the pool has connections, all wait for ever',
};

/** When to ask again. None where asking again could do the same thing twice, or would end the same way. */
const RETRY_AFTER_SECONDS: Readonly<Partial<Record<DatabaseErrorCode, number>>> = {
  busy: 3,
  'database-unavailable': 5,
  'timed-out': 10,
};

/** What stands between a request and the database, whoever asked. `second-connection` is a fault of this program. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: DatabaseErrorCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: DatabaseErrorCode, options?: ErrorOptions) {
    super(MESSAGES[code], options);
    this.code = code;
    this.retryAfterSeconds = RETRY_AFTER_SECONDS[code];
  }
}
