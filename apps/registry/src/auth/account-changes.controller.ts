import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiSchemas } from '../http/api-schemas.ts';
import { Caller, RegistryRoles } from './access.ts';
import { Account } from './account.entity.ts';
import { AccountsService } from './accounts.service.ts';
import { ApprovedChange, ChangeParams, OpenChanges } from './auth.dto.ts';

/** What one person has asked for and another decides. */
@ApiTags('账号')
@Controller('account-changes')
export class AccountChangesController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @RegistryRoles('editor', 'reviewer', 'auditor')
  @ApiSchemas({ summary: '等待批准的账号变更', response: OpenChanges })
  async list(): Promise<OpenChanges> {
    const changes = await this.accounts.openChanges();
    return {
      changes: changes.map(({ id, kind, login, organ, roles, requestedAt }) => ({
        id,
        kind,
        login,
        organ,
        roles,
        requestedAt: requestedAt.toISOString(),
      })),
    };
  }

  @Post(':id/approval')
  @RegistryRoles('reviewer')
  @HttpCode(200)
  @ApiSchemas({
    summary: '批准一项账号变更；申请人和本人不能批准',
    params: ChangeParams,
    response: ApprovedChange,
  })
  async approve(@Param('id', { schema: ChangeParams.id }) id: string, @Caller() actor: Account) {
    const { account, code } = await this.accounts.approve(actor, id);
    return { login: account.login, roles: account.roles, ...(code === undefined ? {} : { code }) };
  }

  @Post(':id/rejection')
  @RegistryRoles('editor', 'reviewer')
  @HttpCode(204)
  @ApiSchemas({ summary: '否决一项账号变更；申请人可以这样撤回', params: ChangeParams, status: 204 })
  async reject(@Param('id', { schema: ChangeParams.id }) id: string, @Caller() actor: Account) {
    await this.accounts.reject(actor, id);
  }
}
