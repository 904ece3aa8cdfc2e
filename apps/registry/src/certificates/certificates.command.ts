import type { Command } from 'commander';

export function registerCertificates(_program: Command): void {}
