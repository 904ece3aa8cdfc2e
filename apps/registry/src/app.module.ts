import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from './auth/auth.module.ts';
import { CertificatesModule } from './certificates/certificates.module.ts';
import { ConfigModule } from './config/config.module.ts';
import type { Config } from './config/config.ts';
import { DatabaseModule } from './database/database.module.ts';
import { DraftsModule } from './drafts/drafts.module.ts';
import { HealthModule } from './health/health.module.ts';
import { HttpModule } from './http/http.module.ts';
import { ImportsModule } from './imports/imports.module.ts';
import { KeysModule } from './keys/keys.module.ts';
import { LogModule } from './log/log.module.ts';
import { PublicationModule } from './publication/publication.module.ts';
import { SampleModule } from './sample/sample.module.ts';
import { TrustModule } from './trust/trust.module.ts';

@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config),
        DatabaseModule,
        HttpModule,
        AuthModule,
        KeysModule,
        LogModule,
        CertificatesModule,
        TrustModule,
        DraftsModule,
        HealthModule,
        ImportsModule,
        PublicationModule,
        SampleModule,
      ],
    };
  }
}
