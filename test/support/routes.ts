import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** What the running server answers to, from the tree that Fastify itself prints: one line a path, deeper ones indented. */
export function routesOf(app: NestFastifyApplication): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', path = '', methods = ''] = /^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)$/u.exec(line) ?? [];
    if (path === '') return [];
    const depth = indent.length / 4;
    above[depth] = path;
    const full = above.slice(0, depth + 1).join('');
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${full}`);
  });
}
