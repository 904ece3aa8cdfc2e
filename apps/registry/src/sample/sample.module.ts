import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { TrustModule } from '../trust/trust.module.ts';
import { SampleService } from './sample.service.ts';

@Module({
  imports: [AuthModule, ListsModule, TrustModule],
  providers: [SampleService],
  exports: [SampleService],
})
export class SampleModule {}
