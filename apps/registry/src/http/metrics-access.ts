import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
/** A page of another site can lead a name of its own to this machine, but not call it one of these. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Whether this client may read what the process measures: a program of this machine that asks without a proxy between, or
 * whoever knows the token. A proxy on the same machine is told by what it adds; one that adds nothing has to keep the
 * path to itself.
 */
export function mayReadMetrics(request: FastifyRequest, config: Pick<Config, 'metricsToken'>): boolean {
  const given = /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (given !== undefined) return config.metricsToken !== undefined && isSame(given, config.metricsToken);
  const forwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
  return (
    !forwarded &&
    isLoopback(request.ip) &&
    isLoopback(request.socket.remoteAddress ?? '') &&
    LOCAL_HOST.test(request.headers.host ?? '')
  );
}

/** Of hashes: neither length nor beginning can be found out by time. */
function isSame(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

/** An address of this machine itself. */
export function isLoopback(address: string): boolean {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return loopback.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4');
}
