import { hash } from 'node:crypto';
import { useNativeSha256 } from '@mandate/encoding';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AuditingModule } from '../auditing/auditing.module.ts';
import { AuthModule } from '../auth/auth.module.ts';
import { BackupsModule } from '../backups/backups.module.ts';
import { CertificatesModule } from '../certificates/certificates.module.ts';
import { ConfigModule } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import type { Way } from '../config/way.ts';
import { DatabaseModule } from '../database/database.module.ts';
import { DraftsModule } from '../drafts/drafts.module.ts';
import { DraftHealthModule } from '../list-health/draft-health.module.ts';
import { HealthModule } from '../health/health.module.ts';
import { HttpModule } from '../http/http.module.ts';
import { ImportsModule } from '../imports/imports.module.ts';
import { KeysModule } from '../keys/keys.module.ts';
import { LogModule } from '../log/log.module.ts';
import { PublicationModule } from '../publication/publication.module.ts';
import { TrustModule } from '../trust/trust.module.ts';

useNativeSha256((bytes) => hash('sha256', bytes, 'buffer'));

/** The registry: every feature, and the plumbing below them. */
@Module({})
export class AppModule {
  static register(config: Config, way: Way, modules: readonly (Type | DynamicModule)[] = []): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config, way),
        DatabaseModule,
        HttpModule,
        AuthModule,
        BackupsModule,
        KeysModule,
        LogModule,
        CertificatesModule,
        TrustModule,
        DraftsModule,
        DraftHealthModule,
        ImportsModule,
        PublicationModule,
        AuditingModule,
        HealthModule,
        ...modules,
      ],
    };
  }
}
