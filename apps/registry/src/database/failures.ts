import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { DatabaseError, type DatabaseErrorCode } from './database.errors.ts';

/** PostgreSQL's own words for it, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_SQL_STATE: Readonly<Record<string, DatabaseErrorCode>> = {
  '53300': 'busy', // too_many_connections
  '55P03': 'busy', // lock_not_available: lock_timeout
  '57014': 'timed-out', // query_canceled: statement_timeout
  '25P03': 'timed-out', // idle_in_transaction_session_timeout
  '25P04': 'timed-out', // transaction_timeout
  '57P01': 'database-unavailable', // admin_shutdown
  '57P02': 'database-unavailable', // crash_shutdown
  '57P03': 'database-unavailable', // cannot_connect_now
};
/** of the connection itself, as the system tells it */
const SYSTEM_CODES =
  /^E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|HOSTDOWN|NOTFOUND|AI_AGAIN)$/;
/** pg gives these no code */
const MESSAGES =
  /^Connection terminated|^Client has encountered a connection error|^Client was closed and is not queryable/;

/** What an error that came from a query means for whoever asked; undefined where it is about the query itself. */
export function databaseErrorOf(error: unknown): DatabaseError | undefined {
  if (error instanceof DatabaseError) return error;
  // The connection ended between two statements of a transaction: the runner says it in one way, the manager in another.
  if (
    error instanceof QueryRunnerAlreadyReleasedError ||
    error instanceof QueryRunnerProviderAlreadyReleasedError
  )
    return new DatabaseError('database-unavailable', { cause: error });
  return error instanceof QueryFailedError ? fromDriver(error.driverError) : undefined;
}

/** The same for an error that `pg` itself threw. */
export function fromDriver(error: unknown): DatabaseError | undefined {
  if (error instanceof DatabaseError) return error;
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  return code === undefined ? undefined : new DatabaseError(code, { cause: error });
}

function codeOf(error: Error): DatabaseErrorCode | undefined {
  if (MESSAGES.test(error.message)) return 'database-unavailable';
  if (!('code' in error) || typeof error.code !== 'string') return undefined;
  const isConnection = SYSTEM_CODES.test(error.code) || error.code.startsWith('08');
  return isConnection ? 'database-unavailable' : BY_SQL_STATE[error.code];
}
