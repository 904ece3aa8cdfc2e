import type { ClientBase } from 'pg';
import type { Way } from '../config/way.ts';

/** All in milliseconds; 0: none. */
interface Limits {
  /** one statement, its waiting included */
  readonly statement: number;
  /** waiting for one lock, also an advisory one */
  readonly lock: number;
  /** between two statements of a transaction */
  readonly idle: number;
  /** a whole transaction; PostgreSQL ≥ 17 */
  readonly transaction: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Somebody waits for an answer: what takes longer than a person, a browser or a proxy waits only keeps others waiting. The
 * longest that is allowed is an import of 50 MB, one transaction of many short statements.
 */
const REQUEST: Limits = {
  statement: 30 * SECOND,
  // Less than a statement, so that who waits says that it is busy, not that it took too long.
  lock: 20 * SECOND,
  // Nothing waits for a person or another server between two statements; the longest is the matching of a long list.
  idle: MINUTE,
  transaction: 5 * MINUTE,
};
/** Publication from the first entry on, an import of a whole city, an audit: minutes to an hour, and nobody at a browser. */
const JOB: Limits = { statement: 15 * MINUTE, lock: 5 * MINUTE, idle: HOUR, transaction: 6 * HOUR };
/** A migration may rewrite a table of years. It waits for locks that requests give back within their own limits. */
const MIGRATION: Limits = { statement: 6 * HOUR, lock: 10 * MINUTE, idle: HOUR, transaction: 0 };

const LIMITS: Readonly<Record<Way['kind'] | 'migration', Limits>> = {
  http: REQUEST,
  'command-line': JOB,
  start: JOB,
  worker: JOB,
  migration: MIGRATION,
};

/** How long a request waits for its turn; also how long a new connection may take. */
const CONNECTION_WAIT_MS = 20 * SECOND;

/**
 * Options for `pg`. A program that hangs, or a network that lost it, cannot keep locks for ever: the server itself ends
 * what is over its limit.
 * @param settings further settings of every connection, `-c name=value …`
 */
export function limitedConnections(kind: Way['kind'] | 'migration', settings = '') {
  const { statement, lock, idle, transaction } = LIMITS[kind];
  return {
    options:
      `-c timezone=UTC -c statement_timeout=${statement} -c lock_timeout=${lock} ` +
      `-c idle_in_transaction_session_timeout=${idle} ${settings}`.trimEnd(),
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    // A database whose host is gone sends nothing, not even that.
    keepAlive: true,
    // PostgreSQL 15 and 16 refuse a connection that asks for a setting they do not know.
    onConnect: async (client: ClientBase): Promise<void> => {
      await client.query(
        `SELECT set_config('transaction_timeout', $1, false)
         WHERE current_setting('transaction_timeout', true) IS NOT NULL`,
        [transaction.toString()],
      );
    },
  };
}
