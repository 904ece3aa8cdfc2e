import { fileURLToPath } from 'node:url';

export const SITE_DIR = fileURLToPath(new URL('..', import.meta.url));
export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url));

/** Specs and READMEs stand beside the sources; no page is made of them. */
export function isSource(path: string): boolean {
  return !/\.(spec\.ts|md)$/.test(path);
}
