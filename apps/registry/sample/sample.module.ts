import { Module } from '@nestjs/common';
import { AuthModule } from '../src/auth/auth.module.ts';
import { LedgerModule } from '../src/ledger/ledger.module.ts';
import { ListsModule } from '../src/lists/lists.module.ts';
import { TrustModule } from '../src/trust/trust.module.ts';
import { SampleService } from './sample.service.ts';

@Module({
  imports: [AuthModule, LedgerModule, ListsModule, TrustModule],
  providers: [SampleService],
  exports: [SampleService],
})
export class SampleModule {}

export { SampleService };
