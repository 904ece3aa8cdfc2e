import type { APIContext } from 'astro';
import { fileOf, inEachFormat } from '../../../downloads/formats.ts';
import { organTable } from '../../../downloads/wording-columns.ts';
import { organPaths } from '../../../published/organs.ts';

export function getStaticPaths() {
  return inEachFormat(organPaths(({ key }) => [{ params: { organ: key }, props: {} }]));
}

export function GET({ params }: APIContext): Response {
  return fileOf(organTable(params['organ'] ?? ''), params['format']);
}
