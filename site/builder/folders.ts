import { fileURLToPath } from 'node:url';

export const SITE_DIR = fileURLToPath(new URL('..', import.meta.url));
export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url));

/** Specs stand beside the sources; no page is made of them. */
export function isSpec(path: string): boolean {
  return path.endsWith('.spec.ts');
}
