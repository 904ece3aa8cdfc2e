import 'reflect-metadata';
import { type Config, loadConfig } from '../config/config.ts';
import type { Prepared } from './prepared.ts';
import { printError } from '../runtime/print-error.ts';
import { endWhenAsked } from '../runtime/supervised.ts';

// A process of its own, started by the supervisor: what it loads is given back before anybody is served.
const stopping = new AbortController();
let end = (): Promise<void> => Promise.resolve();
endWhenAsked(() => {
  stopping.abort();
  void end().finally(() => process.exit(1));
});
try {
  const prepared = await prepare(loadConfig());
  process.send?.(prepared, () => process.exit(0));
} catch (error) {
  // What was broken off complains; nobody needs to read that.
  if (!stopping.signal.aborted) printError(error);
  process.exit(1);
}

async function prepare(config: Config): Promise<Prepared> {
  await bringSchemaUpToDate(config);
  const { withApp } = await import('./with-app.ts');
  const { PublicationService } = await import('../publication/publication.service.ts');
  const { PagesService } = await import('../publication/pages.service.ts');
  const sample = config.demo ? await import('../../sample/sample.module.ts') : undefined;
  return withApp(
    async (app) => {
      // Ends a site build that is under way.
      end = () => app.close();
      const accounts = sample === undefined ? [] : await app.get(sample.SampleService).ensure();
      await app.get(PublicationService).publishData();
      const pages = app.get(PagesService);
      // Pages of an older state are served meanwhile: the worker brings them up to date.
      if (!(await pages.isPublished())) {
        console.log('· 正在生成网页（building the site）…');
        await pages.publishPages();
      }
      return { type: 'prepared', accounts };
    },
    { way: { kind: 'start' }, modules: sample === undefined ? [] : [sample.SampleModule] },
  );
}

async function bringSchemaUpToDate({ databaseUrl, databaseOwnerUrl }: Config): Promise<void> {
  if (databaseUrl === undefined || databaseOwnerUrl === undefined) throw new Error('no database');
  if (process.argv.includes('--migrate')) {
    const { runMigrations } = await import('../database/migrate.ts');
    await runMigrations(databaseOwnerUrl, databaseUrl, { way: { kind: 'start' } });
    return;
  }
  const { DataSource } = await import('typeorm');
  const source = await new DataSource({ type: 'postgres', url: databaseUrl }).initialize();
  try {
    const { requireCurrentSchema } = await import('./current-schema.ts');
    await requireCurrentSchema(source);
  } finally {
    await source.destroy();
  }
}
