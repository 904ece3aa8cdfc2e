import type { APIContext } from 'astro';
import { fileOf, inEachFormat } from '../../downloads/formats.ts';
import { STATISTICS } from '../../downloads/other-tables.ts';

export function getStaticPaths() {
  return inEachFormat(Object.keys(STATISTICS).map((table) => ({ params: { table }, props: { table } })));
}

export function GET({ params, props }: APIContext<{ table: keyof typeof STATISTICS }>): Response {
  const { table } = props;
  return fileOf(STATISTICS[table](), params['format']);
}
