import type { APIContext } from 'astro';
import { fileOf, inEachFormat } from '../../downloads/formats.ts';
import { editionsTable } from '../../downloads/other-tables.ts';

export function getStaticPaths() {
  return inEachFormat([{ params: {}, props: {} }]);
}

export function GET({ params }: APIContext): Response {
  return fileOf(editionsTable(), params['format']);
}
