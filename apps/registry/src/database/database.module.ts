import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import { Config } from '../config/config.ts';
import { WAY, type Way, waySettings } from '../config/way.ts';
import { GuardedPool } from './guarded-pool.ts';
import { limitedConnections } from './limits.ts';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config, WAY],
      useFactory: (config: Config, way: Way) => {
        if (config.databaseUrl === undefined) throw new Error('no database: open the embedded one first');
        return {
          type: 'postgres' as const,
          url: config.databaseUrl,
          autoLoadEntities: true,
          synchronize: false,
          migrationsRun: false,
          retryAttempts: 0,
          poolSize: config.poolSize,
          // What TypeORM takes of `pg` is its pool.
          driver: { ...pg, Pool: GuardedPool },
          extra: limitedConnections(way.kind, waySettings(way)),
        };
      },
    }),
  ],
})
export class DatabaseModule {}
