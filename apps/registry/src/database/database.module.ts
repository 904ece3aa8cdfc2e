import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config/config.ts';
import { WAY, type Way, waySettings } from '../config/way.ts';

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
          poolSize: 10,
          extra: { options: `-c timezone=UTC ${waySettings(way)}` },
        };
      },
    }),
  ],
})
export class DatabaseModule {}
