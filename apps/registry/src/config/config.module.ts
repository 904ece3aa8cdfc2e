import { type DynamicModule, Module } from '@nestjs/common';
import { Config } from './config.ts';
import { WAY, type Way } from './way.ts';

@Module({})
export class ConfigModule {
  /** @param way by which the acts of this process come in */
  static register(config: Config, way: Way): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [
        { provide: Config, useValue: config },
        { provide: WAY, useValue: way },
      ],
      exports: [Config, WAY],
    };
  }
}
