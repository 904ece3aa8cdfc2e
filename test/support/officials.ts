import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import type { Role } from '../../apps/registry/src/auth/access.ts';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { LedgerService } from '../../apps/registry/src/ledger/ledger.service.ts';
import type { TestServer } from './application.ts';

type Response = Awaited<ReturnType<NestFastifyApplication['inject']>>;

export const PASSWORD = 'a right password';

/** From where a request comes: an address, and what its browser has kept. */
export interface Place {
  readonly address?: string;
  readonly cookie?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Officials of a registry, and the strangers who knock at its door. */
export class Officials {
  constructor(private readonly server: TestServer) {}

  get source(): DataSource {
    return this.server.app.get(DataSource);
  }

  async create(login: string, roles: readonly Role[] = [], organ: string | null = null): Promise<void> {
    const account = { login, displayName: `官员 ${login}`, organ, roles, password: PASSWORD, demo: false };
    await this.server.app.get(AuthService).createAccount(account);
  }

  async signIn(login: string, password: string, { address = '192.0.2.1', cookie = '' }: Place = {}) {
    return this.server.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login, password },
      remoteAddress: address,
      headers: { cookie },
    });
  }

  /** @returns asks as this account, from a session of its own */
  async as(login: string, place: Place = {}, password = PASSWORD) {
    const cookie = cookiesOf(await this.signIn(login, password, place));
    return Object.assign(this.with(cookie, place.address), { cookie });
  }

  with(cookie: string, address = '192.0.2.1') {
    return (method: Method, url: string, payload?: object): Promise<Response> =>
      this.server.app.inject({
        method,
        url,
        remoteAddress: address,
        headers: { cookie },
        ...(payload === undefined ? {} : { payload }),
      });
  }

  /** Acts of these kinds, the oldest first. */
  async acts(pattern: RegExp) {
    const acts = await this.server.app.get(LedgerService).list(this.source.manager, 500);
    return [...acts]
      .reverse()
      .filter(({ action }) => pattern.test(action))
      .map(({ action, subject, account, detail }) => ({ action, subject, account, detail }));
  }

  async idOf(login: string): Promise<string> {
    return (await this.server.app.get(AuthService).getAccount(login)).id;
  }
}

/** What a browser sends the next time, of an answer's Set-Cookie. */
export function cookiesOf({ headers }: Response): string {
  return [headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** What the answer says, but for the number of the request. */
export function problemOf(answer: Response): { readonly status: number; readonly code?: string } {
  if (answer.statusCode < 400) return { status: answer.statusCode };
  const { instance: _instance, ...problem } = answer.json<{
    status: number;
    code: string;
    instance: string;
  }>();
  return problem;
}
