import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

export function poolOf({ driver }: DataSource): Pool {
  // TypeORM's PostgreSQL driver, the only one there is here, keeps the pool of `pg` under this name, typed any.
  return (driver as unknown as { readonly master: Pool }).master;
}
