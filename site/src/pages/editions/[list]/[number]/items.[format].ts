import type { APIContext } from 'astro';
import { fileOf, inEachFormat } from '../../../../downloads/formats.ts';
import { editionTable } from '../../../../downloads/other-tables.ts';
import { getEditions, type EditionRecord } from '../../../../published/editions.ts';

export function getStaticPaths() {
  return inEachFormat(
    getEditions().map((record) => ({
      params: { list: record.edition.list, number: record.edition.number },
      props: { record },
    })),
  );
}

export function GET({ params, props }: APIContext<{ record: EditionRecord }>): Response {
  return fileOf(editionTable(props.record), params['format']);
}
