import { Module } from '@nestjs/common';
import { KeysService } from './keys.service.ts';

@Module({ providers: [KeysService], exports: [KeysService] })
export class KeysModule {}
