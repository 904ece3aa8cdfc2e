import type { APIContext } from 'astro';
import { fileOf, inEachFormat } from '../../../downloads/formats.ts';
import { negativeTable } from '../../../downloads/other-tables.ts';
import { getNegativeLists } from '../../../published/negative.ts';

export function getStaticPaths() {
  return inEachFormat(getNegativeLists().map(({ key }) => ({ params: { list: key }, props: {} })));
}

export function GET({ params }: APIContext): Response {
  return fileOf(negativeTable(params['list'] ?? ''), params['format']);
}
