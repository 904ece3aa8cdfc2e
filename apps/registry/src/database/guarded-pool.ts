import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DatabaseError } from './database.errors.ts';
import { fromDriver } from './failures.ts';
import { requireNoneHeld } from './one-connection.ts';

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void;

/** What `pg` says when nobody gave a connection back in time, or a new one was not there in time. */
const NONE_FREE = 'timeout exceeded when trying to connect';
const ENDED = /after calling end on the pool/;

/** Every connection of the application comes from here: none is a second one, and none is waited for without end. */
export class GuardedPool extends pg.Pool {
  private readonly logger = new Logger('database');
  private isUnavailable = false;

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    requireNoneHeld(this);
    if (callback === undefined)
      return new Promise((resolve, reject) => {
        this.connect((error, client) => {
          if (client === undefined) reject(error ?? new Error('the pool gave neither connection nor error'));
          else resolve(client);
        });
      });
    super.connect((error, client, done) => {
      callback(error && this.explain(error), client, done);
      if (error === undefined && this.isUnavailable) {
        this.isUnavailable = false;
        this.logger.warn('数据库已恢复（the database is back）');
      }
    });
    return undefined;
  }

  private explain(error: Error): Error {
    if (ENDED.test(error.message)) return error;
    if (error.message === NONE_FREE) return new DatabaseError('busy', { cause: error });
    const known = fromDriver(error);
    if (known?.code === 'busy') return known;
    // Once for each time it goes: a line a request would fill the disk while nobody can do anything.
    if (!this.isUnavailable)
      this.logger.error(`数据库无法连接（the database is unavailable）：${error.message}`);
    this.isUnavailable = true;
    return new DatabaseError('database-unavailable', { cause: error });
  }
}
