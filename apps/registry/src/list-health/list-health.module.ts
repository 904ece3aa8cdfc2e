import { Module } from '@nestjs/common';
import { CertificatesModule } from '../certificates/certificates.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { OrgansModule } from '../organs/organs.module.ts';
import { ListHealthService } from './list-health.service.ts';

/** What imports and drafts ask; it knows neither of them. */
@Module({
  imports: [CertificatesModule, ListsModule, OrgansModule],
  providers: [ListHealthService],
  exports: [ListHealthService],
})
export class ListHealthModule {}
