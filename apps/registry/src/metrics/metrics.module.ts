import { type DynamicModule, Module } from '@nestjs/common';
import { CertificatesModule } from '../certificates/certificates.module.ts';
import { DraftsModule } from '../drafts/drafts.module.ts';
import { LogModule } from '../log/log.module.ts';
import { Measures } from '../telemetry/measures.ts';
import { MetricsController } from './metrics.controller.ts';
import { RegistryMeasuresService } from './registry-measures.service.ts';

export { METRICS_PATH } from './metrics.controller.ts';

@Module({})
export class MetricsModule {
  /** @param measures what the process counts itself */
  static register(measures: Measures): DynamicModule {
    return {
      module: MetricsModule,
      imports: [LogModule, CertificatesModule, DraftsModule],
      controllers: [MetricsController],
      providers: [{ provide: Measures, useValue: measures }, RegistryMeasuresService],
    };
  }
}
