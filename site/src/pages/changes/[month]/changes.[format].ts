import type { APIContext } from 'astro';
import { fileOf, inEachFormat } from '../../../downloads/formats.ts';
import { changeTable } from '../../../downloads/other-tables.ts';
import { changesOfMonth, getMonthNames } from '../../../published/changes.ts';

export function getStaticPaths() {
  return inEachFormat(getMonthNames().map((month) => ({ params: { month }, props: {} })));
}

export function GET({ params }: APIContext): Response {
  const { month = '' } = params;
  return fileOf(
    changeTable(`${month} 的变更`, `/changes/${month}/`, changesOfMonth(month)),
    params['format'],
  );
}
